import { type Dynamic, readDynamic, readMapped } from './dynamic.ts';
import { type Header, readHeader } from './header.ts';
import { type ByteSource, done, type Step, stop } from './source.ts';
import { countSymbols, MOST_SYMBOLS } from './symbolCount.ts';

/** Elf64_Sym and what belongs to it (gABI, "Symbol Table"; GNU's "Symbol Versioning"). */
export const SYMBOL_SIZE = 24;
export const STB_LOCAL = 0;
export const STB_WEAK = 2;
/** One for the whole process. */
export const STB_GNU_UNIQUE = 10;
export const SHN_UNDEF = 0;
export const STV_INTERNAL = 1;
export const STV_HIDDEN = 2;
/** Not for those that want no certain version. */
export const VERSYM_HIDDEN = 0x8000;

const DT_SYMTAB = 6;
const DT_SYMENT = 11;
const DT_VERSYM = 0x6ffffff0;

/** The dynamic symbols of a file as they lie in it, and what reading them takes. */
export interface SymbolEntries {
  header: Header;
  dynamic: Dynamic;
  count: number;
  entries: DataView;
  /** For each symbol the number of its version; null for a file without versions. */
  numbers: DataView | null;
}

/** Finds the dynamic symbols; null for a file that has none, such as a static program. */
export function readSymbolEntries(source: ByteSource): Step<SymbolEntries | null> {
  const header = readHeader(source);
  if (!header.ok) return header;
  const dynamic = readDynamic(source, header.value);
  if (!dynamic.ok) return dynamic;
  const address = dynamic.value.get(DT_SYMTAB)?.[0];
  if (address === undefined) return done(null);
  const size = dynamic.value.get(DT_SYMENT)?.[0] ?? SYMBOL_SIZE;
  if (size !== SYMBOL_SIZE) return stop('malformed', `Its symbols have ${size} bytes each, not 24.`);
  const count = countSymbols(source, header.value, dynamic.value, address);
  if (!count.ok) return count;
  const length = count.value * SYMBOL_SIZE;
  const limit = MOST_SYMBOLS * SYMBOL_SIZE;
  const entries = readMapped(source, header.value, { what: 'symbol table', address, length, limit });
  if (!entries.ok) return entries;
  const numbers = readNumbers(source, header.value, dynamic.value, count.value);
  if (!numbers.ok) return numbers;
  return done({
    header: header.value,
    dynamic: dynamic.value,
    count: count.value,
    entries: entries.value,
    numbers: numbers.value,
  });
}

function readNumbers(
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
