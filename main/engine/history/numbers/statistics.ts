/** Statistics of measurements; pure. What is `sorted` goes up and is not empty. */

export const ascending = (values: readonly number[]): number[] => [...Float64Array.from(values).sort()];

/** The middle; of an even number the mean of the two in the middle. */
export function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return lower + (upper - lower) / 2;
}

/** The smallest that is not exceeded by `share` of them (0 to 1): nearest rank, so one that was measured. */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? Number.NaN;
}

/** The median of the distances from the median: how far they spread, whatever a few of them do. */
export function deviation(sorted: readonly number[]): number {
  const middle = median(sorted);
  return median(ascending(sorted.map((value) => Math.abs(value - middle))));
}

/** With this a median of distances is as large as the standard deviation, were they normal. */
export const AS_SIGMA = 1.4826;
