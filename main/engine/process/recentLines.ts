import { stripAnsi } from '#shared/ansi.ts';
import { LONGEST_LINE } from '../lineSplitter.ts';

/** The last lines of a program's output. They are cut out of it when somebody asks, which is seldom. */
export class RecentLines {
  readonly #count: number;
  #pieces: string[] = [];
  #chars = 0;

  /** @param count so many lines. */
  constructor(count: number) {
    this.#count = count;
  }

  push(text: string): void {
    this.#pieces.push(text);
    this.#chars += text.length;
    const most = (this.#count + 1) * LONGEST_LINE;
    // Not one by one, as that takes time in a flood.
    if (this.#chars < 2 * most) return;
    const kept = this.#pieces.join('').slice(-most);
    this.#pieces = [kept];
    this.#chars = kept.length;
  }

  /**
   * Those that are complete, without escape sequences and ends.
   * @param count more of them, as far as they are there still.
   */
  lines(count = this.#count): string[] {
    const text = this.#pieces.join('');
    const lines: string[] = [];
    let end = text.lastIndexOf('\n');
    while (end !== -1 && lines.length < count) {
      const before = end === 0 ? -1 : text.lastIndexOf('\n', end - 1);
      lines.push(stripAnsi(text.slice(before + 1, Math.min(end, before + LONGEST_LINE))).replace(/\r$/, ''));
      end = before;
    }
    return lines.reverse();
  }
}
