import { mkdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Failure, HistoryRecord, ModuleGraph } from '#shared/contract.ts';
import { ourselves } from '../logs/store/owner.ts';
import { codeOf } from '../result.ts';
import { unwritable } from './historyFailures.ts';
import { entryOfDecoded } from './indexLines.ts';
import { OpenRecords } from './openRecords.ts';
import { encodeLine, type Line } from './recordLines.ts';
import { type SegmentName, writerName } from './segmentNames.ts';
import { SegmentWriter } from './segmentWriter.ts';

interface Options {
  folder: string;
  /** A segment of this size is followed by another. */
  segmentBytes: number;
  /** ms since the epoch. */
  now(): number;
  /** Once, until something can be written again. */
  onFailure(failure: Failure): void;
  /** A segment was begun, and what was written to it: its entries. */
  onSegment(name: SegmentName): void;
  onWritten(name: SegmentName, entries: Buffer[]): void;
}

type Written = { name: SegmentName; offset: number };
type Given = Exclude<Line, { kind: 'other' }>;

/** Writes what happens: to segments of its own, which it begins with the first record. Never fails, and never waits. */
export class HistoryWriter {
  readonly #options: Options;
  readonly #closing = new Set<Promise<void>>();
  #name: string | null = null;
  #next = 0;
  #segment: SegmentWriter | null = null;
  #graph: ModuleGraph | null = null;
  #isGraphWritten = false;
  readonly #unfinished = new OpenRecords(() => this.#segment?.touch());
  #told = false;
  #closed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Its part of ids; null while nothing was written. */
  get name(): string | null {
    return this.#name;
  }

  /** The modules as they are from now on. */
  noteGraph(graph: ModuleGraph): void {
    if (isDeepStrictEqual(graph, this.#graph)) return;
    this.#graph = graph;
    this.#isGraphWritten = false;
  }

  /** Where it was written; null: it was not, and that is told. */
  append(record: HistoryRecord): Written | null {
    this.#unfinished.note(record);
    return this.#append({ kind: 'record', record });
  }

  /** Something begins that is over with a record of the same kind and beginning. @param record it counts if none ever comes. */
  begin(record: HistoryRecord): void {
    if (this.#append({ kind: 'begun', record }) !== null) this.#unfinished.begin(record);
  }

  #append(line: Given): Written | null {
    if (this.#closed) return null;
    try {
      const segment = this.#open();
      const lines: Given[] = [];
      if (segment.size === 0) lines.push({ kind: 'segment', owner: ourselves() });
      if (!this.#isGraphWritten && this.#graph !== null) lines.push({ kind: 'graph', graph: this.#graph });
      lines.push(line);
      const offset = this.#write(segment, lines);
      this.#isGraphWritten = true;
      this.#told = false;
      return { name: segment.name, offset };
    } catch (error) {
      this.#end((segment) => segment.size === 0 && segment.remove(this.#options.folder));
      if (!this.#told) this.#options.onFailure(unwritable(error));
      this.#told = true;
      return null;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unfinished.close();
    this.#end();
    await Promise.all(this.#closing);
  }

  /** @returns where the last of these lines begins. */
  #write(segment: SegmentWriter, lines: readonly Given[]): number {
    let offset = segment.size;
    let last = offset;
    const bytes: Buffer[] = [];
    const entries: Buffer[] = [];
    for (const line of lines) {
      const encoded = encodeLine(line);
      last = offset;
      bytes.push(encoded);
      entries.push(entryOfDecoded(line, offset, encoded.length));
      offset += encoded.length;
    }
    segment.append(Buffer.concat(bytes), Buffer.concat(entries));
    this.#options.onWritten(segment.name, entries);
    return last;
  }

  /** The segment to write to: a new one where that is full, or somebody removed it. */
  #open(): SegmentWriter {
    const { folder, segmentBytes, onSegment } = this.#options;
    const open = this.#segment;
    if (open !== null && open.size < segmentBytes && !open.isDeleted) return open;
    this.#end();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const segment = this.#create();
    this.#segment = segment;
    this.#isGraphWritten = false;
    onSegment(segment.name);
    return segment;
  }

  #create(): SegmentWriter {
    const { folder, now } = this.#options;
    for (let started = Math.round(now()); ; started += 1) {
      const writer = this.#name ?? writerName(started, process.pid);
      try {
        const segment = SegmentWriter.create(folder, { writer, segment: this.#next });
        this.#name = writer;
        this.#next += 1;
        return segment;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
        // Another machine shares the folder, or a part that was removed came back: under another name, then.
        this.#name = null;
      }
    }
  }

  #end(last: (segment: SegmentWriter) => void = () => {}): void {
    const segment = this.#segment;
    this.#segment = null;
    if (segment === null) return;
    last(segment);
    const closing = segment.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
