import { type Header, PT_DYNAMIC, PT_LOAD } from './header.ts';
import { type ByteSource, done, readPart, type Step, stop, word } from './source.ts';
import type { StringTable } from './strings.ts';

/** The dynamic section: for each tag its values, in order. */
export type Dynamic = ReadonlyMap<number, readonly number[]>;

const ENTRY_SIZE = 16;
const MOST_ENTRIES = 16_384;

/** Reads the dynamic section up to its end mark; empty for a static program. */
export function readDynamic(source: ByteSource, header: Header): Step<Dynamic> {
  const entries = new Map<number, number[]>();
  const segment = header.segments.find((each) => each.type === PT_DYNAMIC);
  if (segment === undefined) return done(entries);
  const read = readPart(source, {
    what: 'dynamic section',
    offset: segment.offset,
    length: segment.fileSize,
    limit: MOST_ENTRIES * ENTRY_SIZE,
  });
  if (!read.ok) return read;
  for (let at = 0; at + ENTRY_SIZE <= read.value.byteLength; at += ENTRY_SIZE) {
    const tag = word(read.value, at);
    if (tag === 0) break;
    const value = word(read.value, at + 8);
    const values = entries.get(tag);
    if (values === undefined) entries.set(tag, [value]);
    else values.push(value);
  }
  return done(entries);
}

/** Where in the file a mapped address comes from; null for one that no piece of the file is mapped to. */
export function fileOffset(header: Header, address: number): number | null {
  const segment = header.segments.find(
    (each) => each.type === PT_LOAD && address >= each.address && address < each.address + each.fileSize,
  );
  return segment === undefined ? null : segment.offset + (address - segment.address);
}

/** Reads a part that the dynamic section gives the mapped address of. */
export function readMapped(
  source: ByteSource,
  header: Header,
  part: { what: string; address: number; length: number; limit: number },
): Step<DataView> {
  const { address, ...rest } = part;
  const offset = fileOffset(header, address);
  return offset === null
    ? stop('malformed', `Its ${part.what} is not in the file.`)
    : readPart(source, { ...rest, offset });
}

/** The table that the dynamic section's names lie in. */
export function stringTable(header: Header, dynamic: Dynamic): Step<StringTable> {
  const address = dynamic.get(DT_STRTAB)?.[0];
  const size = dynamic.get(DT_STRSZ)?.[0];
  if (address === undefined || size === undefined) {
    return stop('malformed', 'Its dynamic section has names but no string table.');
  }
  const offset = fileOffset(header, address);
  return offset === null ? stop('malformed', 'Its string table is not in the file.') : done({ offset, size });
}

const DT_STRTAB = 5;
const DT_STRSZ = 10;
