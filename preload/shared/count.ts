/** Writes a number with separators: `1,234`. */
export const number = (n: number): string => n.toLocaleString('en');

/** Chooses the word that goes with a number: `plural(names.length, 'is', 'are')`. */
export const plural = (n: number, one: string, many = `${one}s`): string => (n === 1 ? one : many);

/** Writes a number of things: `1 file`, `1,234 files`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${number(n)} ${plural(n, one, many)}`;

/** Writes a number for little room: `999`, `1.2k`, `34k`, `5.6M`. */
export function shortCount(n: number): string {
  if (n < 1000) return String(n);
  const [value, unit] = n < 999_500 ? [n / 1000, 'k'] : [n / 1_000_000, 'M'];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
}
