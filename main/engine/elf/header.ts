import { type ByteSource, done, readPart, type Step, stop, word } from './source.ts';

/** A program header: a piece of the file and where it is mapped. */
interface Segment {
  type: number;
  offset: number;
  address: number;
  /** In bytes, in the file. */
  fileSize: number;
  alignment: number;
  /** The process may write to it (PF_W). */
  isWritable: boolean;
}

export interface Header {
  kind: 'executable' | 'shared object';
  /** e_machine: 62 is x86-64, 183 is AArch64. */
  machine: number;
  segments: Segment[];
  /** Where the program headers lie in the file, in bytes. */
  table: { offset: number; length: number };
  /** Where the section headers are claimed to be, the bytes of each, their number, and which of them holds the names: running takes none. */
  sections: { offset: number; size: number; count: number; names: number };
}

export const PT_LOAD = 1;
export const PT_DYNAMIC = 2;
export const PT_NOTE = 4;
export const PT_TLS = 7;
const PF_W = 2;

const MAGIC = 0x7f454c46;
const HEADER_SIZE = 64;
const SEGMENT_SIZE = 56;
const MOST_SEGMENTS = 1024;
const ET_EXEC = 2;
const ET_DYN = 3;

/** Reads the file header and the program headers. */
export function readHeader(source: ByteSource): Step<Header> {
  const magic = readPart(source, { what: 'magic number', offset: 0, length: 4, limit: 4 });
  if (!magic.ok || magic.value.getUint32(0) !== MAGIC) return stop('not elf', 'This is not an ELF file.');
  const read = readPart(source, { what: 'header', offset: 0, length: HEADER_SIZE, limit: HEADER_SIZE });
  if (!read.ok) return read;
  const view = read.value;
  if (view.getUint8(4) !== 2) return stop('foreign', 'This ELF file is not for a 64-bit machine.');
  if (view.getUint8(5) !== 1) return stop('foreign', 'This ELF file is not for a little-endian machine.');
  const type = view.getUint16(16, true);
  if (type !== ET_EXEC && type !== ET_DYN) {
    return stop('foreign', 'This ELF file is neither a program nor a shared library.');
  }
  const segments = readSegments(source, view);
  if (!segments.ok) return segments;
  return done({
    kind: type === ET_EXEC || isProgram(segments.value) ? 'executable' : 'shared object',
    machine: view.getUint16(18, true),
    segments: segments.value,
    table: { offset: word(view, 32), length: segments.value.length * SEGMENT_SIZE },
    sections: {
      offset: word(view, 40),
      size: view.getUint16(58, true),
      count: view.getUint16(60, true),
      names: view.getUint16(62, true),
    },
  });
}

function readSegments(source: ByteSource, header: DataView): Step<Segment[]> {
  const size = header.getUint16(54, true);
  const count = header.getUint16(56, true);
  if (count === 0) return done([]);
  if (size !== SEGMENT_SIZE) return stop('malformed', `Its program headers have ${size} bytes each, not 56.`);
  const read = readPart(source, {
    what: 'program header table',
    offset: word(header, 32),
    length: count * SEGMENT_SIZE,
    limit: MOST_SEGMENTS * SEGMENT_SIZE,
  });
  if (!read.ok) return read;
  const view = read.value;
  const segments: Segment[] = [];
  for (let at = 0; at < view.byteLength; at += SEGMENT_SIZE) {
    segments.push({
      type: view.getUint32(at, true),
      offset: word(view, at + 8),
      address: word(view, at + 16),
      fileSize: word(view, at + 32),
      alignment: word(view, at + 48),
      isWritable: (view.getUint32(at + 4, true) & PF_W) !== 0,
    });
  }
  return done(segments);
}

/** A position-independent program has the type of a library, but names its interpreter. */
const PT_INTERP = 3;
const isProgram = (segments: readonly Segment[]): boolean =>
  segments.some((segment) => segment.type === PT_INTERP);
