/**
 * Which measurements are unusually long; pure. Each is held against the (at most) 30 before it that are like it, of which
 * there must be 10: it is unusual when it exceeds their median by four times their spread (median of distances, as a
 * standard deviation), and by a quarter of the median, and by 20 ms. What comes later changes no mark; and when things stay
 * slow, that becomes the usual.
 */
import { AS_SIGMA, ascending, deviation, median } from './statistics.ts';

const WINDOW = 30;
const LEAST = 10;
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
export const unusual = (ms: number, before: readonly number[]): Unusual | null =>
  judge(ms, ascending(before.slice(-WINDOW)));

function judge(ms: number, sorted: readonly number[]): Unusual | null {
  if (sorted.length < LEAST) return null;
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
  const groups = new Map<string, Window>();
  return series.map(({ ms, group }) => {
    if (group === null) return null;
    const window = groups.get(group) ?? new Window();
    groups.set(group, window);
    const found = judge(ms, window.sorted);
    window.push(ms);
    return found;
  });
}

/** The latest ones, by size. */
class Window {
  readonly sorted: number[] = [];
  readonly #queue: number[] = [];

  push(ms: number): void {
    this.#queue.push(ms);
    this.sorted.splice(placeOf(this.sorted, ms), 0, ms);
    const gone = this.#queue.length > WINDOW ? this.#queue.shift() : undefined;
    if (gone !== undefined) this.sorted.splice(placeOf(this.sorted, gone), 1);
  }
}

/** Of the first that is not smaller. */
function placeOf(sorted: readonly number[], ms: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? ms) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
