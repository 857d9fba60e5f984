import { readHeader } from './header.ts';
import { type ByteSource, done, readPart, type Step, word } from './source.ts';

/** Symbols that a file itself defines, of the kinds that tell what lies in it. */
export interface OwnSymbols {
  /** Of variables that can change (in writable sections, and those of each thread), as they are in the file. */
  variables: string[];
  /** Those of the functions asked about that are there. */
  functions: Set<string>;
  /** Does the file have its full table? A stripped one has the exported symbols alone: then what is missing may be there. */
  isComplete: boolean;
}

const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;
const SHF_WRITE = 1;
const SECTION_SIZE = 64;
const SYMBOL_SIZE = 24;
const STT_OBJECT = 1;
const STT_FUNC = 2;
const STT_TLS = 6;
const SHN_LORESERVE = 0xff00;
const MOST_SECTIONS = 1 << 17;
const MOST_TABLE = 512 * 1024 * 1024;

interface Section {
  nameAt: number;
  type: number;
  flags: number;
  offset: number;
  size: number;
  link: number;
}

/**
 * Reads a file's symbol table, which linkers write and nobody needs in order to run it; see elf(5).
 * @param asked names of functions to look for.
 * @returns null where the file has no symbols at all. Errors: it is no ELF file, or a broken one.
 */
export function readOwnSymbols(source: ByteSource, asked: ReadonlySet<string>): Step<OwnSymbols | null> {
  const header = readHeader(source);
  if (!header.ok) return header;
  const sections = readSections(source, header.value.sections);
  if (!sections.ok) return sections;
  const full = sections.value.find(({ type }) => type === SHT_SYMTAB);
  const table = full ?? sections.value.find(({ type }) => type === SHT_DYNSYM);
  const strings = table === undefined ? undefined : sections.value[table.link];
  if (table === undefined || strings === undefined) return done(null);
  const symbols = readPart(source, {
    what: 'symbol table',
    offset: table.offset,
    length: table.size,
    limit: MOST_TABLE,
  });
  if (!symbols.ok) return symbols;
  const names = readPart(source, {
    what: 'string table',
    offset: strings.offset,
    length: strings.size,
    limit: MOST_TABLE,
  });
  if (!names.ok) return names;
  const changing = changingSections(source, sections.value, header.value.sections.names);
  if (!changing.ok) return changing;
  const nameOf = namesIn(names.value);
  const variables: string[] = [];
  const functions = new Set<string>();
  for (let at = 0; at + SYMBOL_SIZE <= symbols.value.byteLength; at += SYMBOL_SIZE) {
    const type = symbols.value.getUint8(at + 4) & 0xf;
    const section = symbols.value.getUint16(at + 6, true);
    if (section === 0 || section >= SHN_LORESERVE) continue;
    if (type === STT_FUNC) {
      if (asked.size === 0) continue;
      const name = nameOf(symbols.value.getUint32(at, true));
      if (asked.has(name)) functions.add(name);
    } else if ((type === STT_OBJECT && changing.value.has(section)) || type === STT_TLS) {
      if (word(symbols.value, at + 16) > 0) variables.push(nameOf(symbols.value.getUint32(at, true)));
    }
  }
  return done({ variables, functions, isComplete: full !== undefined });
}

function readSections(
  source: ByteSource,
  at: { offset: number; size: number; count: number },
): Step<Section[]> {
  if (at.offset === 0 || at.count === 0 || at.size < SECTION_SIZE) return done([]);
  const part = { what: 'section headers', offset: at.offset, length: at.size * at.count };
  const read = readPart(source, { ...part, limit: SECTION_SIZE * MOST_SECTIONS });
  if (!read.ok) return read;
  const view = read.value;
  return done(
    Array.from({ length: at.count }, (_, index) => {
      const start = index * at.size;
      return {
        nameAt: view.getUint32(start, true),
        type: view.getUint32(start + 4, true),
        flags: word(view, start + 8),
        offset: word(view, start + 24),
        size: word(view, start + 32),
        link: view.getUint32(start + 40, true),
      };
    }),
  );
}

/** Writable sections, but for those that are read-only once the file is loaded: tables of addresses lie there. */
function changingSections(
  source: ByteSource,
  sections: readonly Section[],
  namesAt: number,
): Step<ReadonlySet<number>> {
  const table = sections[namesAt];
  if (table === undefined) return done(new Set());
  const names = readPart(source, {
    what: 'section names',
    offset: table.offset,
    length: table.size,
    limit: 1 << 24,
  });
  if (!names.ok) return names;
  const nameOf = namesIn(names.value);
  const changing = sections.flatMap(({ flags, nameAt }, index) =>
    flags % 2 === SHF_WRITE && !nameOf(nameAt).startsWith('.data.rel.ro') ? [index] : [],
  );
  return done(new Set(changing));
}

function namesIn(view: DataView): (at: number) => string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const decoder = new TextDecoder('latin1');
  return (at) => {
    const end = bytes.indexOf(0, at);
    return decoder.decode(bytes.subarray(at, end === -1 ? bytes.length : end));
  };
}
