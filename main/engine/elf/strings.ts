import { type ByteSource, done, readPart, type Step, stop } from './source.ts';

/** Where in the file a string table begins, and the bytes it claims to have. */
export interface StringTable {
  offset: number;
  size: number;
}

const PIECE = 256;
const LONGEST = 4096;
/** All names of a file together: a hostile one could have thousands of entries, each with a long name. */
const BUDGET = 1 << 20;

/**
 * Reads names out of a string table, a piece of it at a time: the table of a large library has megabytes.
 * @param places where in the table each name begins; it ends before the next zero byte.
 * @returns the names by place.
 */
export function readStrings(
  source: ByteSource,
  table: StringTable,
  places: readonly number[],
): Step<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  let length = 0;
  for (const place of places) {
    if (names.has(place)) continue;
    const name = readString(source, table, place);
    if (!name.ok) return name;
    length += name.value.length;
    if (length > BUDGET) return stop('malformed', 'Its names are longer than those of any real file.');
    names.set(place, name.value);
  }
  return done(names);
}

const decoder = new TextDecoder();

function readString(source: ByteSource, table: StringTable, place: number): Step<string> {
  if (place >= table.size) return stop('malformed', 'A name lies outside of the string table.');
  const offset = table.offset + place;
  const inTable = Math.min(table.size - place, LONGEST);
  const there = Math.min(inTable, Math.max(0, source.size - offset));
  for (let length = Math.min(PIECE, there); ; length = Math.min(length * 2, there)) {
    const read = readPart(source, { what: 'string table', offset, length, limit: LONGEST });
    if (!read.ok) return read;
    const bytes = new Uint8Array(read.value.buffer, read.value.byteOffset, length);
    const end = bytes.indexOf(0);
    if (end !== -1) return done(decoder.decode(bytes.subarray(0, end)));
    if (length === there) break;
  }
  return there < inTable
    ? stop('truncated', 'The file ends before its string table does.')
    : stop('malformed', 'A name in the string table has no end.');
}
