import type { HistoryKind } from '#shared/contract.ts';
import {
  begunKindOf,
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

const NO_EXTENT: Readonly<Extent> = {
  from: Number.POSITIVE_INFINITY,
  until: Number.NEGATIVE_INFINITY,
  count: 0,
};

/** The entries of one segment, in order, packed as they are on disk: 96 bytes each, and no object. */
export class Entries {
  #bytes = Buffer.alloc(0);
  /** The same, as numbers. */
  #doubles = new Float64Array(0);
  #length = 0;
  #extent: Readonly<Extent> = NO_EXTENT;
  /** What began and is not over in this segment: by when it began, its kinds and where they are. */
  readonly #begun = new Map<number, { kind: HistoryKind; entry: number }[]>();
  /** Of those, what counts as a record, as its writer is gone: how long it lasted, ms. */
  #cutOff: ReadonlyMap<number, number> = new Map();

  get length(): number {
    return this.#length;
  }

  /** How many of them are what was cut off. */
  get cutOff(): number {
    return this.#cutOff.size;
  }

  get extent(): Readonly<Extent> {
    if (this.#cutOff.size === 0) return this.#extent;
    let extent = this.#extent;
    for (const i of this.#cutOff.keys()) extent = widened(extent, this.at(i), this.until(i));
    return extent;
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
    const extent = { ...this.#extent };
    for (let i = before; i < this.#length; i += 1) {
      const begun = begunKindOf(this.#type(i));
      if (begun !== null) this.#begin(begun, i);
      if (this.kind(i) === null) continue;
      if (this.#begun.size > 0) this.#noteEnd(i);
      extent.from = Math.min(extent.from, this.at(i));
      extent.until = Math.max(extent.until, this.until(i));
      extent.count += 1;
    }
    this.#extent = extent;
  }

  clear(): void {
    this.#bytes = Buffer.alloc(0);
    this.#doubles = new Float64Array(0);
    this.#length = 0;
    this.#extent = NO_EXTENT;
    this.#begun.clear();
    this.#cutOff = new Map();
  }

  /** All of them, as they are on disk. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length * ENTRY_BYTES);
  }

  /** Null: that line is no record. */
  kind(i: number): HistoryKind | null {
    const type = this.#type(i);
    return kindOf(type) ?? (this.#cutOff.has(i) ? begunKindOf(type) : null);
  }

  isGraph(i: number): boolean {
    return typeOf(this.#type(i)) === 'graph';
  }

  at(i: number): number {
    return this.#doubles[i * ENTRY_DOUBLES + PLACES.timeDoubles] ?? Number.NaN;
  }

  /** When it was over; of a moment the same as `at`. */
  until(i: number): number {
    const took = this.#doubles[i * ENTRY_DOUBLES + PLACES.tookDoubles] ?? Number.NaN;
    if (this.#cutOff.size > 0) return this.at(i) + (this.lasted(i) ?? (Number.isNaN(took) ? 0 : took));
    return this.at(i) + (Number.isNaN(took) ? 0 : took);
  }

  /** Of what was cut off: how long it lasted, as far as is known, ms. Null: it is none of that. */
  lasted(i: number): number | null {
    return this.#cutOff.get(i) ?? null;
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
    if (this.kind(i) === null) return null;
    const summary = summaryAt(this.#bytes, i * ENTRY_BYTES);
    const lasted = this.lasted(i);
    return summary === null || lasted === null ? summary : { ...summary, took: lasted };
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

  get hasBegun(): boolean {
    return this.#begun.size > 0;
  }

  /** What was begun here and is not over. */
  get begun(): { kind: HistoryKind; at: number; entry: number }[] {
    return [...this.#begun].flatMap(([at, begun]) => begun.map(({ kind, entry }) => ({ kind, at, entry })));
  }

  /** Whether there is a record of this kind with which what began then is over. */
  ends(kind: HistoryKind, at: number): boolean {
    for (let i = 0; i < this.#length; i += 1)
      if (this.at(i) === at && kindOf(this.#type(i)) === kind && this.#isOver(i)) return true;
    return false;
  }

  /** What of this kind began then is over. */
  over(kind: HistoryKind, at: number): void {
    const left = this.#begun.get(at)?.filter((each) => each.kind !== kind) ?? [];
    if (left.length === 0) this.#begun.delete(at);
    else this.#begun.set(at, left);
  }

  /** Takes these for records, and no others of those that have but begun. @param lasted how long each lasted, ms. */
  takeForCutOff(lasted: ReadonlyMap<number, number>): void {
    if (lasted.size > 0 || this.#cutOff.size > 0) this.#cutOff = lasted;
  }

  #begin(kind: HistoryKind, entry: number): void {
    const at = this.at(entry);
    this.#begun.set(at, [...(this.#begun.get(at) ?? []), { kind, entry }]);
  }

  #noteEnd(i: number): void {
    const kind = this.kind(i);
    if (kind !== null && this.#isOver(i)) this.over(kind, this.at(i));
  }

  /** A start and the word that it serves are moments; what is over has lasted. */
  #isOver(i: number): boolean {
    return !Number.isNaN(this.#doubles[i * ENTRY_DOUBLES + PLACES.tookDoubles] ?? Number.NaN);
  }

  #type(i: number): number {
    return this.#bytes[i * ENTRY_BYTES + PLACES.type] ?? 0;
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

const widened = ({ from, until, count }: Readonly<Extent>, at: number, end: number): Extent => ({
  from: Math.min(from, at),
  until: Math.max(until, end),
  count: count + 1,
});
