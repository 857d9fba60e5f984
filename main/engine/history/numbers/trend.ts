import type { Trend } from '#shared/contract.ts';
import { DAY_MS } from './numbersLimits.ts';
import { AS_SIGMA, ascending, deviation, median } from './statistics.ts';

const DAYS = 7;
/** So many are needed on each side. */
const LEAST = 5;
const LAST = 20;
/** A difference of less than that is none. */
const LEAST_SHARE = 0.05;
/** The standard error of a median, in standard deviations over the root of how many there are. */
const MEDIAN_ERROR = 1.2533;

/**
 * The last 7 days against the 7 before; where one of the two has fewer than 5, the last 20 against the 20 before, or as
 * many as there are, down to 5. A difference of the medians counts if it is 5 % at least, and more than twice its error.
 * @param series in the order of time. @param now ms since the epoch.
 */
export function trendOf(series: readonly { at: number; ms: number }[], now: number): Trend {
  const week = within(series, now - DAYS * DAY_MS, now);
  const weekBefore = within(series, now - 2 * DAYS * DAY_MS, now - DAYS * DAY_MS);
  if (week.length >= LEAST && weekBefore.length >= LEAST) return compared('days', week, weekBefore);
  const all = series.map(({ ms }) => ms);
  const each = Math.min(LAST, Math.floor(all.length / 2));
  if (each < LEAST) return { kind: 'few', count: all.length, needed: 2 * LEAST };
  return compared('counts', all.slice(-each), all.slice(-2 * each, -each));
}

function compared(kind: 'days' | 'counts', last: readonly number[], earlier: readonly number[]): Trend {
  const [a, b] = [ascending(last), ascending(earlier)];
  const [now, before] = [median(a), median(b)];
  const change = now - before;
  const isSteady = Math.abs(change) < LEAST_SHARE * before || Math.abs(change) <= 2 * errorOf(a, b);
  const direction = isSteady ? 'steady' : change > 0 ? 'slower' : 'faster';
  return { kind, direction, now, before, count: a.length, countBefore: b.length };
}

/** Of the difference of their medians. */
function errorOf(a: readonly number[], b: readonly number[]): number {
  const squared = (sorted: readonly number[]) => (AS_SIGMA * deviation(sorted)) ** 2 / sorted.length;
  return MEDIAN_ERROR * Math.sqrt(squared(a) + squared(b));
}

function within(series: readonly { at: number; ms: number }[], after: number, until: number): number[] {
  const found: number[] = [];
  for (const { at, ms } of series) if (at > after && at <= until) found.push(ms);
  return found;
}
