import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { type Code, readCode } from './codeIdentity.ts';
import { type FileStamp, stampKey, stampOf } from './fileStamp.ts';

/** A pipe in a file's place must not keep us waiting for a writer. */
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;
const MOST_KNOWN = 2048;

/** The code of files by their stamps, so that nothing is read twice. The latest used are kept. */
export class CodeCache {
  readonly #known = new Map<string, Code | null>();
  readonly #reading = new Map<string, Promise<Code | null>>();
  /** Files are read one after the other: two at a time would only take turns. */
  #queue: Promise<unknown> = Promise.resolve();

  /** What is known of a file; null for one that holds no code, undefined where it was not read yet. */
  recall(stamp: FileStamp): Code | null | undefined {
    return this.#known.get(stampKey(stamp));
  }

  /** What an earlier session found. */
  learn(key: string, code: Code): void {
    this.#keep(key, code);
  }

  /**
   * Reads the code of an open file, unless it is known. The file may be closed when this resolves.
   * @returns null where it holds none, or is being written.
   */
  read(fd: number, stamp: FileStamp): Promise<Code | null> {
    const key = stampKey(stamp);
    const known = this.#known.get(key);
    if (known !== undefined) return Promise.resolve(known);
    return this.#reading.get(key) ?? this.#enqueue(key, fd, stamp);
  }

  /** The same for the file at a path, if it still has this stamp. */
  async readPath(path: string, stamp: FileStamp): Promise<Code | null> {
    const known = this.recall(stamp);
    if (known !== undefined) return known;
    let fd: number;
    try {
      fd = openSync(path, READ_ONLY);
    } catch {
      // Gone, or not for us: then nothing is known of it.
      return null;
    }
    try {
      const opened = fstatSync(fd, { bigint: true });
      if (!opened.isFile() || stampKey(stampOf(opened)) !== stampKey(stamp)) return null;
      return await this.read(fd, stamp);
    } finally {
      closeSync(fd);
    }
  }

  #enqueue(key: string, fd: number, stamp: FileStamp): Promise<Code | null> {
    const reading = this.#queue.then(() => this.#read(key, fd, stamp));
    this.#queue = reading;
    this.#reading.set(key, reading);
    void reading.finally(() => this.#reading.delete(key));
    return reading;
  }

  async #read(key: string, fd: number, stamp: FileStamp): Promise<Code | null> {
    try {
      const code = await readCode(fd, Number(stamp.size));
      const after = fstatSync(fd, { bigint: true });
      // Written while it was read: who asks again gets what it is then.
      if (after.mtimeNs !== stamp.mtimeNs || after.size !== stamp.size) return null;
      this.#keep(key, code);
      return code;
    } catch {
      // The disk does not give it: nothing is known of it.
      return null;
    }
  }

  #keep(key: string, code: Code | null): void {
    this.#known.delete(key);
    this.#known.set(key, code);
    if (this.#known.size <= MOST_KNOWN) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
