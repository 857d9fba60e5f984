import { mkdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Failure, HistoryRecord, ModuleGraph } from '../../../preload/contract.ts';
import { ourselves } from '../logs/store/owner.ts';
import { codeOf } from '../result.ts';
import { unwritable } from './failures.ts';
import { encodeEntry } from './format.ts';
import type { HistoryLimits } from './limits.ts';
import { encodeLine, type Line } from './lines.ts';
import { type SegmentName, writerName } from './names.ts';
import { SegmentWriter } from './segmentWriter.ts';
import { summaryOf } from './summary.ts';

interface Options {
  folder: string;
  limits: HistoryLimits;
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
    if (this.#closed) return null;
    try {
      const segment = this.#open();
      const lines: Given[] = [];
      if (segment.size === 0) lines.push({ kind: 'segment', owner: ourselves() });
      if (!this.#isGraphWritten && this.#graph !== null) lines.push({ kind: 'graph', graph: this.#graph });
      lines.push({ kind: 'record', record });
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
      const what = line.kind === 'record' ? summaryOf(line.record) : line.kind;
      last = offset;
      bytes.push(encoded);
      entries.push(encodeEntry({ what, offset, length: encoded.length }));
      offset += encoded.length;
    }
    segment.append(Buffer.concat(bytes), Buffer.concat(entries));
    this.#options.onWritten(segment.name, entries);
    return last;
  }

  /** The segment to write to: a new one where that is full, or somebody removed it. */
  #open(): SegmentWriter {
    const { folder, limits, onSegment } = this.#options;
    const open = this.#segment;
    if (open !== null && open.size < limits.segmentBytes && !open.isDeleted) return open;
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
