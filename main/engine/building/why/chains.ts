import { byName, type Links } from '../../graph/links.ts';
import { byTime, type Cause, type Found } from './cause.ts';

interface Given {
  /** Who needs whom; packages that aren't in it are of no account. */
  links: Links;
  /** What happened to packages. */
  causes: ReadonlyMap<string, Cause>;
  /** Only these hand on what happened to them: what a build left alone has changed nobody. */
  through(name: string): boolean;
}

/**
 * For each package the way on which a change came to it: the shortest one, and of several as short the one from the earliest
 * change, or else the first by name. How many files lie behind it counts all changes that reach it. Pure; linear
 * in the links for the ways, and in links times changed packages for the count.
 */
export function chainsFrom({ links, causes, through }: Given): Map<string, Found> {
  const starts = [...causes]
    .filter(([name]) => links.index.has(name) && through(name))
    .sort(([a, one], [b, other]) => byTime(one, other) || byName(a, b));
  /** For each package the one that the change came from; itself where it began. */
  const from = new Map<number, number>();
  for (const [name] of starts) {
    const at = links.index.get(name);
    if (at !== undefined) from.set(at, at);
  }
  // A map that grows while it is walked is the queue, too: level by level, and on each in the order of its causes.
  for (const at of from.keys()) {
    for (const next of links.dependents[at] ?? []) {
      if (!from.has(next) && through(links.names[next] ?? '')) from.set(next, at);
    }
  }
  const files = filesBehind(links, starts, new Set(from.keys()));
  const found = new Map<string, Found>();
  for (const end of from.keys()) {
    const chain = wayTo(end, from).map((at) => links.names[at] ?? '');
    const cause = causes.get(chain[0] ?? '');
    if (cause === undefined) continue;
    const others = [...(files.get(end) ?? [])].filter((file) => file !== cause.file).sort();
    found.set(links.names[end] ?? '', { ...cause, others, chain });
  }
  return found;
}

function wayTo(end: number, from: ReadonlyMap<number, number>): number[] {
  const way = [end];
  for (let at = end, before = from.get(at); before !== undefined && before !== at; before = from.get(at)) {
    way.unshift(before);
    at = before;
  }
  return way;
}

/** For each package the files that changed in it or below it. */
function filesBehind(
  links: Links,
  starts: readonly (readonly [string, Cause])[],
  reached: ReadonlySet<number>,
): Map<number, Set<string>> {
  const files = new Map<number, Set<string>>();
  for (const [name, { file, others }] of starts) {
    const own = [...(file === null ? [] : [file]), ...others];
    const start = links.index.get(name);
    if (start === undefined || own.length === 0) continue;
    const above = new Set([start]);
    for (const at of above) {
      const known = files.get(at) ?? new Set();
      for (const each of own) known.add(each);
      files.set(at, known);
      for (const next of links.dependents[at] ?? []) if (reached.has(next)) above.add(next);
    }
  }
  return files;
}
