import type { GraphNode } from '#shared/contract.ts';

/** Maps each of the nodes to those it needs directly. */
export function directNeeds(nodes: readonly GraphNode[]): Map<string, string[]> {
  const names = new Set(nodes.map((node) => node.name));
  return new Map(
    nodes.map((node) => [node.name, [...new Set(node.needs)].filter((n) => n !== node.name && names.has(n))]),
  );
}

/**
 * Drops the needs that follow from others: `router -> core` goes where `router -> api -> core` stays. In a cycle
 * nothing follows from anything, so its inner needs all stay.
 */
export function reduceNeeds(needs: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const reach = new Map<string, Set<string>>();
  for (const name of needs.keys()) reach.set(name, reachable(needs, name));
  const reduced = new Map<string, string[]>();
  for (const [name, direct] of needs) {
    reduced.set(
      name,
      direct.filter(
        (target) =>
          !direct.some(
            (other) =>
              other !== target &&
              reach.get(other)?.has(target) === true &&
              reach.get(target)?.has(other) !== true &&
              reach.get(other)?.has(name) !== true,
          ),
      ),
    );
  }
  return reduced;
}

function reachable(needs: ReadonlyMap<string, readonly string[]>, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [...(needs.get(from) ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(needs.get(name) ?? []));
  }
  return seen;
}

/** Inverts the map: who is needed by whom, sorted. */
export function dependents(needs: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const [name, direct] of needs) {
    for (const target of direct) result.set(target, [...(result.get(target) ?? []), name]);
  }
  for (const names of result.values()) names.sort();
  return result;
}
