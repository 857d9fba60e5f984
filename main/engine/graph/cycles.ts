import { type Edges, type Links, linksOf, type Needs } from './links.ts';

/**
 * Names a cycle: `['a', 'b', 'c']` means that a needs b, b needs c, and c needs a. Of all names that are on any
 * cycle it starts with the first in order, and takes the shortest way round from there. Linear.
 * @returns null where there is none.
 */
export const findCycle = (needs: Needs): string[] | null => cycleIn(linksOf(needs));

/** `findCycle` for those who have the links already. */
export function cycleIn(links: Links): string[] | null {
  const start = firstOnCycle(links);
  return start === -1 ? null : shortestRound(links.needs, start).map((at) => links.names[at] ?? '');
}

/** The lowest index that lies on a cycle; -1 where there is none. */
function firstOnCycle({ needs, dependents }: Links): number {
  const component = components(needs, dependents);
  const size = new Map<number, number>();
  for (const id of component) size.set(id, (size.get(id) ?? 0) + 1);
  return component.findIndex((id, at) => (size.get(id) ?? 0) > 1 || needs[at]?.includes(at) === true);
}

/** Breadth first, so that the first way back to the start is a shortest one. */
function shortestRound(needs: Edges, start: number): number[] {
  const cameFrom = new Map<number, number>([[start, start]]);
  for (const at of cameFrom.keys()) {
    for (const next of needs[at] ?? []) {
      if (next === start) {
        const round = [at];
        for (let back = at; back !== start; ) {
          back = cameFrom.get(back) ?? start;
          round.push(back);
        }
        return round.reverse();
      }
      if (!cameFrom.has(next)) cameFrom.set(next, at);
    }
  }
  return [start];
}

/** Strongly connected components, by a pass forth and a pass back: for each index the id of its component. */
function components(needs: Edges, dependents: Edges): number[] {
  const component = needs.map(() => -1);
  for (const root of finishOrder(needs).reverse()) {
    if (component[root] !== -1) continue;
    const open = [root];
    component[root] = root;
    for (const at of open) {
      for (const next of dependents[at] ?? []) {
        if (component[next] !== -1) continue;
        component[next] = root;
        open.push(next);
      }
    }
  }
  return component;
}

/** Depth first with a stack of its own: a chain of thousands must not exhaust the call stack. */
function finishOrder(edges: Edges): number[] {
  const finished: number[] = [];
  const seen = new Set<number>();
  for (const root of edges.keys()) {
    if (seen.has(root)) continue;
    seen.add(root);
    const path = [{ at: root, rest: (edges[root] ?? []).values() }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        finished.push(top.at);
        path.pop();
      } else if (!seen.has(next.value)) {
        seen.add(next.value);
        path.push({ at: next.value, rest: (edges[next.value] ?? []).values() });
      }
    }
  }
  return finished;
}
