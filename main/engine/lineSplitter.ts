// A line that never ends (a progress bar, a binary flood) is cut here, so that it can't eat the memory.
export const LONGEST_LINE = 64 * 1024;

/** Cuts a stream of text into lines, without their ends. `push` gives the lines that are complete. */
export class LineSplitter {
  readonly #longest: number;
  #rest = '';

  /** @param longest where a line is cut that is longer, in characters. */
  constructor(longest = LONGEST_LINE) {
    this.#longest = longest;
  }

  push(chunk: string): string[] {
    const parts = (this.#rest + chunk).split('\n');
    const rest = parts.pop() ?? '';
    this.#rest = rest.length > this.#longest ? '' : rest;
    const lines = parts.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
    if (rest.length > this.#longest) lines.push(rest);
    return lines;
  }

  /** What came after the last line end. */
  flush(): string[] {
    const rest = this.#rest;
    this.#rest = '';
    return rest === '' ? [] : [rest];
  }
}

/** What came after `before` was the end of it: the lines of `now` that were not there yet. Both are last parts only. */
export function linesSince(before: readonly string[], now: readonly string[]): string[] {
  for (let kept = Math.min(before.length, now.length); kept > 0; kept -= 1) {
    const known = before.slice(before.length - kept);
    if (known.every((line, index) => line === now[index])) return now.slice(kept);
  }
  return [...now];
}
