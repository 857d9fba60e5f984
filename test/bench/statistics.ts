/** The middle of a list of measurements; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** "median (smallest to largest)", in ms. */
export const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(1)} ms (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;

/** The ratio ours / rival of each pair, so that a machine whose speed drifts doesn't tilt the comparison. */
export function ratios(ours: readonly number[], rival: readonly number[]): number[] {
  return ours.flatMap((value, index) => {
    const other = rival[index];
    return other === undefined ? [] : [value / other];
  });
}

export function reportPairs(
  title: string,
  rivalName: string,
  ours: readonly number[],
  rival: readonly number[],
): void {
  const pairs = ratios(ours, rival);
  console.log(`\n${title}, ${pairs.length} pairs`);
  console.log(`  Hotdeck   ${spread(ours)}`);
  console.log(`  ${rivalName}   ${spread(rival)}`);
  console.log(
    `  ratio     ${median(pairs).toFixed(2)} (${Math.min(...pairs).toFixed(2)} to ${Math.max(...pairs).toFixed(2)})`,
  );
}
