import type { GraphNode, Plan } from '../../../preload/contract.ts';
import { type Links, linksOf, needsOfNodes, reach } from './links.ts';

interface Subject extends Pick<Plan, 'unload' | 'restart' | 'leftBehind'> {
  nodes: readonly GraphNode[];
  /** The modules bottom-up. */
  order: readonly string[];
  stale: ReadonlySet<string>;
  changed: ReadonlyMap<string, string>;
}

const REBUILT = 'rebuilt';

/** Says for each name of a plan why it is there: a phrase that can follow the label of the module. */
export function reasonsOf(subject: Subject): Plan['reasons'] {
  const links = linksOf(needsOfNodes(subject.nodes));
  const nodes = new Map(subject.nodes.map((node) => [node.name, node]));
  const label = (name: string) => nodes.get(name)?.label ?? name;
  const causes = causesIn(links, nodes, subject);
  const why = (name: string): string => {
    const cause = causes.get(name);
    if (cause === undefined) return REBUILT;
    return cause.name === name
      ? cause.phrase
      : `depends on ${label(cause.name)}, which ${verbOf(cause.phrase)}`;
  };
  const boundTo = boundNames(links, subject.nodes);
  const obstacle = (name: string): string => {
    if (nodes.get(name)?.role === 'executable') return 'the program itself can’t be swapped while it runs';
    if (boundTo.has(name)) return 'linked into the executable: swapping it takes a restart';
    return 'the server can’t unload it: swapping it takes a restart';
  };
  const blocker = subject.order.findLast((name) => !subject.stale.has(name));
  const stacked = new Set(subject.order);
  const left = (name: string): string =>
    blocker !== undefined && stacked.has(name)
      ? `stale, but ${label(blocker)} above it is not: the stack stops there`
      : 'stale, but not in the stack of this server';
  return Object.fromEntries([
    ...subject.unload.map((name) => [name, why(name)]),
    ...subject.restart.map((name) => [name, `${why(name)}; ${obstacle(name)}`]),
    ...subject.leftBehind.map((name) => [name, left(name)]),
  ]);
}

interface Cause {
  name: string;
  phrase: string;
}

/**
 * For each node the nearest changed one that it depends on, itself before all others; where nothing is known to
 * have changed, the nearest that is stale.
 */
function causesIn(links: Links, nodes: ReadonlyMap<string, GraphNode>, subject: Subject): Map<string, Cause> {
  // What was edited after the last build is not the cause of anything yet.
  const known = links.names.filter(
    (name) => subject.changed.has(name) && (subject.stale.has(name) || nodes.get(name)?.role === 'external'),
  );
  const causes = new Map<string, Cause>();
  spread(
    links,
    causes,
    known.map((name) => ({ name, phrase: subject.changed.get(name) ?? REBUILT })),
  );
  const unknown = links.names.filter((name) => subject.stale.has(name) && !causes.has(name));
  spread(
    links,
    causes,
    unknown.map((name) => ({ name, phrase: REBUILT })),
  );
  return causes;
}

/** Hands causes up to dependents, level by level; of several as near the first by name. */
function spread(links: Links, causes: Map<string, Cause>, sources: readonly Cause[]): void {
  for (const source of sources) causes.set(source.name, source);
  let level = sources;
  while (level.length > 0) {
    const found = new Map<string, Cause>();
    for (const { name } of level) {
      const cause = causes.get(name);
      if (cause === undefined) continue;
      for (const at of links.dependents[links.index.get(name) ?? -1] ?? []) {
        const dependent = links.names[at] ?? '';
        const other = found.get(dependent);
        if (causes.has(dependent) || (other !== undefined && other.name <= cause.name)) continue;
        found.set(dependent, cause);
      }
    }
    for (const [name, cause] of found) causes.set(name, cause);
    level = [...found].map(([name, cause]) => ({ name, phrase: cause.phrase }));
  }
}

/** What the executables are linked to, directly or not. */
function boundNames(links: Links, nodes: readonly GraphNode[]): Set<string> {
  const executables = nodes.filter((node) => node.role === 'executable');
  const starts = executables.flatMap((node) => links.index.get(node.name) ?? []);
  return new Set([...reach(links.needs, starts)].map((at) => links.names[at] ?? ''));
}

function verbOf(phrase: string): string {
  if (phrase.startsWith('edited')) return 'was edited';
  return phrase === REBUILT ? 'was rebuilt' : 'changed';
}
