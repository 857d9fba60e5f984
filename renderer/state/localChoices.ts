/** Reads a choice of the user's that outlives the window. Where nothing can be kept, the fallback holds. */
export function readFlag(key: string, fallback: boolean): boolean {
  const kept = readKept(key);
  return kept === null ? fallback : kept === 'true';
}

/** Remembers a choice beyond the window's end. */
export function writeFlag(key: string, value: boolean): void {
  keep(key, String(value));
}

/** Reads one of several choices; anything else that is kept is ignored. */
export function readChoice<T extends string>(key: string, choices: readonly T[], fallback: T): T {
  const kept = readKept(key);
  return choices.find((choice) => choice === kept) ?? fallback;
}

/** Reads a number within limits. */
export function readNumber(key: string, [least, most]: readonly [number, number], fallback: number): number {
  const kept = readKept(key);
  const value = kept === null || kept === '' ? Number.NaN : Number(kept);
  return value >= least && value <= most ? value : fallback;
}

/** Keeps a text beyond the window's end; only says so on the console where it can't. */
export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch (error) {
    console.info('Not remembered:', key, error);
  }
}

function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
