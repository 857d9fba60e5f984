import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { saveFile } from '../../files/saveFile.ts';
import type { Owner } from '../logs/store/format.ts';
import { readFrom, type StoredSegment } from './disk.ts';
import { Entries } from './entries.ts';
import {
  ENTRY_BYTES,
  encodeHeader,
  HEADER_BYTES,
  isEntry,
  lengthAt,
  offsetAt,
  readHeader,
  wordsOf,
} from './format.ts';
import { entryOfLine, wholeLines } from './indexLines.ts';
import { decodeLine, type Line } from './recordLines.ts';
import { type SegmentName, segmentFile, unfinishedIndex } from './segmentNames.ts';
import { cutOff } from './writerLife.ts';

/** Lines that are read without a break for others. */
const AT_ONCE = 200;
const PARSED_AT_ONCE = 16;
const LINE_FEED = 10;

/** What is known of one segment: its entries, in memory. Methods that read fail as the file system does. */
export class Segment {
  readonly name: SegmentName;
  readonly entries = new Entries();
  readonly #folder: string;
  /** How large the file was when it was last read. */
  #size = 0;
  /** When its writer last gave a sign of life in it, ms since the epoch. */
  #seen = 0;
  #owner: Owner | null | undefined;
  /** Is the file of the index of use: does it lack or have what it should not? Not if it is of a later version. */
  #index: 'good' | 'bad' | 'other' = 'good';

  constructor(folder: string, name: SegmentName) {
    this.#folder = folder;
    this.name = name;
  }

  /** Its index file should be written again. */
  get isIndexBad(): boolean {
    return this.#index === 'bad';
  }

  get seen(): number {
    return this.#seen;
  }

  /** Takes in what was written since. @param size of the file with the lines. @param seen when that was last touched. */
  async refresh({ size, seen }: Pick<StoredSegment, 'size' | 'seen'>): Promise<void> {
    this.#seen = seen;
    if (size < this.entries.end) {
      // Somebody cut it, or put another in its place.
      this.entries.clear();
      this.#size = 0;
      this.#owner = undefined;
    }
    if (this.#size === 0) await this.#readIndex(size);
    if (size === this.#size) return;
    const known = this.entries.end;
    const bytes = (await readFrom(this.#path('jsonl'), known, size - known)) ?? Buffer.alloc(0);
    const entries: Buffer[] = [];
    for (const { at, line } of wholeLines(bytes)) {
      entries.push(entryOfLine(line, known + at));
      if (entries.length % AT_ONCE === 0) await breathe();
    }
    // Whoever else looks at the same time has added them: once is enough.
    if (this.entries.end !== known) return;
    if (entries.length > 0 && this.#index === 'good') this.#index = 'bad';
    this.entries.add(Buffer.concat(entries));
    this.#size = size;
  }

  /** Its own writer wrote a line. */
  note(entry: Buffer): void {
    this.entries.add(entry);
    this.#size = this.entries.end;
  }

  /** Who writes it, or did; null where its first line does not say. */
  async owner(): Promise<Owner | null> {
    if (this.#owner !== undefined || this.entries.length === 0) return this.#owner ?? null;
    const line = await this.line(0);
    this.#owner = line.kind === 'segment' ? line.owner : null;
    return this.#owner;
  }

  /** Reads a line. */
  async line(i: number): Promise<Line> {
    const bytes = await readFrom(this.#path('jsonl'), this.entries.offset(i), this.entries.size(i));
    return bytes === null ? { kind: 'other' } : this.decode(i, bytes);
  }

  /** What a line says, from its bytes. */
  decode(i: number, bytes: Buffer): Line {
    const line = decodeLine(bytes);
    const lasted = this.entries.lasted(i);
    if (line.kind !== 'begun' || lasted === null) return line;
    return { kind: 'record', record: cutOff(line.record, lasted) };
  }

  /** Reads lines that follow each other, [first, end), at once. */
  async linesOf(first: number, end: number): Promise<Line[]> {
    if (first >= end) return [];
    const from = this.entries.offset(first);
    const until = this.entries.offset(end - 1) + this.entries.size(end - 1);
    const bytes = (await readFrom(this.#path('jsonl'), from, until - from)) ?? Buffer.alloc(0);
    const lines: Line[] = [];
    for (let i = first; i < end; i += 1) {
      if (lines.length % PARSED_AT_ONCE === PARSED_AT_ONCE - 1) await breathe();
      const at = this.entries.offset(i) - from;
      lines.push(this.decode(i, bytes.subarray(at, at + this.entries.size(i))));
    }
    return lines;
  }

  /** All its lines, as they are on disk. */
  async lines(): Promise<Buffer> {
    return (await readFrom(this.#path('jsonl'), 0, this.entries.end)) ?? Buffer.alloc(0);
  }

  /** Writes the index file again. */
  async saveIndex(): Promise<void> {
    const path = this.#path('idx');
    const temporary = join(this.#folder, unfinishedIndex(this.name));
    await saveFile(path, Buffer.concat([encodeHeader(), this.entries.bytes()]), { beside: temporary });
    this.#index = 'good';
  }

  async #readIndex(size: number): Promise<void> {
    // Whatever is wrong with it: it can be made from the lines.
    const bytes = await readFrom(this.#path('idx'), 0).catch(() => null);
    const header = bytes === null ? null : readHeader(bytes);
    this.#index = header === 'ours' ? 'good' : header === 'other' ? 'other' : 'bad';
    if (bytes === null || header !== 'ours' || this.entries.length > 0) return;
    const good = goodEntries(bytes.subarray(HEADER_BYTES), size);
    if (good.length < bytes.length - HEADER_BYTES) this.#index = 'bad';
    if (good.length === 0) return;
    const last = good.length - ENTRY_BYTES;
    const end = offsetAt(good, last) + lengthAt(good, last);
    // Where lines were changed by hand, the last one no longer begins and ends where it did.
    const from = Math.max(0, offsetAt(good, last) - 1);
    const line = await readFrom(this.#path('jsonl'), from, end - from);
    const fits =
      line !== null &&
      line.length === end - from &&
      line.at(-1) === LINE_FEED &&
      (from === 0 || line[0] === LINE_FEED);
    if (fits && line.indexOf(LINE_FEED, from === 0 ? 0 : 1) === line.length - 1) this.entries.add(good);
    else this.#index = 'bad';
  }

  #path(kind: 'jsonl' | 'idx'): string {
    return join(this.#folder, segmentFile(this.name, kind));
  }
}

/** The entries, up to the first that is torn, leaves a gap, or is about what isn't there. */
function goodEntries(bytes: Buffer, size: number): Buffer {
  const words = wordsOf(bytes);
  let end = 0;
  for (let at = 0; ; at += ENTRY_BYTES) {
    const isGood = at + ENTRY_BYTES <= bytes.length && isEntry(words, at / 4) && offsetAt(bytes, at) === end;
    if (isGood) end += lengthAt(bytes, at);
    if (!isGood || end > size) return bytes.subarray(0, at);
  }
}
