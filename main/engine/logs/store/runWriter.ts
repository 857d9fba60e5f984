import type { Failure, Stream } from '#shared/contract.ts';
import { codeOf } from '../../result.ts';
import { ENTRY_BYTES, encodeBlock, encodeMark, type MarkKind, type Owner } from './format.ts';
import { type Begun, type Checkpoint, type LevelCounts, LineIndexer } from './lineIndexer.ts';
import { DELETED, TOO_SLOW, writeFailure } from './logFailures.ts';
import { BLOCKS, type StoreLimits } from './logLimits.ts';
import { runId } from './runNames.ts';
import { SegmentWriter } from './segmentWriter.ts';

/** How far a run has grown. */
export interface Growth {
  run: string;
  /** How many bytes are on disk and can be read. */
  bytes: number;
  /** Lines and levels of all that came, which may be ahead of the disk by a moment. */
  lines: number;
  levels: LevelCounts;
}

export interface RunWriterOptions {
  folder: string;
  stream: Stream;
  owner: Owner;
  limits: StoreLimits;
  /** ms since the epoch. */
  now(): number;
  /** Once at the most: from now on the run isn't stored. */
  onFailure(failure: Failure): void;
  /** `true`: the disk is behind, hold the source back; `false`: it has caught up. */
  onPressure(pressed: boolean): void;
  onGrowth(growth: Growth): void;
  /** A new segment was begun: time to see whether old ones have to go. */
  onSegment(run: string, segment: number): void;
}

/** What waits to be written to one segment. */
interface Part {
  segment: number;
  begin: Checkpoint;
  data: Buffer[];
  entries: Buffer[];
}

/** What waits so long is written. A write takes its time as well: on a busy machine, more than this. */
const FLUSH_MS = 20;
/** How often it is looked whether the files are still there. */
const LOOK_MS = 500;
/** What was written is on the disk itself so long after that: it waits for this without holding up anything. */
const SYNC_MS = 5000;
/** After a flood the disk may need some seconds; whoever ends a run doesn't wait that long. */
const SYNC_PATIENCE_MS = 500;
const BATCH_BYTES = 256 * 1024;
const PRESSED_ABOVE = 8 * 1024 * 1024;
const RELEASED_BELOW = 1024 * 1024;
const GIVE_UP_ABOVE = 64 * 1024 * 1024;
/** So an index is never larger than 4 MB, however slowly its run goes. */
const MOST_ENTRIES = (4 * 1024 * 1024) / ENTRY_BYTES;
const NONE = Buffer.alloc(0);

/**
 * Writes one run, byte for byte, some 20 ms behind. It never throws and never waits: what goes wrong is said
 * once, and from then on it takes everything and keeps nothing.
 */
export class RunWriter {
  readonly id: string;
  readonly #options: RunWriterOptions;
  readonly #indexer: LineIndexer;
  readonly #parts: Part[] = [];
  /** The segment that is open. */
  #segment: { number: number; files: SegmentWriter } | null = null;
  #entries = 0;
  #waiting = 0;
  /** When the first of what waits came, by the monotonic clock. */
  #waitsSince = 0;
  #written = 0;
  #looked = 0;
  #pressed = false;
  #state: 'open' | 'failed' | 'closed' = 'open';
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | null = null;
  /** Entries go behind the bytes, and hold up no others. */
  #indexing: Promise<void> = Promise.resolve();
  #syncTimer: NodeJS.Timeout | undefined;
  #syncing: Promise<void> = Promise.resolve();

  /** Creates the first files, if it can. */
  constructor(options: RunWriterOptions) {
    this.#options = options;
    let started = options.now();
    const begin = { offset: 0, line: 0, time: started, levels: [0, 0, 0, 0, 0], continues: false };
    this.#indexer = new LineIndexer(begin, BLOCKS, options.limits.segmentBytes);
    this.#parts.push({ segment: 0, begin, data: [], entries: [] });
    for (;;) {
      const id = runId(options.stream, started);
      try {
        const { folder, owner } = options;
        this.#segment = { number: 0, files: SegmentWriter.create(folder, id, { segment: 0, owner, begin }) };
      } catch (error) {
        // Another instance began one in the same millisecond: a run's start is its name.
        if (codeOf(error) === 'EEXIST') {
          started += 1;
          continue;
        }
        this.#fail(writeFailure(error));
      }
      this.id = id;
      return;
    }
  }

  /** Whether it still stores what it is given. */
  get stores(): boolean {
    return this.#state === 'open';
  }

