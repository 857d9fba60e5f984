import { stringTable } from './dynamic.ts';
import { type Names, readNames } from './nameTable.ts';
import { type ByteSource, done, type ElfFailure, type Step, stop } from './source.ts';
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
import { readVersions, type Versions } from './versions.ts';

/** A symbol that other files can find in this one. */
interface ExportedSymbol {
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

function read(source: ByteSource): Step<ElfSymbols> {
  const found = readSymbolEntries(source);
  if (!found.ok) return found;
  if (found.value === null) return done({ exported: [], undefined: [] });
  const { header, dynamic, entries, numbers } = found.value;
  const strings = stringTable(header, dynamic);
  if (!strings.ok) return strings;
  const names = readNames(source, strings.value);
  if (!names.ok) return names;
  const versions = readVersions(source, header, dynamic, names.value);
  return versions.ok ? collect(entries, names.value, numbers, versions.value) : versions;
}

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
