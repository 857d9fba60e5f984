import { readDynamic, readMapped, stringTable } from './dynamic.ts';
import { type Candidates, type NameQuery, readGnuHash } from './gnuHash.ts';
import { readHeader } from './header.ts';
import type { Names } from './names.ts';
import { type ByteSource, done, type ElfFailure, readPart, type Step, stop } from './source.ts';
import { countSymbols, MOST_SYMBOLS } from './symbolCount.ts';
import { type ElfSymbols, readSymbols, type UndefinedSymbol } from './symbols.ts';
import { readVersions, type Version, type Versions } from './versions.ts';

/** The dynamic symbols of a file, to be asked one by one: cheap also where there are hundreds of thousands. */
export interface SymbolTable {
  /** What it wants of others, in its order; read as it is walked. */
  undefined: Iterable<UndefinedSymbol>;
  /** The libraries that it wants versions from, as in DT_NEEDED. */
  versionsFrom: ReadonlySet<string>;
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
    versionsFrom: new Set(symbols.undefined.flatMap(({ file }) => file ?? [])),
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
  const part = readPart(source, { what: 'string table', offset, length, limit: MOST_NAME_BYTES });
  if (!part.ok) return part;
  const text = new Uint8Array(part.value.buffer, part.value.byteOffset, length);
  const versions = readVersions(source, header.value, dynamic.value, namesIn(text));
  if (!versions.ok) return versions;
  const parts = { symbols: symbols.value, text, numbers: numbers.value, versions: versions.value };
  return done(new IndexedTable(parts, index.value));
}

interface Parts {
  symbols: DataView;
  text: Uint8Array;
  /** For each symbol the number of its version; null for a file without versions. */
  numbers: DataView | null;
  versions: Versions;
}

/** Symbols that stay in the bytes of their file. */
class IndexedTable implements SymbolTable {
  readonly undefined: Iterable<UndefinedSymbol>;
  readonly versionsFrom: ReadonlySet<string>;
  readonly hasUnique: boolean;
  readonly #parts: Parts;
  readonly #candidates: Candidates;

  constructor(parts: Parts, candidates: Candidates) {
    this.#parts = parts;
    this.#candidates = candidates;
    const { symbols, versions } = parts;
    const bytes = new Uint8Array(symbols.buffer, symbols.byteOffset, symbols.byteLength);
    const wanted: number[] = [];
    let hasUnique = false;
    for (let at = 0, place = 0; place < bytes.length; at++, place += SYMBOL_SIZE) {
      const binding = (bytes[place + 4] ?? 0) >> 4;
      const isUndefined = bytes[place + 6] === 0 && bytes[place + 7] === 0;
      if (isUndefined && binding !== STB_LOCAL) wanted.push(at);
      else if (binding === STB_GNU_UNIQUE && this.#isExported(at)) hasUnique = true;
    }
    this.undefined = { [Symbol.iterator]: () => this.#walk(wanted) };
    this.versionsFrom = new Set([...versions.values()].flatMap(({ file }) => file ?? []));
    this.hasUnique = hasUnique;
  }

  versionsOf(query: NameQuery): readonly (string | null)[] {
    const found = this.#candidates(query).filter((at) => this.#isExported(at) && this.#hasName(at, query));
    return found.length === 0 ? NONE : found.map((at) => this.#versionOf(at)?.name ?? null);
  }

  *#walk(wanted: readonly number[]): Generator<UndefinedSymbol> {
    const { symbols, text } = this.#parts;
    const names = namesIn(text);
    for (const at of wanted) {
      const name = names.at(symbols.getUint32(at * SYMBOL_SIZE, true));
      if (name === null || name === '') continue;
      const { name: version = null, file = null } = this.#versionOf(at) ?? {};
      yield { name, version, file, weak: symbols.getUint8(at * SYMBOL_SIZE + 4) >> 4 === STB_WEAK };
    }
  }

  #isExported(at: number): boolean {
    const { symbols } = this.#parts;
    const place = at * SYMBOL_SIZE;
    const visibility = symbols.getUint8(place + 5) & 3;
    return (
      symbols.getUint8(place + 4) >> 4 !== STB_LOCAL &&
      symbols.getUint16(place + 6, true) !== SHN_UNDEF &&
      visibility !== STV_INTERNAL &&
      visibility !== STV_HIDDEN
    );
  }

  #hasName(at: number, { bytes }: NameQuery): boolean {
    const { symbols, text } = this.#parts;
    const begin = symbols.getUint32(at * SYMBOL_SIZE, true);
    if (text[begin + bytes.length] !== 0) return false;
    for (let step = 0; step < bytes.length; step++) if (text[begin + step] !== bytes[step]) return false;
    return true;
  }

  #versionOf(at: number): Version | undefined {
    const { numbers, versions } = this.#parts;
    return numbers === null ? undefined : versions.get(numbers.getUint16(at * 2, true) & ~VERSYM_HIDDEN);
  }
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
