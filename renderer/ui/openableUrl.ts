/** Tells whether a link in a program's output may be opened at all: only http and https are. */
export function mayOpen(url: string): boolean {
  try {
    return ['https:', 'http:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
