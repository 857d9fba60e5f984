import { blockAt, ENTRY_BYTES, encodeBlock } from './format.ts';
import type { Checkpoint } from './lineIndexer.ts';

/** Where each field that is searched lies in an entry (format.ts). */
const PLACES = { offset: 2, line: 8 } as const;

/** The blocks of one segment, in order, packed as they are on disk: 64 bytes each. */
export class Checkpoints {
  #bytes = Buffer.alloc(64 * ENTRY_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): Checkpoint | null {
    if (index < 0 || index >= this.#length) return null;
    return blockAt(this.#bytes, index * ENTRY_BYTES);
  }

  add(checkpoint: Checkpoint): void {
    this.addEntry(encodeBlock(checkpoint));
  }

  /** @param entry the 64 bytes of a block. */
  addEntry(entry: Buffer): void {
    const at = this.#length * ENTRY_BYTES;
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(at)]);
    entry.copy(this.#bytes, at);
    this.#length += 1;
  }

  /** Forgets all but the first ones. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** The last block that doesn't begin behind this offset, or line; 0 if all do. */
  indexOf(field: keyof typeof PLACES, value: number): number {
    let [low, high] = [0, this.#length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#bytes.readUIntLE(middle * ENTRY_BYTES + PLACES[field], 6) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
