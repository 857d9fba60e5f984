import { type Dynamic, readDynamic, readMapped, stringTable } from './dynamic.ts';
import { type Header, readHeader } from './header.ts';
import { type Names, readNames } from './names.ts';
import { type ByteSource, done, type ElfFailure, type Step, stop } from './source.ts';
import { countSymbols, MOST_SYMBOLS } from './symbolCount.ts';
import { readVersions, type Versions } from './versions.ts';

/** A symbol that other files can find in this one. */
export interface ExportedSymbol {
  name: string;
  /** Null where it has none. */
  version: string | null;
  /** Found by those that want no certain version: `name@@version`, not `name@version`. */
  isDefault: boolean;
  weak: boolean;
  /** One for the whole process (C++): a file whose unique symbol was used is never unloaded. */
  unique: boolean;
}

/** A symbol that this file wants of others. */
export interface UndefinedSymbol {
  name: string;
  version: string | null;
  /** The library that the version is wanted from, as in DT_NEEDED; null where no version is wanted. */
  file: string | null;
  /** Nothing breaks when nobody has it. */
  weak: boolean;
}

/** The dynamic symbols of a file, in its order. */
export interface ElfSymbols {
  exported: ExportedSymbol[];
  undefined: UndefinedSymbol[];
}

/**
 * Reads the dynamic symbols of a 64-bit little-endian ELF program or shared library, with their versions; none for a
 * static program. Much dearer than `readElf` (milliseconds for thousands of symbols), and as wary: it holds no more
 * than a few times what the file really has of symbols and names, whatever it claims.
 */
export function readSymbols(
  source: ByteSource,
): { ok: true; symbols: ElfSymbols } | { ok: false; failure: ElfFailure } {
  const result = read(source);
  return result.ok ? { ok: true, symbols: result.value } : result;
}

const DT_SYMTAB = 6;
const DT_SYMENT = 11;
const DT_VERSYM = 0x6ffffff0;
const SYMBOL_SIZE = 24;

function read(source: ByteSource): Step<ElfSymbols> {
  const header = readHeader(source);
  if (!header.ok) return header;
  const dynamic = readDynamic(source, header.value);
  if (!dynamic.ok) return dynamic;
  const address = dynamic.value.get(DT_SYMTAB)?.[0];
  if (address === undefined) return done({ exported: [], undefined: [] });
  const size = dynamic.value.get(DT_SYMENT)?.[0] ?? SYMBOL_SIZE;
  if (size !== SYMBOL_SIZE) return stop('malformed', `Its symbols have ${size} bytes each, not 24.`);
  const count = countSymbols(source, header.value, dynamic.value, address);
  if (!count.ok) return count;
  const length = count.value * SYMBOL_SIZE;
  const limit = MOST_SYMBOLS * SYMBOL_SIZE;
  const table = readMapped(source, header.value, { what: 'symbol table', address, length, limit });
  if (!table.ok) return table;
  const numbers = readVersionNumbers(source, header.value, dynamic.value, count.value);
  if (!numbers.ok) return numbers;
  const strings = stringTable(header.value, dynamic.value);
  if (!strings.ok) return strings;
  const names = readNames(source, strings.value);
  if (!names.ok) return names;
  const versions = readVersions(source, header.value, dynamic.value, names.value);
  return versions.ok ? collect(table.value, names.value, numbers.value, versions.value) : versions;
}

/** For each symbol the number of its version; null for a file without versions. */
function readVersionNumbers(
  source: ByteSource,
  header: Header,
  dynamic: Dynamic,
  count: number,
): Step<DataView | null> {
  const address = dynamic.get(DT_VERSYM)?.[0];
  if (address === undefined) return done(null);
  const part = { what: 'version table', address, length: count * 2, limit: MOST_SYMBOLS * 2 };
  return readMapped(source, header, part);
}

const STB_LOCAL = 0;
const STB_WEAK = 2;
const STB_GNU_UNIQUE = 10;
const SHN_UNDEF = 0;
const STV_INTERNAL = 1;
const STV_HIDDEN = 2;
/** Not for those that want no certain version. */
const VERSYM_HIDDEN = 0x8000;

function collect(
  table: DataView,
  names: Names,
  numbers: DataView | null,
  versions: Versions,
): Step<ElfSymbols> {
  const symbols: ElfSymbols = { exported: [], undefined: [] };
  for (let at = 0, index = 0; at < table.byteLength; at += SYMBOL_SIZE, index++) {
    const place = table.getUint32(at, true);
    const binding = table.getUint8(at + 4) >> 4;
    if (place === 0 || binding === STB_LOCAL) continue;
    const name = names.at(place);
    if (name === null) return stop('malformed', 'The name of a symbol in it makes no sense.');
    if (name === '') continue;
    const number = numbers === null ? 0 : numbers.getUint16(index * 2, true);
    const version = versions.get(number & ~VERSYM_HIDDEN);
    const weak = binding === STB_WEAK;
    if (table.getUint16(at + 6, true) === SHN_UNDEF) {
      const { name: wanted = null, file = null } = version ?? {};
      symbols.undefined.push({ name, version: wanted, file, weak });
      continue;
    }
    const visibility = table.getUint8(at + 5) & 3;
    if (visibility === STV_INTERNAL || visibility === STV_HIDDEN) continue;
    const isDefault = (number & VERSYM_HIDDEN) === 0;
    const unique = binding === STB_GNU_UNIQUE;
    symbols.exported.push({ name, version: version?.name ?? null, isDefault, weak, unique });
  }
  return done(symbols);
}