  get growth(): Growth {
    return { run: this.id, bytes: this.#written, lines: this.#indexer.lines, levels: this.#indexer.levels };
  }

  append(chunk: Uint8Array): void {
    if (this.#state !== 'open' || chunk.length === 0) return;
    const bytes = Buffer.from(chunk);
    const from = this.#indexer.offset;
    let at = 0;
    for (const begun of this.#indexer.push(bytes, this.#options.now())) {
      if (begun.segment) {
        this.#add(bytes.subarray(at, begun.offset - from), null);
        at = begun.offset - from;
        this.#addPart(begun);
      } else this.#add(NONE, encodeBlock(begun));
    }
    this.#add(bytes.subarray(at), null);
    if (this.#waiting > GIVE_UP_ABOVE) this.#fail(TOO_SLOW);
    else this.#balance();
    this.#schedule();
  }

  /** Notes something that happened between what came and what is to come. */
  mark(kind: MarkKind, number = 0, label = ''): void {
    if (this.#state !== 'open') return;
    const { offset, lines } = this.#indexer;
    const time = Math.round(this.#options.now());
    this.#add(NONE, encodeMark({ kind, number: number >>> 0, label, time, offset, line: lines }));
    this.#schedule();
  }

  /** Writes what waits, and how the run ended. @param label one word for that, such as an exit code. */
  async close(label = ''): Promise<void> {
    if (this.#state === 'open') {
      this.mark('run-ended', 0, label);
      this.#state = 'closed';
    }
    clearTimeout(this.#timer);
    while (this.#hasWork() || this.#writing !== null) await (this.#writing ?? this.#write());
    await soon(this.#closeSegment());
  }

  #add(data: Buffer, entry: Buffer | null): void {
    const part = this.#parts.at(-1);
    if (part === undefined) return;
    if (!this.#hasWork()) this.#waitsSince = performance.now();
    if (data.length > 0) part.data.push(data);
    this.#waiting += data.length;
    if (entry === null) return;
    part.entries.push(entry);
    this.#entries += 1;
    if (this.#entries >= MOST_ENTRIES) this.#indexer.endSegment();
  }

  #addPart(begin: Begun): void {
    const segment = (this.#parts.at(-1)?.segment ?? 0) + 1;
    this.#parts.push({ segment, begin, data: [], entries: [] });
    this.#entries = 0;
  }

  /** Writes what waits: at once if it is much or has waited, otherwise soon. */
  #schedule(): void {
    if (this.#state !== 'open' || this.#writing !== null || !this.#hasWork()) return;
    const waited = performance.now() - this.#waitsSince;
    if (this.#waiting >= BATCH_BYTES || waited >= FLUSH_MS) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), FLUSH_MS - waited);
  }

  /** Never fails. */
  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeParts()
      .catch((error: unknown) => this.#fail(writeFailure(error)))
      .then(async () => {
        this.#writing = null;
        if (this.#state === 'failed') await this.#closeSegment();
        else this.#schedule();
      });
    return this.#writing;
  }

  /** Writes what waits in the first part, and the next ones. */
  async #writeParts(): Promise<void> {
    do {
      const [part, next] = this.#parts;
      // It failed just now, in `append`.
      if (part === undefined) return;
      const [data, entries] = [Buffer.concat(part.data), Buffer.concat(part.entries)];
      part.data = [];
      part.entries = [];
      const files = await this.#filesOf(part);
      await files.append(data);
      if (this.#state === 'failed') return;
      this.#index(files, entries);
      this.#syncTimer ??= setTimeout(() => this.#sync(), SYNC_MS).unref();
      this.#written += data.length;
      this.#waiting -= data.length;
      if (next !== undefined) this.#parts.shift();
      this.#balance();
      this.#options.onGrowth(this.growth);
    } while (this.#parts.length > 1);
  }

  #index(files: SegmentWriter, entries: Buffer): void {
    const look = performance.now() - this.#looked > LOOK_MS;
    if (look) this.#looked = performance.now();
    if (entries.length === 0 && !look) return;
    this.#indexing = this.#indexing
      .then(async () => {
        await files.appendEntries(entries);
        if (look && (await files.isDeleted())) this.#fail(DELETED);
      })
      .catch((error: unknown) => this.#fail(writeFailure(error)));
  }

  #sync(): void {
    this.#syncTimer = undefined;
    const files = this.#segment?.files;
    if (files === undefined) return;
    this.#syncing = this.#syncing
      .then(() => files.sync())
      .catch((error: unknown) => this.#fail(writeFailure(error)));
  }

  async #filesOf({ segment, begin }: Part): Promise<SegmentWriter> {
    if (this.#segment?.number === segment) return this.#segment.files;
    void this.#closeSegment();
    const { folder, owner } = this.#options;
    const files = SegmentWriter.create(folder, this.id, { segment, owner, begin });
    this.#segment = { number: segment, files };
    this.#options.onSegment(this.id, segment);
    return files;
  }

  /** Closes the files of the segment that is open, once they are on the disk itself; the next one needn't wait for it. */
  #closeSegment(): Promise<void> {
    const segment = this.#segment;
    this.#segment = null;
    clearTimeout(this.#syncTimer);
    this.#syncTimer = undefined;
    const before = Promise.all([this.#indexing, this.#syncing]);
    this.#syncing = before
      .then(() => (this.#state === 'failed' ? undefined : segment?.files.sync()))
      .catch((error: unknown) => this.#fail(writeFailure(error)))
      .then(() => segment?.files.close())
      .catch((error: unknown) => this.#fail(writeFailure(error)));
    return this.#syncing;
  }

  #hasWork(): boolean {
    return this.#parts.some(({ data, entries }) => data.length > 0 || entries.length > 0);
  }

  #balance(): void {
    const pressed = this.#waiting > (this.#pressed ? RELEASED_BELOW : PRESSED_ABOVE);
    if (pressed === this.#pressed) return;
    this.#pressed = pressed;
    this.#options.onPressure(pressed);
  }

  #fail(failure: Failure): void {
    if (this.#state === 'failed') return;
    this.#state = 'failed';
    this.#parts.length = 0;
    this.#waiting = 0;
    this.#balance();
    if (this.#writing === null) void this.#closeSegment();
    this.#options.onFailure(failure);
  }
}

/** When it is done, or has taken too long. */
async function soon(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, SYNC_PATIENCE_MS)))]);
  clearTimeout(timer);
}
