import type { LogHit } from '#shared/contract.ts';

/** The hits that are there, of all. */
export interface Hits {
  readonly hits: readonly LogHit[];
  /** How many there are before these, and how many in all. */
  readonly first: number;
  readonly count: number;
}

/** Where a step leads: to one of the hits, or to those on a side of a line, which have to be asked for. */
export type Step =
  | { readonly to: 'hit'; readonly at: number }
  | { readonly to: 'page'; readonly line: number };

/** Behind all lines. */
const END = Number.MAX_SAFE_INTEGER;

/**
 * Returns the next hit, or the one before; after the last one comes the first again. Null: there are none.
 * @param at the place of the current one; null: none, then it is the nearest from a line on, or before it.
 */
export function stepHit(
  { hits, first, count }: Hits,
  at: number | null,
  line: number,
  forward: boolean,
): Step | null {
  const [begin, end] = [hits[0], hits.at(-1)];
  if (begin === undefined || end === undefined) return null;
  const [isBegin, isEnd] = [first === 0, first + hits.length >= count];
  const hit = (place: number): Step => ({ to: 'hit', at: place });
  const page = (near: number): Step => ({ to: 'page', line: near });
  const toBegin = isBegin ? hit(0) : page(0);
  const toEnd = isEnd ? hit(hits.length - 1) : page(END);
  if (at !== null) {
    const next = at + (forward ? 1 : -1);
    if (next >= 0 && next < hits.length) return hit(next);
    if (forward) return isEnd ? toBegin : page(end.line + 1);
    return isBegin ? toEnd : page(begin.line);
  }
  const found = forward
    ? hits.findIndex((each) => each.line >= line)
    : hits.findLastIndex((each) => each.line < line);
  if (found === -1) {
    if (forward) return isEnd ? toBegin : page(line);
    return isBegin ? toEnd : page(line);
  }
  // There may be nearer ones.
  if (forward && found === 0 && !isBegin) return page(line);
  if (!forward && found === hits.length - 1 && !isEnd) return page(line);
  return hit(found);
}
