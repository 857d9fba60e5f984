import { LONGEST_LINE } from '../../lineSplitter.ts';
import { plainText } from '../plainText.ts';

/** What to do with a line. Whether the next one is wanted, too, whatever it says. */
type Take = (line: string) => boolean;

const FEED = 10;
const NONE = Buffer.alloc(0);

/**
 * Finds the lines of a program's output that hold one of some words. Many lines are looked through at once, and few made
 * into strings of their own: in a flood that is all that most of them get.
 */
export class WantedLines {
  readonly #words: RegExp | null;
  readonly #take: Take;
  /** What came behind the last line end. */
  #rest: Buffer = NONE;
  #wantsNext = false;

  /**
   * @param words as texts; null: every line is wanted.
   * @param take gets the lines in order, without escape sequences and ends; some have none of the words.
   */
  constructor(words: readonly string[] | null, take: Take) {
    this.#words = words === null ? null : new RegExp(words.map(escapeRegex).join('|'), 'g');
    this.#take = take;
  }

  push(chunk: Uint8Array): void {
    const end = chunk.lastIndexOf(FEED) + 1;
    if (end > 0) this.#look(Buffer.concat([this.#rest, chunk.subarray(0, end)]));
    this.#rest = Buffer.concat([end > 0 ? NONE : this.#rest, chunk.subarray(end)]);
    // It never ends, perhaps.
    if (this.#rest.length <= LONGEST_LINE) return;
    this.#look(this.#rest);
    this.#rest = NONE;
  }

  #look(bytes: Buffer): void {
    const text = plainText(bytes, 0, bytes.length);
    for (let at = 0; at < text.length; ) {
      const from = this.#wantsNext ? at : this.#nextIn(text, at);
      if (from === -1) return;
      const feed = text.indexOf('\n', from);
      const to = feed === -1 ? text.length : feed;
      this.#wantsNext = this.#take(text.slice(from, to));
      at = to + 1;
    }
  }

  /** Where the next line begins that has one of the words; -1: there is none. */
  #nextIn(text: string, at: number): number {
    if (this.#words === null) return at;
    this.#words.lastIndex = at;
    const index = this.#words.exec(text)?.index;
    return index === undefined ? -1 : Math.max(at, text.lastIndexOf('\n', index) + 1);
  }
}

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
