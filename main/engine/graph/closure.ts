import type { GraphNode } from '#shared/contract.ts';
import { type Edges, type Links, linksOfNodes, reach } from './links.ts';

/**
 * All nodes that depend on any of the given ones, directly or not; the given ones themselves are not among them
 * unless they depend on each other. Sorted by name; unknown names are passed over.
 */
export function dependentsOf(names: Iterable<string>, nodes: readonly GraphNode[]): Set<string> {
  const links = linksOfNodes(nodes);
  return beyond(names, links, links.dependents);
}

/** All nodes that the given ones need, directly or not; otherwise as `dependentsOf`. */
export function needsOf(names: Iterable<string>, nodes: readonly GraphNode[]): Set<string> {
  const links = linksOfNodes(nodes);
  return beyond(names, links, links.needs);
}

function beyond(names: Iterable<string>, links: Links, edges: Edges): Set<string> {
  const next = new Set<number>();
  for (const name of names) {
    for (const at of edges[links.index.get(name) ?? -1] ?? []) next.add(at);
  }
  return namesAt(links, reach(edges, next));
}

/** The names of some indices, sorted. */
function namesAt(links: Links, indices: ReadonlySet<number>): Set<string> {
  return new Set(links.names.filter((_, at) => indices.has(at)));
}
