import { type Dynamic, fileOffset, readMapped } from './dynamic.ts';
import type { Header } from './header.ts';
import { type ByteSource, done, type Step, stop } from './source.ts';
import { MOST_SYMBOLS } from './symbolCount.ts';

/** A name to look up, with what looking up takes: worked out once for many files. */
export interface NameQuery {
  name: string;
  bytes: Uint8Array;
  hash: number;
}

const encoder = new TextEncoder();

export function queryOf(name: string): NameQuery {
  const bytes = encoder.encode(name);
  let hash = 5381;
  for (let at = 0; at < bytes.length; at++) hash = (Math.imul(hash, 33) + (bytes[at] ?? 0)) | 0;
  return { name, bytes, hash: hash >>> 0 };
}

/** Gives the numbers of the symbols that have the hash of a name, and perhaps the name. */
export type Candidates = (query: NameQuery) => readonly number[];

const DT_GNU_HASH = 0x6ffffef5;
const NONE: readonly number[] = [];

/**
 * The index of a file's exported names (DT_GNU_HASH), as the dynamic linker uses it; null for a file without one.
 * @param count of the file's symbols.
 */
export function readGnuHash(
  source: ByteSource,
  header: Header,
  dynamic: Dynamic,
  count: number,
): Step<Candidates | null> {
  const address = dynamic.get(DT_GNU_HASH)?.[0];
  if (address === undefined) return done(null);
  const what = 'hash table';
  const start = readMapped(source, header, { what, address, length: 16, limit: 16 });
  if (!start.ok) return start;
  const buckets = start.value.getUint32(0, true);
  const first = start.value.getUint32(4, true);
  const words = start.value.getUint32(8, true);
  const shift = start.value.getUint32(12, true);
  // A file that exports nothing may have an empty one.
  if (buckets === 0 || words === 0 || count <= first) return done(() => NONE);
  const length = words * 8 + buckets * 4 + (count - first) * 4;
  if (fileOffset(header, address + 16 + length - 1) === null) {
    return stop('malformed', 'Its hash table is not in the file.');
  }
  const limit = MOST_SYMBOLS * 16;
  const read = readMapped(source, header, { what, address: address + 16, length, limit });
  if (!read.ok) return read;
  const view = read.value;
  const bucketsAt = words * 8;
  const chainsAt = bucketsAt + buckets * 4;
  const isPerhapsThere = (hash: number): boolean => {
    const word = ((hash >>> 6) % words) * 8;
    const has = (bit: number): boolean => {
      const half = view.getUint32(word + (bit >= 32 ? 4 : 0), true);
      return ((half >>> (bit & 31)) & 1) === 1;
    };
    return has(hash & 63) && has((shift > 31 ? 0 : hash >>> shift) & 63);
  };
  return done(({ hash }) => {
    if (!isPerhapsThere(hash)) return NONE;
    const found: number[] = [];
    for (let index = view.getUint32(bucketsAt + (hash % buckets) * 4, true); index < count; index++) {
      if (index < first) break;
      const entry = view.getUint32(chainsAt + (index - first) * 4, true);
      if ((entry | 1) === (hash | 1)) found.push(index);
      if ((entry & 1) === 1) break;
    }
    return found;
  });
}
