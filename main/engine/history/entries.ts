import type { HistoryKind } from '../../../preload/contract.ts';
import {
  ENTRY_BYTES,
  kindOf,
  lengthAt,
  offsetAt,
  summaryAt,
  timeAt,
  toneAt,
  tookAt,
  typeAt,
} from './format.ts';
import type { Summary } from './summary.ts';

/** The entries of one segment, in order, packed as they are on disk: 96 bytes each, and no object. */
export class Entries {
  #bytes = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The offset behind the last line that is known. */
  get end(): number {
    const last = (this.#length - 1) * ENTRY_BYTES;
    return this.#length === 0 ? 0 : offsetAt(this.#bytes, last) + lengthAt(this.#bytes, last);
  }

  /** @param entries whole ones, one behind the other. */
  add(entries: Buffer): void {
    const from = this.#length * ENTRY_BYTES;
    if (from + entries.length > this.#bytes.length) {
      const grown = Buffer.alloc(
        Math.max(from + entries.length, Math.min(2 * from, from + 256 * ENTRY_BYTES)),
      );
      this.#bytes.copy(grown, 0, 0, from);
      this.#bytes = grown;
    }
    entries.copy(this.#bytes, from);
    this.#length += entries.length / ENTRY_BYTES;
  }

  clear(): void {
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
  }

  /** All of them, as they are on disk. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length * ENTRY_BYTES);
  }

  /** Null: that line is no record. */
  kind(i: number): HistoryKind | null {
    return kindOf(typeAt(this.#bytes, i * ENTRY_BYTES));
  }

  isGraph(i: number): boolean {
    return typeAt(this.#bytes, i * ENTRY_BYTES) === 'graph';
  }

  at(i: number): number {
    return timeAt(this.#bytes, i * ENTRY_BYTES);
  }

  /** When it was over; of a moment the same as `at`. */
  until(i: number): number {
    const took = tookAt(this.#bytes, i * ENTRY_BYTES);
    return this.at(i) + (Number.isNaN(took) ? 0 : took);
  }

  tone(i: number): number {
    return toneAt(this.#bytes, i * ENTRY_BYTES);
  }

  offset(i: number): number {
    return offsetAt(this.#bytes, i * ENTRY_BYTES);
  }

  size(i: number): number {
    return lengthAt(this.#bytes, i * ENTRY_BYTES);
  }

  summary(i: number): Summary | null {
    return summaryAt(this.#bytes, i * ENTRY_BYTES);
  }

  /** Which one begins at this offset; null if none does. */
  find(offset: number): number | null {
    let [low, high] = [0, this.#length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.offset(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#length > 0 && this.offset(low) === offset ? low : null;
  }
}
