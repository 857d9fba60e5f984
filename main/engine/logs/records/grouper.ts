import { type Found, startOf, TEXT } from './formats.ts';
import type { Tail, TailState } from './tails.ts';

/** A record takes no more lines behind its first one than this, and none that is longer. */
const MOST_MORE_LINES = 400;
export const LONGEST_MORE_BYTES = 4096;

export type Place =
  /** A record begins here. */
  | ({ kind: 'start' } & Found)
  /** It belongs to the record before; `message`: to what that says. */
  | { kind: 'more'; message: boolean };

const MORE: Place = { kind: 'more', message: false };
const MESSAGE: Place = { kind: 'more', message: true };
/** Where nothing that is known begins. */
export const PLAIN = { kind: 'start', format: TEXT, start: { time: null, level: null, body: 0 } } as const;

/**
 * Says of line after line whether a record begins there. One who reads text and one who reads bytes as Latin-1 are told
 * the same, as the patterns look at ASCII only.
 */
export class Grouper {
  #tail: Tail = TEXT.tail;
  #state: TailState = 'end';
  #taken = 0;

  /** Whether a line to come may belong to the record before. */
  get open(): boolean {
    return this.#tail[this.#state] !== undefined && this.#taken < MOST_MORE_LINES;
  }

  /**
   * @param head the first `HEAD_CHARS` characters of the line, without escape sequences.
   * @param long whether the line has more than `LONGEST_MORE_BYTES`.
   */
  next(head: string, long: boolean): Place {
    const found = startOf(head);
    if (found !== null) return this.start(found);
    if (!this.open || long) return this.#plain();
    for (const [pattern, next] of this.#tail[this.#state] ?? []) {
      if (!pattern.test(head)) continue;
      this.#state = next;
      this.#taken += 1;
      return next === 'message' ? MESSAGE : MORE;
    }
    return this.#plain();
  }

  /** As `next`, for a line whose beginning is known. */
  start(found: Found): Place {
    this.#begin(found.format.tail);
    return { kind: 'start', ...found };
  }

  /** The record before takes no more lines. */
  end(): void {
    this.#begin(TEXT.tail);
  }

  #plain(): Place {
    this.end();
    return PLAIN;
  }

  #begin(tail: Tail): void {
    this.#tail = tail;
    this.#state = 'first';
    this.#taken = 0;
  }
}
