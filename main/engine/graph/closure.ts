import type { GraphNode } from '../../../preload/contract.ts';
import { type Links, linksOf, needsOfNodes, reach } from './links.ts';

/**
 * All nodes that depend on any of the given ones, directly or not; the given ones themselves are not among them
 * unless they depend on each other. Sorted by name; unknown names are passed over.
 */
export function dependentsOf(names: Iterable<string>, nodes: readonly GraphNode[]): Set<string> {
  const links = linksOf(needsOfNodes(nodes));
  return beyond(names, links, links.dependents);
}

/** All nodes that the given ones need, directly or not; otherwise as `dependentsOf`. */
export function needsOf(names: Iterable<string>, nodes: readonly GraphNode[]): Set<string> {
  const links = linksOf(needsOfNodes(nodes));
  return beyond(names, links, links.needs);
}

function beyond(names: Iterable<string>, { names: all, index }: Links, edges: Links['needs']): Set<string> {
  const starts = new Set([...names].flatMap((name) => index.get(name) ?? []));
  const found = reach(
    edges,
    [...starts].flatMap((start) => edges[start] ?? []),
  );
  return new Set([...found].sort((a, b) => a - b).map((at) => all[at] ?? ''));
}
