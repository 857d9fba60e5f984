/** Symbols that a file has for itself alone. They are in its full symbol table (.symtab), which running does not take. */

/** A section header, as far as it is needed (gABI, "Sections"). */
export interface SymbolSections {
  symbols: { offset: number; size: number };
  names: { offset: number; size: number };
}

const SHT_SYMTAB = 2;
const SECTION_SIZE = 64;
const SYMBOL_SIZE = 24;

/** Where the full symbol table and its names lie; null for a file that was stripped. @param headers all section headers. */
export function symbolSections(headers: DataView): SymbolSections | null {
  const at = (index: number): number => index * SECTION_SIZE;
  const count = Math.floor(headers.byteLength / SECTION_SIZE);
  for (let index = 0; index < count; index += 1) {
    if (headers.getUint32(at(index) + 4, true) !== SHT_SYMTAB) continue;
    const link = headers.getUint32(at(index) + 40, true);
    if (link >= count) return null;
    return { symbols: placeOf(headers, at(index)), names: placeOf(headers, at(link)) };
  }
  return null;
}

const placeOf = (headers: DataView, at: number): { offset: number; size: number } => ({
  offset: Number(headers.getBigUint64(at + 24, true)),
  size: Number(headers.getBigUint64(at + 32, true)),
});

/**
 * Where names begin in a piece of a table of names, each with the zero behind it: also those that are the end of a longer
 * one. @param from where the piece lies in the table.
 */
export function* placesOfNames(
  piece: Buffer,
  from: number,
  names: Iterable<string>,
): Generator<{ name: string; place: number }> {
  for (const name of names) {
    const wanted = Buffer.from(`${name}\0`);
    for (let found = piece.indexOf(wanted); found !== -1; found = piece.indexOf(wanted, found + 1)) {
      yield { name, place: from + found };
    }
  }
}

const STB_LOCAL = 0;
const STV_DEFAULT = 0;
const STV_PROTECTED = 3;
const SHN_UNDEF = 0;
/** STT_NOTYPE, STT_OBJECT, STT_FUNC: what can be called or read. */
const MOST_TYPE = 2;

/** The names of symbols in a piece of a symbol table that are defined, and that no other file finds. */
export function hiddenIn(piece: DataView, names: ReadonlyMap<number, string>): string[] {
  const found: string[] = [];
  for (let at = 0; at + SYMBOL_SIZE <= piece.byteLength; at += SYMBOL_SIZE) {
    const name = names.get(piece.getUint32(at, true));
    if (name === undefined) continue;
    const info = piece.getUint8(at + 4);
    const visibility = piece.getUint8(at + 5) & 3;
    const isSeen = info >> 4 !== STB_LOCAL && (visibility === STV_DEFAULT || visibility === STV_PROTECTED);
    if (isSeen || (info & 0xf) > MOST_TYPE || piece.getUint16(at + 6, true) === SHN_UNDEF) continue;
    found.push(name);
  }
  return found;
}
