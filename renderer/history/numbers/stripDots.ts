/** Where the dots of a strip lie: pure. */
import type { Figure, Sample } from '#shared/contract.ts';
import { isSameDay, shortDay, timeOfDay } from '#shared/time.ts';

export interface Size {
  width: number;
  height: number;
  /** Around the dots. */
  edge: number;
}

export interface Dot {
  sample: Sample;
  x: number;
  y: number;
  /** It lies above: the dot is at the upper edge. */
  above: boolean;
}

export interface Strip {
  dots: Dot[];
  /** What the upper edge stands for, ms. */
  top: number;
  /** The heights of the two lines. */
  median: number;
  p95: number;
}

/** What exceeds the p95 by so much is drawn at the edge: else a single one would flatten all others. */
const ROOM = 1.6;
/** What is left free above the longest. */
const HEADROOM = 1.1;

/** Places one dot for each sample, the oldest on the left, at equal distances; from 0 upwards. */
export function stripOf(
  samples: readonly Sample[],
  figure: Pick<Figure, 'median' | 'p95'>,
  { width, height, edge }: Size,
): Strip {
  const longest = Math.max(0, ...samples.map(({ ms }) => ms));
  const most = Math.max(longest, figure.p95) * HEADROOM;
  const top = Math.max(1e-6, Math.min(most, figure.p95 * ROOM || most));
  const y = (ms: number): number => {
    const share = Math.min(1, ms / top);
    return height - edge - share * (height - 2 * edge);
  };
  const step = samples.length > 1 ? (width - 2 * edge) / (samples.length - 1) : 0;
  const dots = samples.map((sample, i) => ({
    sample,
    // A single one stands in the middle.
    x: samples.length === 1 ? width / 2 : edge + i * step,
    y: y(sample.ms),
    above: sample.ms > top,
  }));
  return { dots, top, median: y(figure.median), p95: y(figure.p95) };
}

/** Returns the index of the dot nearest to `x`; null where there is none. */
export function nearestDot(dots: readonly Dot[], x: number): number | null {
  let nearest: number | null = null;
  for (const [i, dot] of dots.entries()) {
    const best = dots[nearest ?? -1];
    if (best === undefined || Math.abs(dot.x - x) < Math.abs(best.x - x)) nearest = i;
  }
  return nearest;
}

/** Returns the index that a key leads to from a dot; null for any other key. */
export function stepDot(from: number, key: string, count: number): number | null {
  const to = {
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    Home: 0,
    End: count,
  }[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}

/** Formats a time below an axis: the time of day or, for another day than today, the date. */
export const axisTime = (at: number, now: number): string =>
  isSameDay(at, now) ? timeOfDay(at, 'minutes') : shortDay(at, now);
