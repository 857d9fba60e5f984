import { stripAnsi } from '#shared/ansi.ts';
import { HEAD_CHARS, mayBegin, quickStartOf, SHORT_HEAD_CHARS } from '../records/formats.ts';
import { Grouper, LONGEST_MORE_BYTES, PLAIN, type Place } from '../records/grouper.ts';
import { LEVELS } from '../records/record.ts';
import { tracingAt } from '../records/tracingHead.ts';
import { characterStart } from './utf8.ts';

/** How many records of each level there are up to here, in the order of `LEVELS`. */
export type LevelCounts = readonly number[];

/** Where a block begins. Offsets and line numbers count from the beginning of the run, from 0. */
export interface Checkpoint {
  offset: number;
  line: number;
  /** When its first byte arrived, ms since the epoch. */
  time: number;
  levels: LevelCounts;
  /** It begins in the middle of a line that is too long for one piece. */
  continues: boolean;
}

export interface BlockLimits {
  /** A block ends with the record that reaches this size… */
  blockBytes: number;
  /** …or that comes so long after the block's beginning. */
  blockMs: number;
  /** A longer line is taken in pieces, each of which counts as a line. */
  pieceBytes: number;
}

/** A block that begins; `segment`: in a file of its own. */
export type Begun = Checkpoint & { segment: boolean };

const FEED = 10;
const OVERDUE_BYTES = 128 * 1024;
/** Enough bytes for `HEAD_CHARS` characters and the escape sequences between them. */
const HEAD_BYTES = 2 * HEAD_CHARS;

/**
 * Reads the bytes of a run as they come and says where its blocks begin. A block begins where a record does, so each can be
 * read by itself; except one that would get too long, or at the beginning of a file. Its memory is some KB.
 */
export class LineIndexer {
  readonly #limits: BlockLimits;
  readonly #segmentBytes: number;
  readonly #grouper = new Grouper();
  readonly #levels: number[];
  readonly #head = Buffer.alloc(HEAD_BYTES);
  #headBytes = 0;
  /** The last few bytes before this chunk: a character may be cut by its border. */
  #before = Buffer.alloc(0);
  #offset: number;
  #line: number;
  #lineStart: number;
  #lineTime: number;
  /** The line at hand began in an earlier piece. */
  #continues: boolean;
  #segmentStart: number;
  #segmentDue = false;
  #block: { start: number; time: number };

  /**
   * @param from where to go on; a record begins there, or a piece.
   * @param segmentBytes behind so many bytes the next record begins a new segment.
   */
  constructor(from: Checkpoint, limits: BlockLimits, segmentBytes = Number.POSITIVE_INFINITY) {
    this.#limits = limits;
    this.#segmentBytes = segmentBytes;
    this.#levels = [...from.levels];
    this.#offset = from.offset;
    this.#line = from.line;
    this.#lineStart = from.offset;
    this.#lineTime = from.time;
    this.#continues = from.continues;
    this.#segmentStart = from.offset;
    this.#block = { start: from.offset, time: from.time };
  }

  /** How many bytes there were so far. */
  get offset(): number {
    return this.#offset;
  }

  /** How many lines, one that isn't finished included. */
  get lines(): number {
    return this.#line + (this.#offset > this.#lineStart ? 1 : 0);
  }

