import type { GraphNode } from '#shared/contract.ts';
import { type Links, linksOfNodes } from './links.ts';

/** What made a node stale: a node (itself, or one that it depends on), and what happened to that one. */
export interface Cause {
  name: string;
  phrase: string;
}

/** What is said of a node that is stale for no known reason: its file holds other code than what runs. */
export const REBUILT = 'changed on disk';

/**
 * For each node the nearest changed one that it depends on, itself before all others, and of several as near the
 * first by name; where nothing is known to have changed, the nearest that is stale.
 */
export function causesOf(
  nodes: readonly GraphNode[],
  stale: ReadonlySet<string>,
  changed: ReadonlyMap<string, string>,
): (name: string) => Cause | undefined {
  const links = linksOfNodes(nodes);
  const external = new Set(nodes.filter((node) => node.role === 'external').map((node) => node.name));
  const causes: (Cause | undefined)[] = links.names.map((name) => {
    // What was edited after the last build is the cause of nothing yet.
    const phrase = stale.has(name) || external.has(name) ? changed.get(name) : undefined;
    return phrase === undefined ? undefined : { name, phrase };
  });
  spread(links, causes);
  links.names.forEach((name, at) => {
    if (stale.has(name)) causes[at] ??= { name, phrase: REBUILT };
  });
  spread(links, causes);
  return (name) => causes[links.index.get(name) ?? -1];
}

/**
 * Hands every cause up to the dependents that have none, nearest first. Those that begin stand in the order of
 * their names, and so do their causes on every level: who comes first is first by name.
 */
function spread({ dependents }: Links, causes: (Cause | undefined)[]): void {
  const queue = [...causes.keys()].filter((at) => causes[at] !== undefined);
  for (const at of queue) {
    for (const dependent of dependents[at] ?? []) {
      if (causes[dependent] !== undefined) continue;
      causes[dependent] = causes[at];
      queue.push(dependent);
    }
  }
}
