import {
  closeSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  futimes,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { encodeHeader } from './format.ts';
import { type SegmentName, segmentFile } from './segmentNames.ts';

/**
 * The two files of the segment that is being written. It writes at once and in one go: what is written survives the end of
 * this process from then on, and soon after that of the machine. That is little, and seldom; so it need not wait for a turn.
 */
export class SegmentWriter {
  readonly name: SegmentName;
  readonly #lines: number;
  /** Null: it can't be written; who reads makes one. */
  #index: number | null;
  #size = 0;
  #syncing: Promise<void> = Promise.resolve();

  private constructor(name: SegmentName, lines: number, index: number | null) {
    this.name = name;
    this.#lines = lines;
    this.#index = index;
  }

  /** Creates both; fails as the file system does (EEXIST where there is one). */
  static create(folder: string, name: SegmentName): SegmentWriter {
    const lines = openSync(join(folder, segmentFile(name, 'jsonl')), 'ax', 0o600);
    const writer = new SegmentWriter(name, lines, null);
    try {
      writer.#index = openSync(join(folder, segmentFile(name, 'idx')), 'ax', 0o600);
      writer.#writeIndex(encodeHeader());
    } catch {
      // Not needed: an index that is missing is made from the lines.
    }
    return writer;
  }

  /** How much was written. */
  get size(): number {
    return this.#size;
  }

  /** Whether somebody removed it: what is written then is lost. */
  get isDeleted(): boolean {
    return fstatSync(this.#lines).nlink === 0;
  }

  /** @param lines whole ones. Fails as the file system does; then nothing of them is left, if that can be helped. */
  append(lines: Buffer, entries: Buffer): void {
    try {
      writeAll(this.#lines, lines);
    } catch (error) {
      this.#takeBack();
      throw error;
    }
    this.#size += lines.length;
    this.#writeIndex(entries);
    this.#syncing = this.#syncing.then(
      () => new Promise((resolve) => fdatasync(this.#lines, () => resolve())),
    );
  }

  /** Says by the time of the file that its writer is still there. */
  touch(): void {
    const now = new Date();
    // A sign that can't be given is a sign less.
    this.#syncing = this.#syncing.then(
      () => new Promise((resolve) => futimes(this.#lines, now, now, () => resolve())),
    );
  }

  /** Removes a segment in which there is nothing. */
  remove(folder: string): void {
    for (const kind of ['jsonl', 'idx'] as const) {
      try {
        unlinkSync(join(folder, segmentFile(this.name, kind)));
      } catch {
        // An empty file does no harm, and goes when the history is pruned.
      }
    }
  }

  async close(): Promise<void> {
    await this.#syncing;
    closeSync(this.#lines);
    if (this.#index !== null) closeSync(this.#index);
    this.#index = null;
  }

  #writeIndex(bytes: Buffer): void {
    if (this.#index === null) return;
    try {
      writeAll(this.#index, bytes);
    } catch {
      // What is behind a torn entry would be of no use: from now on it is made from the lines.
      closeSync(this.#index);
      this.#index = null;
    }
  }

  #takeBack(): void {
    try {
      ftruncateSync(this.#lines, this.#size);
    } catch {
      // A last line without an end is skipped by all who read, and nothing more is written here.
    }
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
}
