const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Writes a number of bytes: `0 B`, `840 B`, `12 KB`, `3.4 MB`, in steps of 1024. */
export function bytes(n: number): string {
  let value = n;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
