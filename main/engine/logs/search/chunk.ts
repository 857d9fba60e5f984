import { stripAnsi } from '#shared/ansi.ts';
import type { Block } from '../store/segmentReader.ts';

/** Some blocks that lie together, read at once. */
export interface Chunk {
  bytes: Buffer;
  /** Where the bytes begin in the run. */
  offset: number;
  /** How many of the bytes are the blocks'; those behind belong to the last line, if that goes on. */
  length: number;
  blocks: readonly Block[];
}

/** A line, or a piece of one, by its place in the chunk's bytes. */
export interface ChunkLine {
  number: number;
  from: number;
  /** Behind its last byte, the line end not among them. */
  to: number;
  /** Where the next begins. */
  next: number;
}

const FEED = 10;
const RETURN = 13;
/** How far behind a piece's end a match may reach. */
export const REACH_BYTES = 4096;

/** Finds the lines that places in a chunk belong to. The places come in order. */
export class ChunkLines {
  readonly #chunk: Chunk;
  #block = 0;
  /** Line ends are counted up to here. */
  #counted = 0;
  #line: number;

  constructor(chunk: Chunk) {
    this.#chunk = chunk;
    this.#line = chunk.blocks[0]?.begin.line ?? 0;
  }

  /** Where the line after the one at this place begins. */
  nextAfter(place: number): number {
    const { bytes, length } = this.#chunk;
    this.#toBlockOf(place);
    const feed = bytes.indexOf(FEED, place);
    const next = feed === -1 ? length : Math.min(feed + 1, length);
    const following = this.#chunk.blocks[this.#block + 1]?.begin;
    return following?.continues ? Math.min(next, following.offset - this.#chunk.offset) : next;
  }

  at(place: number): ChunkLine {
    const { bytes, blocks, offset } = this.#chunk;
    this.#toBlockOf(place);
    const begin = blocks[this.#block]?.begin;
    const blockStart = (begin?.offset ?? offset) - offset;
    if (begin !== undefined && blockStart >= this.#counted) {
      this.#counted = blockStart;
      this.#line = begin.line;
    }
    const from = place === 0 ? 0 : Math.max(blockStart, bytes.lastIndexOf(FEED, place - 1) + 1);
    for (let at = this.#counted; at < from; this.#line += 1) {
      const feed = bytes.indexOf(FEED, at);
      if (feed === -1 || feed >= from) break;
      at = feed + 1;
    }
    this.#counted = Math.max(this.#counted, from);
    const next = this.nextAfter(place);
    const ended = bytes[next - 1] === FEED ? next - 1 : next;
    const to = ended < next && ended > from && bytes[ended - 1] === RETURN ? ended - 1 : ended;
    return { number: this.#line, from, to, next };
  }

  /** Whether what follows this line is more of it. */
  goesOn(line: ChunkLine): boolean {
    return line.to === line.next && line.next < this.#chunk.bytes.length;
  }

  #toBlockOf(place: number): void {
    const { blocks, offset } = this.#chunk;
    for (let next = blocks[this.#block + 1]; next !== undefined; next = blocks[this.#block + 1]) {
      if (next.begin.offset - offset > place) return;
      this.#block += 1;
    }
  }
}

/** Bytes of a line as text without escape sequences. */
export const textOf = (bytes: Buffer, from: number, to: number): string =>
  stripAnsi(bytes.toString('utf8', from, to));
