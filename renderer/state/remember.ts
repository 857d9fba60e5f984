/** A small choice of the user's that outlives the window. Where nothing can be kept, the fallback holds. */
export function readFlag(key: string, fallback: boolean): boolean {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? fallback : kept === 'true';
  } catch {
    return fallback;
  }
}

export function writeFlag(key: string, value: boolean): void {
  try {
    localStorage.setItem(key, String(value));
  } catch (error) {
    console.info('Not remembered:', key, error);
  }
}
