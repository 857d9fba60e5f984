import { readDynamic, readMapped, stringTable } from './dynamic.ts';
import { type NameQuery, readGnuHash } from './gnuHash.ts';
import { readHeader } from './header.ts';
import type { Names } from './names.ts';
import { type ByteSource, done, type ElfFailure, readPart, type Step, stop } from './source.ts';
import { countSymbols, MOST_SYMBOLS } from './symbolCount.ts';
import { type ElfSymbols, readSymbols, type UndefinedSymbol } from './symbols.ts';
import { readVersions } from './versions.ts';

/** The dynamic symbols of a file, to be asked one by one: cheap also where there are hundreds of thousands. */
export interface SymbolTable {
  /** What it wants of others, in its order. */
  undefined: readonly UndefinedSymbol[];
  /** It has symbols that are one for the whole process (C++). */
  hasUnique: boolean;
  /** The versions under which others find a name in it, null for none; empty where they don't find it. */
  versionsOf(query: NameQuery): readonly (string | null)[];
}

/**
 * Reads what `readSymbols` does, but leaves the exported symbols where they are, and finds one by the file's own
 * index. It holds on to the bytes that it was given for that.
 */
export function readSymbolTable(
  source: ByteSource,
): { ok: true; table: SymbolTable } | { ok: false; failure: ElfFailure } {
  const result = read(source);
  return result.ok ? { ok: true, table: result.value } : result;
}

/** The same out of symbols that were read one by one: for files without an index. */
export function tableOf(symbols: ElfSymbols): SymbolTable {
  const versions = new Map<string, (string | null)[]>();
  for (const { name, version } of symbols.exported) {
    const known = versions.get(name);
    if (known === undefined) versions.set(name, [version]);
    else known.push(version);
  }
  return {
    undefined: symbols.undefined,
    hasUnique: symbols.exported.some((symbol) => symbol.unique),
    versionsOf: ({ name }) => versions.get(name) ?? NONE,
  };
}

const NONE: readonly (string | null)[] = [];
const DT_SYMTAB = 6;
const DT_SYMENT = 11;
const DT_VERSYM = 0x6ffffff0;
const SYMBOL_SIZE = 24;
const MOST_NAME_BYTES = 1 << 26;
const STB_LOCAL = 0;
const STB_WEAK = 2;
const STB_GNU_UNIQUE = 10;
const SHN_UNDEF = 0;
const STV_INTERNAL = 1;
const STV_HIDDEN = 2;
/** Not for those that want no certain version; who asks here does not mind. */
const VERSYM_HIDDEN = 0x8000;

function read(source: ByteSource): Step<SymbolTable> {
  const header = readHeader(source);
  if (!header.ok) return header;
  const dynamic = readDynamic(source, header.value);
  if (!dynamic.ok) return dynamic;
  const address = dynamic.value.get(DT_SYMTAB)?.[0];
  if (address === undefined) return done(tableOf({ exported: [], undefined: [] }));
  const size = dynamic.value.get(DT_SYMENT)?.[0] ?? SYMBOL_SIZE;
  if (size !== SYMBOL_SIZE) return stop('malformed', `Its symbols have ${size} bytes each, not 24.`);
  const count = countSymbols(source, header.value, dynamic.value, address);
  if (!count.ok) return count;
  const index = readGnuHash(source, header.value, dynamic.value, count.value);
  if (!index.ok) return index;
  if (index.value === null) {
    const all = readSymbols(source);
    return all.ok ? done(tableOf(all.symbols)) : all;
  }
  const candidates = index.value;
  const symbols = readMapped(source, header.value, {
    what: 'symbol table',
    address,
    length: count.value * SYMBOL_SIZE,
    limit: MOST_SYMBOLS * SYMBOL_SIZE,
  });
  if (!symbols.ok) return symbols;
  const numbers = readNumbers(source, dynamic.value.get(DT_VERSYM)?.[0], count.value, header.value);
  if (!numbers.ok) return numbers;
  const strings = stringTable(header.value, dynamic.value);
  if (!strings.ok) return strings;
  const { offset, size: length } = strings.value;
  const text = readPart(source, { what: 'string table', offset, length, limit: MOST_NAME_BYTES });
  if (!text.ok) return text;
  const names = new Uint8Array(text.value.buffer, text.value.byteOffset, length);
  const readName = namesIn(names);
  const versions = readVersions(source, header.value, dynamic.value, readName);
  if (!versions.ok) return versions;
  const versionAt = (at: number) =>
    versions.value.get((numbers.value?.getUint16(at * 2, true) ?? 0) & ~VERSYM_HIDDEN);

  const table = symbols.value;
  const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  const isExported = (at: number): boolean => {
    const place = at * SYMBOL_SIZE;
    const visibility = table.getUint8(place + 5) & 3;
    return (
      table.getUint8(place + 4) >> 4 !== STB_LOCAL &&
      table.getUint16(place + 6, true) !== SHN_UNDEF &&
      visibility !== STV_INTERNAL &&
      visibility !== STV_HIDDEN
    );
  };
  const wanted: UndefinedSymbol[] = [];
  let hasUnique = false;
  for (let at = 0, place = 0; at < count.value; at++, place += SYMBOL_SIZE) {
    const binding = (bytes[place + 4] ?? 0) >> 4;
    if (bytes[place + 6] !== 0 || bytes[place + 7] !== 0) {
      if (binding === STB_GNU_UNIQUE && isExported(at)) hasUnique = true;
      continue;
    }
    const nameAt = table.getUint32(place, true);
    if (binding === STB_LOCAL || nameAt === 0) continue;
    const name = readName.at(nameAt);
    if (name === null) return stop('malformed', 'The name of a symbol in it makes no sense.');
    if (name === '') continue;
    const { name: version = null, file = null } = versionAt(at) ?? {};
    wanted.push({ name, version, file, weak: binding === STB_WEAK });
  }
  const hasName = (at: number, { bytes: wantedName }: NameQuery): boolean => {
    const begin = table.getUint32(at * SYMBOL_SIZE, true);
    if (names[begin + wantedName.length] !== 0) return false;
    for (let step = 0; step < wantedName.length; step++) {
      if (names[begin + step] !== wantedName[step]) return false;
    }
    return true;
  };
  return done({
    undefined: wanted,
    hasUnique,
    versionsOf: (query) => {
      const found = candidates(query).filter((at) => isExported(at) && hasName(at, query));
      return found.length === 0 ? NONE : found.map((at) => versionAt(at)?.name ?? null);
    },
  });
}

/** For each symbol the number of its version; null for a file without versions. */
function readNumbers(
  source: ByteSource,
  address: number | undefined,
  count: number,
  header: Parameters<typeof readMapped>[1],
): Step<DataView | null> {
  if (address === undefined) return done(null);
  const part = { what: 'version table', address, length: count * 2, limit: MOST_SYMBOLS * 2 };
  return readMapped(source, header, part);
}

const LONGEST = 1 << 16;
/** Tables share the ends of names, so names together may be longer than their table, but not by much. */
const MOST_SHARING = 4;

/** Names read one by one: of a large table few are wanted. */
function namesIn(bytes: Uint8Array): Names {
  const decoder = new TextDecoder();
  let budget = bytes.length * MOST_SHARING;
  return {
    at(place) {
      const end = place < bytes.length ? bytes.indexOf(0, place) : -1;
      if (end === -1 || end - place > LONGEST) return null;
      budget -= end - place;
      return budget < 0 ? null : decoder.decode(bytes.subarray(place, end));
    },
  };
}
