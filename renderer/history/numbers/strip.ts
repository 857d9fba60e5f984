/** Where the dots of a strip lie: pure. */
import type { Figure, Sample } from '../../../preload/contract.ts';

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
  /** The heights of the two lines. */
  median: number;
  p95: number;
}

/** What exceeds the p95 by so much is drawn at the edge: else a single one would flatten all others. */
const ROOM = 1.6;

/** One dot for each, the oldest on the left, at equal distances; from 0 upwards. */
export function stripOf(
  samples: readonly Sample[],
  figure: Pick<Figure, 'median' | 'p95'>,
  { width, height, edge }: Size,
): Strip {
  const longest = Math.max(0, ...samples.map(({ ms }) => ms));
  const top = Math.max(1e-6, Math.min(Math.max(longest, figure.p95), figure.p95 * ROOM || longest));
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
  return { dots, median: y(figure.median), p95: y(figure.p95) };
}
