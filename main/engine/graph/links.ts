import type { GraphNode } from '#shared/contract.ts';

/** Who needs what, by name. Names that are no key of the map lie outside and are passed over. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** Edges by index: `edges[from]` are ascending. */
export type Edges = readonly (readonly number[])[];

/**
 * The same, by index. Names are numbered in their own order, so whatever goes by index is sorted by name and
 * independent of the order in which the input came.
 */
export interface Links {
  names: readonly string[];
  index: ReadonlyMap<string, number>;
  needs: Edges;
  dependents: Edges;
}

const OUTSIDE = -1;

/** Ascending, without repetition and without what lies outside; copied only where there is something to drop. */
function sortedOnce(targets: number[]): number[] {
  targets.sort((a, b) => a - b);
  const isKept = (to: number, at: number) => to !== OUTSIDE && to !== targets[at - 1];
  return targets.every(isKept) ? targets : targets.filter(isKept);
}

/** Numbers the names and turns the edges both ways. Linear but for the sorting. */
export function linksOf(needs: Needs): Links {
  const names = [...needs.keys()].sort();
  const index = new Map(names.map((name, at) => [name, at]));
  const dependents: number[][] = names.map(() => []);
  const inward = names.map((name, from) => {
    const targets = sortedOnce((needs.get(name) ?? []).map((need) => index.get(need) ?? OUTSIDE));
    for (const to of targets) dependents[to]?.push(from);
    return targets;
  });
  return { names, index, needs: inward, dependents };
}

const known = new WeakMap<readonly GraphNode[], Links>();

/** The links of a graph, worked out once: the nodes of a graph are never changed in place. */
export function linksOfNodes(nodes: readonly GraphNode[]): Links {
  const links = known.get(nodes) ?? linksOf(new Map(nodes.map((node) => [node.name, node.needs])));
  known.set(nodes, links);
  return links;
}

/** Everything that the edges lead to from the given starts, these included. */
export function reach(edges: Edges, starts: Iterable<number>): Set<number> {
  const reached = new Set(starts);
  // A set that grows while it is walked is the queue, too.
  for (const at of reached) for (const next of edges[at] ?? []) reached.add(next);
  return reached;
}

/** Compares by code units: the same on every machine, whatever its language. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
