import type { Failure, GraphNode, ModuleGraph } from '#shared/contract.ts';
import { failed } from '../result.ts';
import { labelsOf } from './labels.ts';
import { byName } from './links.ts';
import { stackOrder } from './order.ts';
import { computeWaves } from './waves.ts';

export interface PackageLinks {
  name: string;
  kind: 'executable' | 'library' | 'external';
  /** What it links, directly, by name. */
  needs: readonly string[];
}

export interface ModuleGraphInput {
  /** Names are unique: of several packages with one name the first counts. */
  packages: readonly PackageLinks[];
  /** Libraries that the server can't swap. */
  pinned: ReadonlySet<string>;
  /** The modules bottom-up, where the server's own order is known; otherwise by wave and name. */
  order?: readonly string[];
  rolesFrom: ModuleGraph['rolesFrom'];
}

/**
 * Builds the graph: roles, labels, waves over modules and pinned libraries, and the order of the stack. The same
 * packages give the same graph in whatever order they come. Needs that are no packages are left out; an order
 * that is set is kept, even where `checkOrder` objects; modules it does not name come on top.
 * @returns a failure of kind `cycle` that names the libraries that need each other.
 */
export function buildModuleGraph(
  input: ModuleGraphInput,
): { ok: true; graph: ModuleGraph } | { ok: false; failure: Failure } {
  const packages = new Map<string, PackageLinks>();
  for (const each of input.packages) if (!packages.has(each.name)) packages.set(each.name, each);
  const all = [...packages.values()].sort((a, b) => byName(a.name, b.name));
  const libraries = all.filter((each) => each.kind === 'library');
  const found = computeWaves(new Map(libraries.map((each) => [each.name, each.needs])));
  if (!found.ok) return cycleFailure(found.cycle);
  const labels = labelsOf(libraries.map((each) => each.name));
  const nodes = all.map(
    ({ name, kind, needs }): GraphNode => ({
      name,
      label: labels.get(name) ?? name,
      role: kind === 'library' ? (input.pinned.has(name) ? 'pinned' : 'module') : kind,
      needs: sortedNames(needs, packages),
      wave: found.waves.get(name) ?? null,
    }),
  );
  const modules = new Set(nodes.filter((node) => node.role === 'module').map((node) => node.name));
  const set = (input.order ?? []).filter((name) => modules.has(name));
  const order = [...new Set([...set, ...stackOrder(modules, found.waves)])];
  return { ok: true, graph: { nodes, order, rolesFrom: input.rolesFrom } };
}

function sortedNames(names: readonly string[], known: ReadonlyMap<string, unknown>): string[] {
  const sorted = names.toSorted();
  const isKept = (name: string, at: number) => name !== sorted[at - 1] && known.has(name);
  return sorted.every(isKept) ? sorted : sorted.filter(isKept);
}

function cycleFailure(cycle: readonly string[]): { ok: false; failure: Failure } {
  const [first = '', ...others] = cycle;
  const way = others.length === 0 ? 'itself' : [...others, first].join(', which needs ');
  return failed(
    'cycle',
    `${first} needs ${way}: libraries that need each other can’t be loaded one after the other.`,
    'Remove one of these dependencies from its Cargo.toml.',
  );
}
