import type { GraphNode } from '../../../preload/contract.ts';

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

/** Numbers the names and turns the edges both ways. Linear but for the sorting. */
export function linksOf(needs: Needs): Links {
  const names = [...needs.keys()].sort(byName);
  const index = new Map(names.map((name, at) => [name, at]));
  const dependents: number[][] = names.map(() => []);
  const inward = names.map((name, from) => {
    const targets = new Set<number>();
    for (const need of needs.get(name) ?? []) {
      const to = index.get(need);
      if (to !== undefined) targets.add(to);
    }
    for (const to of targets) dependents[to]?.push(from);
    return [...targets].sort((a, b) => a - b);
  });
  return { names, index, needs: inward, dependents };
}

export const needsOfNodes = (nodes: readonly GraphNode[]): Needs =>
  new Map(nodes.map((node) => [node.name, node.needs]));

/** Everything that the edges lead to from the given starts, these included. */
export function reach(edges: Edges, starts: Iterable<number>): Set<number> {
  const reached = new Set(starts);
  // A set that grows while it is walked is the queue, too.
  for (const at of reached) for (const next of edges[at] ?? []) reached.add(next);
  return reached;
}

/** Compares by code units: the same on every machine, whatever its language. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