  /** How many records of each level, one whose first line isn't finished included. */
  get levels(): LevelCounts {
    const levels = [...this.#levels];
    if (this.#offset > this.#lineStart && !this.#continues) {
      const head = this.#head.toString('latin1', 0, this.#headBytes);
      count(levels, new Grouper().next(stripAnsi(head).slice(0, HEAD_CHARS), false));
    }
    return levels;
  }

  /** The next record begins a new segment, however short this one is. */
  endSegment(): void {
    this.#segmentDue = true;
  }

  /** @returns the blocks that are known to have begun by now. */
  push(chunk: Buffer, time: number): Begun[] {
    const begun: Begun[] = [];
    let feed = -1;
    for (let at = 0; at < chunk.length; ) {
      if (this.#offset + at === this.#lineStart) {
        this.#lineTime = time;
        // Better between two records, but not much later.
        if (this.#isSegmentFull(OVERDUE_BYTES)) begun.push(this.#forceSegment());
      }
      if (feed < at && feed !== Infinity) {
        feed = chunk.indexOf(FEED, at);
        if (feed === -1) feed = Infinity;
      }
      const end = Math.min(feed + 1, chunk.length);
      const limit = this.#lineStart + this.#limits.pieceBytes - this.#offset;
      if (end > limit) {
        const cut = characterStart(chunk, limit, this.#before);
        this.#finishLine(chunk, cut, begun);
        begun.push(this.#newPiece(cut, time));
        at = Math.max(at, cut);
      } else {
        if (feed === Infinity) break;
        this.#finishLine(chunk, feed, begun);
        this.#continues = false;
        this.#lineStart = this.#offset + end;
        this.#headBytes = 0;
        at = end;
      }
    }
    this.#keep(chunk);
    return begun;
  }

  /** @param end where in the chunk its text ends. @param begun takes the block that begins with it. */
  #finishLine(chunk: Buffer, end: number, begun: Begun[]): void {
    const from = this.#lineStart - this.#offset;
    if (!this.#continues) {
      const place = this.#placeOf(chunk, from, end);
      if (place.kind === 'start') {
        // What came before this chunk is written already, to the segment at hand.
        if (from >= 0 && this.#isSegmentFull()) begun.push(this.#begin(true));
        else if (this.#isBlockFull()) begun.push(this.#begin(false));
      }
      count(this.#levels, place);
    }
    this.#line += 1;
  }

  #placeOf(chunk: Buffer, from: number, end: number): Place {
    const first = (from < 0 ? this.#head[0] : chunk[from]) ?? FEED;
    const tracing = from < 0 ? null : tracingAt(chunk, from, end);
    if (tracing !== null) return this.#grouper.start(tracing);
    if (!this.#grouper.open && !mayBegin(first, end - from)) return PLAIN;
    const found = quickStartOf(this.#headOf(chunk, from, end, SHORT_HEAD_CHARS));
    if (found !== null) return this.#grouper.start(found);
    return this.#grouper.next(this.#headOf(chunk, from, end, HEAD_BYTES), end - from > LONGEST_MORE_BYTES);
  }

  #headOf(chunk: Buffer, from: number, end: number, bytes: number): string {
    const here = chunk.toString('latin1', Math.max(0, from), Math.min(end, from + bytes));
    const head = from < 0 ? this.#head.toString('latin1', 0, Math.min(this.#headBytes, bytes)) + here : here;
    return stripAnsi(head).slice(0, HEAD_CHARS);
  }

  #isBlockFull(): boolean {
    const { start, time } = this.#block;
    const { blockBytes, blockMs } = this.#limits;
    if (this.#lineStart === start) return false;
    return this.#lineStart - start >= blockBytes || this.#lineTime - time >= blockMs;
  }

  #isSegmentFull(andBytes = 0): boolean {
    const bytes = this.#lineStart - this.#segmentStart;
    return bytes >= (this.#segmentDue ? 0 : this.#segmentBytes) + andBytes;
  }

  #newPiece(cut: number, time: number): Begun {
    this.#lineStart = this.#offset + cut;
    this.#lineTime = time;
    this.#headBytes = 0;
    this.#continues = true;
    // A block begins here, and who reads on from it knows of no record that is open.
    this.#grouper.end();
    return cut >= 0 && this.#isSegmentFull() ? this.#forceSegment() : this.#begin(false);
  }

  /** A segment that may begin within a record. */
  #forceSegment(): Begun {
    this.#grouper.end();
    return this.#begin(true);
  }

  #begin(segment: boolean): Begun {
    const [offset, line, time] = [this.#lineStart, this.#line, this.#lineTime];
    this.#block = { start: offset, time };
    if (segment) {
      this.#segmentStart = offset;
      this.#segmentDue = false;
    }
    return { offset, line, time, levels: [...this.#levels], continues: this.#continues, segment };
  }

  /** Remembers what the next chunk needs of this one. */
  #keep(chunk: Buffer): void {
    const from = Math.max(0, this.#lineStart - this.#offset);
    if (this.#headBytes < HEAD_BYTES) this.#headBytes += chunk.copy(this.#head, this.#headBytes, from);
    this.#before = Buffer.concat([this.#before, chunk.subarray(-3)]).subarray(-3);
    this.#offset += chunk.length;
  }
}

function count(levels: number[], place: Place): void {
  if (place.kind !== 'start' || place.start.level === null) return;
  const index = LEVELS.indexOf(place.start.level);
  levels[index] = (levels[index] ?? 0) + 1;
}
