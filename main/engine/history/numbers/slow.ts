/**
 * Which measurements are unusually long; pure. Each is held against the (at most) 30 before it that are like it, of which
 * there must be 10: it is unusual when it exceeds their median by four times their spread (median of distances, as a
 * standard deviation), and by a quarter of the median, and by 20 ms. What comes later changes no mark; and when things stay
 * slow, that becomes the usual.
 */
import { AS_SIGMA, ascending, deviation, median } from './statistics.ts';

export const WINDOW = 30;
export const LEAST = 10;
const SPREADS = 4;
const LEAST_SHARE = 0.25;
const LEAST_MS = 20;

/** What was usual for a measurement that is not. */
export interface Unusual {
  usual: number;
  /** How many it was held against. */
  count: number;
  /** From when on it is unusual. */
  limit: number;
}

/** @param before in the order of time; the last 30 count. Null: it is usual, or there are too few to tell. */
export function unusual(ms: number, before: readonly number[]): Unusual | null {
  if (before.length < LEAST) return null;
  const sorted = ascending(before.slice(-WINDOW));
  const usual = median(sorted);
  const margin = Math.max(LEAST_SHARE * usual, LEAST_MS);
  if (ms <= usual + margin) return null;
  const limit = usual + Math.max(margin, SPREADS * AS_SIGMA * deviation(sorted));
  return ms > limit ? { usual, count: sorted.length, limit } : null;
}

/**
 * Looks at one after the other.
 * @param series in the order of time. Only those of a group are alike; those without a group are not judged.
 */
export function unusualOnes(series: readonly { ms: number; group: string | null }[]): (Unusual | null)[] {
  const groups = new Map<string, number[]>();
  return series.map(({ ms, group }) => {
    if (group === null) return null;
    const before = groups.get(group) ?? [];
    const found = unusual(ms, before);
    before.push(ms);
    if (before.length > WINDOW) before.shift();
    groups.set(group, before);
    return found;
  });
}
