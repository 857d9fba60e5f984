import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { codeOf, messageOf } from '../../result.ts';
import { type BinaryReading, readBinary } from './binary.ts';

/** A file on disk, as far as it could be looked at. */
export type FileOnDisk =
  | { kind: 'read'; reading: BinaryReading /** ms since the epoch. */; modifiedAt: number }
  | { kind: 'absent' }
  /** It is there, but can't be opened. Why, a sentence. */
  | { kind: 'closed'; why: string };

/** What tells a file from others, and from itself once it was written again. */
export interface FileStatus {
  dev: bigint;
  ino: bigint;
  size: bigint;
  mtimeNs: bigint;
}

interface Entry {
  reading: Promise<BinaryReading>;
  /** Held by its symbols; null while it is being read. */
  bytes: number | null;
}

/** How much to remember. */
const LIMITS = { entries: 1024, bytes: 96 << 20 };
/** A pipe in a file's place must not keep us waiting for a writer. */
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;

export const openToRead = (path: string): Promise<FileHandle> => open(path, READ_ONLY);

/** What files say, as long as they stay as they are: by device, inode, size and time. The latest used are kept. */
export class BinaryCache {
  readonly #entries = new Map<string, Entry>();
  readonly #limits: { entries: number; bytes: number };
  #bytes = 0;

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  /** Reads the file at a path, unless it is known. */
  async readPath(path: string): Promise<FileOnDisk> {
    try {
      const status = await stat(path, { bigint: true });
      const known = this.#recall(keyOf(status));
      if (known !== null) return read(await known, status);
      const handle = await openToRead(path);
      try {
        const opened = await handle.stat({ bigint: true });
        if (!opened.isFile()) return { kind: 'closed', why: 'It is not a file.' };
        return read(await this.readHandle(handle, opened), opened);
      } finally {
        await handle.close();
      }
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
      return { kind: 'closed', why: `It can't be read: ${messageOf(error)}.` };
    }
  }

  /** Reads an open file, unless it is known. Throws what reading throws. */
  readHandle(handle: FileHandle, status: FileStatus): Promise<BinaryReading> {
    const key = keyOf(status);
    const known = this.#recall(key);
    if (known !== null) return known;
    const entry: Entry = { reading: this.#readInto(key, handle, Number(status.size)), bytes: null };
    this.#entries.set(key, entry);
    return entry.reading;
  }

  /** The file is of no more use. */
  forget(status: FileStatus): void {
    const key = keyOf(status);
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.bytes === null) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  async #readInto(key: string, handle: FileHandle, size: number): Promise<BinaryReading> {
    try {
      const { reading, bytes } = await readBinary(handle, size);
      const entry = this.#entries.get(key);
      if (entry !== undefined) {
        entry.bytes = bytes;
        this.#bytes += bytes;
        this.#forgetOldest();
      }
      return reading;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }

  #recall(key: string): Promise<BinaryReading> | null {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.reading;
  }

  #forgetOldest(): void {
    for (const [key, { bytes }] of this.#entries) {
      if (this.#entries.size <= this.#limits.entries && this.#bytes <= this.#limits.bytes) return;
      if (bytes === null) continue;
      this.#entries.delete(key);
      this.#bytes -= bytes;
    }
  }
}

const keyOf = ({ dev, ino, size, mtimeNs }: FileStatus): string => `${dev}:${ino}:${size}:${mtimeNs}`;

const read = (reading: BinaryReading, { mtimeNs }: FileStatus): FileOnDisk => ({
  kind: 'read',
  reading,
  modifiedAt: Number(mtimeNs) / 1e6,
});
