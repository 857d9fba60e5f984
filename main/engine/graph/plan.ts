import type { GraphNode, ModuleGraph, Moves, Rule } from '../../../preload/contract.ts';
import { dependentsOf } from './closure.ts';
import { byName } from './links.ts';
import { checkOrder } from './order.ts';
import { reasonsOf } from './reasons.ts';

export interface PlanInput {
  graph: Pick<ModuleGraph, 'nodes' | 'order'>;
  rule: Rule;
  /** Names of the nodes whose artifact is not the image that is mapped. */
  stale: ReadonlySet<string>;
  /** Why a package changed, as the reason is to read: 'edited (src/lib.rs)'. What is missing here was 'rebuilt'. */
  changed?: ReadonlyMap<string, string>;
  /** What is known better: the whole reason of a stale one. */
  told?: ReadonlyMap<string, string>;
}

/**
 * What a reload would do now. Under `stack`, unloading starts at the top of the order and stops at the first module
 * that is not stale; under `dependents`, every stale module goes and all that depend on it. Whoever depends
 * on a module is unloaded before it and loaded after it. Pure; linear but for sorting.
 */
export function planReload({ graph, rule, stale, changed = new Map(), told = new Map() }: PlanInput): Moves {
  const { nodes } = graph;
  const order = [...new Set(graph.order)];
  const load = rule === 'stack' ? topOfStack(order, stale) : withDependents(nodes, order, stale);
  const taken = new Set(load);
  const moves = {
    unload: load.toReversed(),
    load,
    restart: nodes
      .filter(({ name, role }) => (role === 'pinned' || role === 'executable') && stale.has(name))
      .sort(byWave)
      .map((node) => node.name),
    leftBehind: nodes
      .filter(({ name, role }) => role === 'module' && stale.has(name) && !taken.has(name))
      .sort(byWave)
      .map((node) => node.name),
  };
  return { rule, ...moves, reasons: reasonsOf({ nodes, order, stale, changed, told, ...moves }) };
}

/** The stale modules above the topmost one that is not, bottom-up. */
function topOfStack(order: readonly string[], stale: ReadonlySet<string>): string[] {
  return order.slice(order.findLastIndex((name) => !stale.has(name)) + 1);
}

/** The stale modules and those that depend on them, bottom-up. */
function withDependents(
  nodes: readonly GraphNode[],
  order: readonly string[],
  stale: ReadonlySet<string>,
): string[] {
  const modules = nodes.filter((node) => node.role === 'module');
  const starts = modules.filter((node) => stale.has(node.name)).map((node) => node.name);
  const taken = dependentsOf(starts, nodes);
  for (const name of starts) taken.add(name);
  const needs = new Map(nodes.map((node) => [node.name, node.needs]));
  if (order.length === modules.length && checkOrder(order, needs).length === 0) {
    return order.filter((name) => taken.has(name));
  }
  // An order set by hand may put a module below what it needs: waves never do.
  return modules
    .filter((node) => taken.has(node.name))
    .sort(byWave)
    .map((node) => node.name);
}

/** The executable, which has no wave, comes last: it stands on all others. */
const waveOf = (node: GraphNode): number => node.wave ?? Number.MAX_SAFE_INTEGER;

const byWave = (a: GraphNode, b: GraphNode): number => waveOf(a) - waveOf(b) || byName(a.name, b.name);
