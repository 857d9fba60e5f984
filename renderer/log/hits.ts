import type { LogHit } from '../../preload/contract.ts';

/**
 * The place of the next hit, or of the one before; from the last one on to the first again. Null: there are none.
 * @param at the place of the current one; null: none, then it is the nearest from a line on.
 */
export function stepHit(
  hits: readonly LogHit[],
  at: number | null,
  line: number,
  forward: boolean,
): number | null {
  const n = hits.length;
  if (n === 0) return null;
  if (at !== null) return (at + (forward ? 1 : n - 1)) % n;
  const found = forward
    ? hits.findIndex((hit) => hit.line >= line)
    : hits.findLastIndex((hit) => hit.line < line);
  return found === -1 ? (forward ? 0 : n - 1) : found;
}
