import { type Dynamic, readMapped } from './dynamic.ts';
import type { Header } from './header.ts';
import type { Names } from './nameTable.ts';
import { type ByteSource, done, type Step, stop } from './source.ts';

/** A version as symbols name it: of a library that it is wanted from, or (null) of the file itself. */
export interface Version {
  name: string;
  file: string | null;
}

/** Versions by the number that symbols have for them. */
export type Versions = ReadonlyMap<number, Version>;

const DT_VERDEF = 0x6ffffffc;
const DT_VERDEFNUM = 0x6ffffffd;
const DT_VERNEED = 0x6ffffffe;
const DT_VERNEEDNUM = 0x6fffffff;
/** The definition that stands for the file itself; its symbols have no version. */
const VER_FLG_BASE = 1;
/** A symbol has 15 bits for its version. */
const MOST_RECORDS = 0x7fff;

/** A list in the file: `count` records of `size` bytes, each of which says at `next` how far it is to the next. */
interface List {
  address: number;
  count: number;
  size: number;
  next: number;
}

type Records = { address: number; view: DataView }[];

/** Reads the versions that a file defines and those that it wants of others. */
export function readVersions(
  source: ByteSource,
  header: Header,
  dynamic: Dynamic,
  names: Names,
): Step<Versions> {
  const versions = new Map<number, Version>();
  const entry = (tag: number) => dynamic.get(tag)?.[0] ?? 0;
  const read = recordReader(source, header);

  /** False where the name makes no sense. */
  const add = (index: number, place: number, file: string | null): boolean => {
    const name = names.at(place);
    if (name !== null) versions.set(index & MOST_RECORDS, { name, file });
    return name !== null;
  };
  const nameless = stop('malformed', 'A version in it has no name.');

  const definitions = read({ address: entry(DT_VERDEF), count: entry(DT_VERDEFNUM), size: 20, next: 16 });
  if (!definitions.ok) return definitions;
  for (const { address, view } of definitions.value) {
    if ((view.getUint16(2, true) & VER_FLG_BASE) !== 0) continue;
    // The first part is its name; the others are the versions that it grew out of.
    const parts = read({ address: address + view.getUint32(12, true), count: 1, size: 8, next: 4 });
    if (!parts.ok) return parts;
    for (const part of parts.value) {
      if (!add(view.getUint16(4, true), part.view.getUint32(0, true), null)) return nameless;
    }
  }

  const libraries = read({ address: entry(DT_VERNEED), count: entry(DT_VERNEEDNUM), size: 16, next: 12 });
  if (!libraries.ok) return libraries;
  for (const { address, view } of libraries.value) {
    const file = names.at(view.getUint32(4, true));
    const count = view.getUint16(2, true);
    const parts = read({ address: address + view.getUint32(8, true), count, size: 16, next: 12 });
    if (!parts.ok) return parts;
    for (const part of parts.value) {
      if (file === null || !add(part.view.getUint16(6, true), part.view.getUint32(8, true), file)) {
        return nameless;
      }
    }
  }
  return done(versions);
}

/** Reads lists, all of them together no longer than symbols have numbers for. */
function recordReader(source: ByteSource, header: Header): (list: List) => Step<Records> {
  let left = MOST_RECORDS;
  return ({ address: start, count, size, next }) => {
    const records: Records = [];
    for (let address = start; records.length < count; ) {
      if (left-- <= 0) return stop('malformed', 'It has more versions than symbols can name.');
      const read = readMapped(source, header, { what: 'version list', address, length: size, limit: size });
      if (!read.ok) return read;
      records.push({ address, view: read.value });
      const step = read.value.getUint32(next, true);
      if (step === 0) break;
      address += step;
    }
    return done(records);
  };
}
