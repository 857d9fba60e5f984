import { stringTable } from './dynamic.ts';
import { type Candidates, type NameQuery, readGnuHash } from './gnuHash.ts';
import type { Names } from './nameTable.ts';
import { type ByteSource, done, type ElfFailure, readPart, type Step } from './source.ts';
import {
  readSymbolEntries,
  SHN_UNDEF,
  STB_GNU_UNIQUE,
  STB_LOCAL,
  STB_WEAK,
  STV_HIDDEN,
  STV_INTERNAL,
  SYMBOL_SIZE,
  VERSYM_HIDDEN,
} from './symbolEntries.ts';
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
const MOST_NAME_BYTES = 1 << 26;

function read(source: ByteSource): Step<SymbolTable> {
  const found = readSymbolEntries(source);
  if (!found.ok) return found;
  if (found.value === null) return done(tableOf({ exported: [], undefined: [] }));
  const { header, dynamic, count, entries, numbers } = found.value;
  const index = readGnuHash(source, header, dynamic, count);
  if (!index.ok) return index;
  if (index.value === null) {
    const all = readSymbols(source);
    return all.ok ? done(tableOf(all.symbols)) : all;
  }
  const strings = stringTable(header, dynamic);
  if (!strings.ok) return strings;
  const { offset, size: length } = strings.value;
  const part = readPart(source, { what: 'string table', offset, length, limit: MOST_NAME_BYTES });
  if (!part.ok) return part;
  const text = new Uint8Array(part.value.buffer, part.value.byteOffset, length);
  const versions = readVersions(source, header, dynamic, namesIn(text));
  if (!versions.ok) return versions;
  return done(new IndexedTable({ symbols: entries, text, numbers, versions: versions.value }, index.value));
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
