import type { HistoryKind } from '../../../preload/contract.ts';
import {
  ENTRY_BYTES,
  ENTRY_DOUBLES,
  kindOf,
  lengthAt,
  offsetAt,
  PLACES,
  summaryAt,
  typeOf,
} from './format.ts';
import type { Summary } from './summary.ts';

/** From when to when there is anything, and how many records; with none of them from Infinity to -Infinity. */
export interface Extent {
  from: number;
  until: number;
  count: number;
}

/** The entries of one segment, in order, packed as they are on disk: 96 bytes each, and no object. */
export class Entries {
  #bytes = Buffer.alloc(0);
  /** The same, as numbers. */
  #doubles = new Float64Array(0);
  #length = 0;
  #extent: Extent = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY, count: 0 };

  get length(): number {
    return this.#length;
  }

  get extent(): Readonly<Extent> {
    return this.#extent;
  }

  /** The offset behind the last line that is known. */
  get end(): number {
    const last = (this.#length - 1) * ENTRY_BYTES;
    return this.#length === 0 ? 0 : offsetAt(this.#bytes, last) + lengthAt(this.#bytes, last);
  }

  /** @param entries whole ones, one behind the other. */
  add(entries: Buffer): void {
    const from = this.#length * ENTRY_BYTES;
    if (from + entries.length > this.#bytes.length) this.#grow(from + entries.length);
    entries.copy(this.#bytes, from);
    const before = this.#length;
    this.#length += entries.length / ENTRY_BYTES;
    for (let i = before; i < this.#length; i += 1) {
      if (this.kind(i) === null) continue;
      this.#extent.from = Math.min(this.#extent.from, this.at(i));
      this.#extent.until = Math.max(this.#extent.until, this.until(i));
      this.#extent.count += 1;
    }
  }

  clear(): void {
    this.#bytes = Buffer.alloc(0);
    this.#doubles = new Float64Array(0);
    this.#length = 0;
    this.#extent = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY, count: 0 };
  }

  /** All of them, as they are on disk. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length * ENTRY_BYTES);
  }

  /** Null: that line is no record. */
  kind(i: number): HistoryKind | null {
    return kindOf(typeOf(this.#bytes[i * ENTRY_BYTES + PLACES.type] ?? 0));
  }

  isGraph(i: number): boolean {
    return typeOf(this.#bytes[i * ENTRY_BYTES + PLACES.type] ?? 0) === 'graph';
  }

  at(i: number): number {
    return this.#doubles[i * ENTRY_DOUBLES + PLACES.timeDoubles] ?? Number.NaN;
  }

  /** When it was over; of a moment the same as `at`. */
  until(i: number): number {
    const took = this.#doubles[i * ENTRY_DOUBLES + PLACES.tookDoubles] ?? Number.NaN;
    return this.at(i) + (Number.isNaN(took) ? 0 : took);
  }

  /** The place in `TONES`. */
  tone(i: number): number {
    return this.#bytes[i * ENTRY_BYTES + PLACES.tone] ?? 0;
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

  /** A little more than is needed: it grows by one at a time, but not to much. */
  #grow(needed: number): void {
    const spare = Math.min(this.#length, 256) * ENTRY_BYTES;
    const grown = new ArrayBuffer(needed + spare);
    const bytes = Buffer.from(grown);
    this.#bytes.copy(bytes, 0, 0, this.#length * ENTRY_BYTES);
    this.#bytes = bytes;
    this.#doubles = new Float64Array(grown);
  }
}
