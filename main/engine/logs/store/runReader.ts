import { readSync } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, failed, messageOf, type Result, success } from '../../result.ts';
import type { Mark, Owner } from './format.ts';
import type { Checkpoint, LevelCounts } from './lineIndexer.ts';
import { isAlive } from './owner.ts';
import { parseRunId, parseSegmentFile, segmentFile } from './runNames.ts';
import { type Block, type End, readHeader, SegmentReader } from './segmentReader.ts';

/** What there is of a run: offsets and lines count from its beginning, also where its first part is gone. */
export interface Extent {
  begin: Checkpoint;
  end: End;
}

export interface LastSegment {
  number: number;
  /** Who writes it; null where its index doesn't say. */
  owner: Owner | null;
  index: SegmentReader;
}

interface Segment {
  number: number;
  bytes: number;
  begin: Checkpoint;
  owner: Owner | null;
}

/** Indexes that are kept in memory: most are of 100 KB, none is over 4 MB. */
const MOST_OPEN = 8;

/**
 * Reads a run that is being written, or was. It sees what was on disk when it was opened or last refreshed. Its memory does
 * not grow with the run. Errors: `log-gone`, `log-unreadable`.
 */
export class RunReader {
  readonly folder: string;
  readonly run: string;
  #segments: Segment[] = [];
  readonly #open = new Map<number, SegmentReader>();
  readonly #files = new Map<number, Promise<FileHandle>>();
  #extent: Extent;
  readonly #waits: boolean;

  private constructor(folder: string, run: string, waits: boolean) {
    this.folder = folder;
    this.run = run;
    this.#waits = waits;
    const begin = { offset: 0, line: 0, time: 0, levels: [0, 0, 0, 0, 0], continues: false };
    this.#extent = { begin, end: begin };
  }

  /**
   * @param waits `true`: its thread does nothing else while bytes are read, which takes half the time where the system has
   * them in memory.
   */
  static async open(folder: string, run: string, waits = false): Promise<Result<RunReader>> {
    const reader = new RunReader(folder, run, waits);
    const found = await reader.refresh();
    return found.ok ? success(reader) : found;
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** Takes in what was written since, and what was dropped. */
  refresh(): Promise<Result<null>> {
    return this.#try(async () => {
      const known = new Map(this.#segments.map((segment) => [segment.number, segment]));
      const numbers = await segmentsOf(this.folder, this.run);
      const segments: Segment[] = [];
      const found = await Promise.all(
        numbers.map(async (number) => {
          const log = join(this.folder, segmentFile({ run: this.run, segment: number, kind: 'log' }));
          const header = known.get(number) ?? (await readHeader(this.folder, this.run, number));
          return { number, bytes: (await stat(log)).size, header };
        }),
      );
      for (const { number, bytes, header } of found) {
        const begin = header?.begin ?? (await this.#endOf(segments.at(-1)));
        segments.push({ number, bytes, begin, owner: header?.owner ?? null });
      }
      const [first, last] = [segments[0], segments.at(-1)];
      if (first === undefined || last === undefined) throw gone(this.run);
      this.#segments = segments;
      for (const number of [...this.#open.keys()]) {
        const bytes = segments.find((each) => each.number === number)?.bytes;
        if (number !== last.number && bytes !== known.get(number)?.bytes) this.#open.delete(number);
      }
      await this.#dropFiles((number) => !numbers.includes(number));
      const index = await this.#indexOf(last);
      await index.refresh();
      this.#extent = { begin: first.begin, end: index.end };
      return null;
    });
  }

  /** All marks of what there is of the run, in order. */
  marks(): Promise<Result<Mark[]>> {
    return this.#try(async () => {
      const marks: Mark[] = [];
      for (const segment of this.#segments) marks.push(...(await this.#indexOf(segment)).marks);
      return marks;
    });
  }

  /** The segment that is, or was, written last. */
  last(): Promise<Result<LastSegment>> {
    return this.#try(async () => {
      const last = this.#segments.at(-1);
      if (last === undefined) throw gone(this.run);
      return { number: last.number, owner: last.owner, index: await this.#indexOf(last) };
    });
  }

  /** Whether it grows no more: it has its end, or nobody is there who could write it. */
  async isOver(): Promise<Result<boolean>> {
    const last = await this.last();
    if (!last.ok) return last;
    const { owner, index } = last.value;
    const ended = index.marks.some(({ kind }) => kind === 'run-ended');
    return success(ended || owner === null || !isAlive(owner));
  }

