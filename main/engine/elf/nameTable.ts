import { type ByteSource, done, readPart, type Step } from './source.ts';
import type { StringTable } from './strings.ts';

/** The names of a string table that was read whole. */
export interface Names {
  /** The name that begins there; null where the table has none, or when more was asked for than a real file has. */
  at(place: number): string | null;
}

const MOST_BYTES = 1 << 26;
const LONGEST = 1 << 16;
/** Tables share the ends of names, so names together may be longer than their table, but not by much. */
const MOST_SHARING = 4;

/** Reads a whole string table: worth it for thousands of names. */
export function readNames(source: ByteSource, table: StringTable): Step<Names> {
  const { offset, size: length } = table;
  const read = readPart(source, { what: 'string table', offset, length, limit: MOST_BYTES });
  if (!read.ok) return read;
  const bytes = new Uint8Array(read.value.buffer, read.value.byteOffset, length);
  const decoder = new TextDecoder();
  const text = decoder.decode(bytes);
  // With as many characters as bytes each stands where its byte does, and a name is a part of the text.
  const name =
    text.length === length
      ? (place: number, end: number) => text.slice(place, end)
      : (place: number, end: number) => decoder.decode(bytes.subarray(place, end));
  let budget = length * MOST_SHARING;
  return done({
    at(place) {
      const end = place < length ? bytes.indexOf(0, place) : -1;
      if (end === -1 || end - place > LONGEST) return null;
      budget -= end - place;
      return budget < 0 ? null : name(place, end);
    },
  });
}
