import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A file is at most this large; bytes. */
const MAX_BYTES = 1_000_000;
/** How many older files are kept, beside the one that is written. */
const KEPT = 3;

/**
 * The app's own log on disk: hotdeck.log, and hotdeck.1.log to hotdeck.3.log before it. Lines are written at once, so that
 * the last ones before a crash are there. Where the folder can't be written, nothing is kept.
 */
export class LogFile {
  readonly #folder: string;
  readonly #maxBytes: number;
  #file: number | null = null;
  #bytes = 0;

  constructor(folder: string, maxBytes = MAX_BYTES) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    try {
      mkdirSync(folder, { recursive: true });
      this.#open();
    } catch (error) {
      this.#giveUp(error);
    }
  }

  append(line: string): void {
    if (this.#file === null) return;
    const bytes = Buffer.from(line);
    try {
      if (this.#bytes > 0 && this.#bytes + bytes.length > this.#maxBytes) this.#rotate();
      if (this.#file !== null) writeSync(this.#file, bytes);
      this.#bytes += bytes.length;
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** The last lines that are kept, oldest first; none where nothing can be read. */
  tail(count: number): string[] {
    const lines = [...this.#lines(1), ...this.#lines(0)];
    return lines.slice(-count);
  }

  close(): void {
    if (this.#file === null) return;
    closeSync(this.#file);
    this.#file = null;
  }

  #lines(number: number): string[] {
    try {
      return readFileSync(this.#path(number), 'utf8')
        .split('\n')
        .filter((line) => line !== '');
    } catch {
      // Not there yet, or not ours to read: the rest is still worth having.
      return [];
    }
  }

  #open(): void {
    this.#file = openSync(this.#path(0), 'a', 0o600);
    this.#bytes = statSync(this.#path(0)).size;
  }

  #rotate(): void {
    this.close();
    rmSync(this.#path(KEPT), { force: true });
    for (let number = KEPT - 1; number >= 0; number -= 1) {
      try {
        renameSync(this.#path(number), this.#path(number + 1));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      }
    }
    this.#open();
  }

  #giveUp(error: unknown): void {
    this.#file = null;
    process.stderr.write(`[app] The log is not kept: ${error instanceof Error ? error.message : error}\n`);
  }

  #path(number: number): string {
    return join(this.#folder, number === 0 ? 'hotdeck.log' : `hotdeck.${number}.log`);
  }
}