  /** The block that holds this byte or line, or the next one there is; null behind the end. */
  blockAt(field: 'offset' | 'line', value: number): Promise<Result<Block | null>> {
    return this.#try(async () => {
      const index = await this.#segmentAt(field, value);
      return index?.block(index.checkpoints.indexOf(field, value)) ?? null;
    });
  }

  /** The block that follows; null behind the last. */
  next(block: Block): Promise<Result<Block | null>> {
    return this.blockAt('offset', block.end.offset);
  }

  /** The block before; null before the first. */
  async previous(block: Block): Promise<Result<Block | null>> {
    const { offset } = block.begin;
    return offset <= this.#extent.begin.offset ? success(null) : this.blockAt('offset', offset - 1);
  }

  /** The block that holds this byte or line, or the next one, and all behind it in its file; none behind the end. */
  blocksFrom(value: number, field: 'offset' | 'line' = 'offset'): Promise<Result<Block[]>> {
    return this.#try(async () => {
      const index = await this.#segmentAt(field, value);
      return index === null
        ? []
        : index.blocks(index.checkpoints.indexOf(field, value), index.checkpoints.length);
    });
  }

  /** The block that holds the line before this one, or the one before that, and all before it in its file. */
  blocksTo(line: number): Promise<Result<Block[]>> {
    return this.#try(async () => {
      const segment = this.#segments.findLast(({ begin }) => begin.line < line);
      if (segment === undefined) return [];
      const index = await this.#indexOf(segment);
      return index.blocks(0, index.checkpoints.indexOf('line', line - 1) + 1);
    });
  }

  /**
   * The bytes of [from, to); both lie in one segment. Fewer where the file has fewer.
   * @param into where to put them, if they fit; a new buffer.
   */
  bytes(from: number, to: number, into?: Buffer): Promise<Result<Buffer>> {
    return this.#try(async () => {
      const segment = this.#segments.findLast(({ begin }) => begin.offset <= from);
      if (segment === undefined) throw gone(this.run);
      const handle = await this.#fileOf(segment.number);
      const length = Math.max(0, to - from);
      const buffer = into !== undefined && into.length >= length ? into : Buffer.allocUnsafe(length);
      const at = from - segment.begin.offset;
      if (this.#waits) return buffer.subarray(0, readSync(handle.fd, buffer, 0, length, at));
      return buffer.subarray(0, (await handle.read(buffer, 0, length, at)).bytesRead);
    });
  }

  async close(): Promise<void> {
    this.#open.clear();
    await this.#dropFiles(() => true);
  }

  /** The segment that holds this byte or line, or the next one there is. */
  async #segmentAt(field: 'offset' | 'line', value: number): Promise<SegmentReader | null> {
    if (value >= this.#extent.end[field]) return null;
    const at = Math.max(
      0,
      this.#segments.findLastIndex((segment) => segment.begin[field] <= value),
    );
    for (const segment of this.#segments.slice(at)) {
      const index = await this.#indexOf(segment);
      // Somebody may have removed the next one.
      if (index.end[field] > value) return index;
    }
    return null;
  }

  async #endOf(segment: Segment | undefined): Promise<Checkpoint> {
    if (segment === undefined) return this.#extent.begin;
    const { end } = await this.#indexOf(segment);
    return { ...end, time: segment.begin.time, continues: false };
  }

  async #indexOf({ number, begin }: Segment): Promise<SegmentReader> {
    const open = this.#open.get(number) ?? (await SegmentReader.open(this.folder, this.run, number, begin));
    this.#open.delete(number);
    this.#open.set(number, open);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
    return open;
  }

  #fileOf(segment: number): Promise<FileHandle> {
    const path = join(this.folder, segmentFile({ run: this.run, segment, kind: 'log' }));
    const file = this.#files.get(segment) ?? open(path);
    this.#files.set(segment, file);
    file.catch(() => this.#files.delete(segment));
    return file;
  }

  async #dropFiles(which: (segment: number) => boolean): Promise<void> {
    for (const [segment, file] of [...this.#files]) {
      if (!which(segment)) continue;
      this.#files.delete(segment);
      // One that could not be opened was told to who wanted it.
      await file.then(
        (handle) => handle.close(),
        () => {},
      );
    }
  }

  async #try<T>(read: () => Promise<T>): Promise<Result<T>> {
    try {
      return success(await read());
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return failed('log-gone', 'This log is no longer there.');
      return failed('log-unreadable', `This log can’t be read: ${messageOf(error)}.`);
    }
  }
}

/** The numbers of a run's segments, in order. */
async function segmentsOf(folder: string, run: string): Promise<number[]> {
  if (parseRunId(run) === null) return [];
  return (await readdir(folder))
    .map(parseSegmentFile)
    .filter((file) => file?.run === run && file.kind === 'log')
    .map((file) => file?.segment ?? 0)
    .sort((a, b) => a - b);
}

const gone = (run: string): Error => Object.assign(new Error(`There is no ${run}.`), { code: 'ENOENT' });

/** How many records of each level lie between two places. */
export const levelsBetween = (begin: { levels: LevelCounts }, end: { levels: LevelCounts }): number[] =>
  end.levels.map((count, i) => count - (begin.levels[i] ?? 0));
