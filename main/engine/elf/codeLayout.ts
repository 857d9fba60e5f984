import { type Header, PT_LOAD, readHeader } from './header.ts';
import { readBuildId } from './notes.ts';
import { readSections } from './sections.ts';
import { type ByteSource, done, type ElfFailure, readPart, type Step, stop } from './source.ts';

/** A range of the file that is mapped, and where it goes. All in bytes. */
export interface MappedPart {
  offset: number;
  /** As linked: add where the image was loaded. */
  address: number;
  length: number;
}

/** Which bytes of a file make up the code that runs, and what tells them apart without reading them. */
export interface CodeLayout {
  machine: number;
  /** The program headers as they are in the file. */
  table: Uint8Array;
  /** GNU build id, hexadecimal; null where the linker wrote none. */
  buildId: string | null;
  /** What is mapped and stays as it is in the file. */
  readOnly: MappedPart[];
  /** What is mapped and written to: relocated, or changed by the program. */
  writable: MappedPart[];
}

const MOST_TABLE = 1 << 16;

/**
 * Reads which parts of a 64-bit little-endian ELF file are mapped. Asks for headers and notes only.
 * Errors: not such a file, or one that ends before its code does.
 */
export function readCodeLayout(
  source: ByteSource,
): { ok: true; layout: CodeLayout; header: Header } | { ok: false; failure: ElfFailure } {
  const header = readHeader(source);
  if (!header.ok) return header;
  const { segments, table, machine } = header.value;
  const bytes = readPart(source, { what: 'program header table', limit: MOST_TABLE, ...table });
  if (!bytes.ok) return bytes;
  const mapped = segments.filter(({ type, fileSize }) => type === PT_LOAD && fileSize > 0);
  if (mapped.some(({ offset, fileSize }) => offset + fileSize > source.size)) {
    return stop('truncated', 'The file ends before its code and data do.');
  }
  const partsOf = (isWritable: boolean): MappedPart[] =>
    mapped
      .filter((each) => each.isWritable === isWritable)
      .map(({ offset, address, fileSize }) => ({ offset, address, length: fileSize }));
  const { buffer, byteOffset, byteLength } = bytes.value;
  return {
    ok: true,
    header: header.value,
    layout: {
      machine,
      table: new Uint8Array(buffer, byteOffset, byteLength),
      buildId: readBuildId(source, header.value),
      readOnly: partsOf(false),
      writable: partsOf(true),
    },
  };
}

/** The fields of the file header that say where the section headers are: stripping a file changes them, and no code. */
const ABOUT_SECTIONS = [
  [40, 48],
  [58, 64],
] as const;

/** Clears, in bytes of a file from `offset` on, what says nothing about its code. Changes `bytes`. */
export function clearSectionFields(bytes: Uint8Array, offset: number): void {
  for (const [from, to] of ABOUT_SECTIONS) {
    const begin = Math.max(0, from - offset);
    const end = Math.min(bytes.length, to - offset);
    if (begin < end) bytes.fill(0, begin, end);
  }
}

const SHT_PROGBITS = 1;
const SHT_INIT_ARRAY = 14;
const SHT_FINI_ARRAY = 15;
const CONTENTS: ReadonlySet<number> = new Set([SHT_PROGBITS, SHT_INIT_ARRAY, SHT_FINI_ARRAY]);
const SHF_ALLOC = 2;
/** What a linker makes of the libraries that a file is linked to, and what only unwinding and debugging take. */
const OF_LINKING = /^\.(interp|plt|got|eh_frame|debug_gdb_scripts|gnu\.)/;

/**
 * The parts that hold a program's own code and data, without what links it to its libraries: a program that was linked
 * to a rebuilt library has the same ones, if nothing of that library is inside it. Null where there are no sections.
 */
export function readOwnParts(source: ByteSource, header: Header): Step<MappedPart[] | null> {
  const sections = readSections(source, header);
  if (!sections.ok) return sections;
  if (sections.value === null) return done(null);
  const own = sections.value.filter(
    ({ name, type, flags, offset, size }) =>
      CONTENTS.has(type) &&
      (flags & SHF_ALLOC) !== 0 &&
      !OF_LINKING.test(name) &&
      offset + size <= source.size,
  );
  return done(own.map(({ offset, address, size }) => ({ offset, address, length: size })));
}
