import { close, closeSync, fdatasync, fstat, openSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeHeader, type Header } from './format.ts';
import { segmentFile } from './runNames.ts';

const [writeFile, statFile, closeFile] = [promisify(write), promisify(fstat), promisify(close)];
const syncFile = promisify(fdatasync);

/** The two files of a segment that is being written. Its methods fail as the file system does. */
export class SegmentWriter {
  readonly #log: number;
  readonly #index: number;

  private constructor(log: number, index: number) {
    this.#log = log;
    this.#index = index;
  }

  /** Creates both; fails (EEXIST) where there is one. */
  static create(folder: string, run: string, header: Header): SegmentWriter {
    const path = (kind: 'log' | 'idx') => join(folder, segmentFile({ run, segment: header.segment, kind }));
    const log = openSync(path('log'), 'ax', 0o600);
    let index: number | null = null;
    try {
      index = openSync(path('idx'), 'ax', 0o600);
      writeSync(index, encodeHeader(header));
      return new SegmentWriter(log, index);
    } catch (error) {
      closeSync(log);
      if (index !== null) closeSync(index);
      throw error;
    }
  }

  append(bytes: Buffer): Promise<void> {
    return writeAll(this.#log, bytes);
  }

  /** Of bytes that are written. */
  appendEntries(entries: Buffer): Promise<void> {
    return writeAll(this.#index, entries);
  }

  /** Whether somebody removed a file of it: what is written then is lost as soon as it is closed. */
  async isDeleted(): Promise<boolean> {
    const [log, index] = await Promise.all([statFile(this.#log), statFile(this.#index)]);
    return log.nlink === 0 || index.nlink === 0;
  }

  /** Has what was written put onto the disk itself, where a power cut does not take it. */
  async sync(): Promise<void> {
    await Promise.all([syncFile(this.#log), syncFile(this.#index)]);
  }

  async close(): Promise<void> {
    await Promise.all([closeFile(this.#log), closeFile(this.#index)]);
  }
}

async function writeAll(file: number, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += (await writeFile(file, bytes, at, bytes.length - at)).bytesWritten;
}
