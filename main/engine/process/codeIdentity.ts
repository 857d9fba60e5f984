import { createHash, type Hash } from 'node:crypto';
import { read as readCallback, readSync } from 'node:fs';
import { promisify } from 'node:util';
import {
  type CodeLayout,
  clearSectionFields,
  type MappedPart,
  readCodeLayout,
  readOwnParts,
} from '../elf/codeLayout.ts';
import { readElf } from '../elf/elf.ts';
import type { Header } from '../elf/header.ts';
import type { ByteSource } from '../elf/source.ts';

const readAsync = promisify(readCallback);

/** What code a file holds, whatever the file is called and whenever it was written. */
export interface Code {
  /** Equal for equal code: `build-id:…` where the linker wrote a GNU build id, else `sha256:…` of all that is mapped. */
  id: string;
  /** Tells most files apart without reading their contents: equal code has equal heads. */
  head: string;
  /** The same as `id` for the parts that nobody writes to while they are mapped: comparable with a process's memory. */
  readOnly: string;
  /** Of a program: its own code and data, for `compareOwn`. Null where that can't be told. */
  own: string | null;
}

/** What the first page or two of a file tell. */
export interface CodeHead {
  head: string;
  soname: string | null;
  layout: CodeLayout;
  header: Header;
}

/** Equal code has equal heads: of two files with different ones no more has to be read. Pure. */
function headOf({ machine, table, buildId }: CodeLayout): string {
  const tableHash = createHash('sha256').update(`${machine} `).update(table).digest('hex').slice(0, 16);
  return buildId === null ? tableHash : `${tableHash}/${buildId}`;
}

/** Reads the head of an open file at once, a few KB; null for what is no whole ELF file. Throws what reading throws. */
export function readCodeHead(fd: number, size: number): CodeHead | null {
  return headIn(sourceOf(fd, size));
}

/** The same of bytes from elsewhere. */
export function headIn(source: ByteSource): CodeHead | null {
  const read = readCodeLayout(source);
  if (!read.ok) return null;
  const summary = readElf(source);
  const soname = summary.ok ? summary.elf.soname : null;
  return { head: headOf(read.layout), soname, layout: read.layout, header: read.header };
}

/** Bytes at an offset of a file, or where a process has them mapped; fewer where there are no more. */
export type ReadAt = (part: MappedPart, from: number, into: Uint8Array) => Promise<number>;

/** What is hashed between two turns of everything else takes a fraction of a millisecond. */
const PIECE = 1 << 18;

/**
 * Reads the code of an open file. With a build id that is cheap; without one all that is mapped from it is read, in
 * pieces, so that nobody else waits. Null where the file is shorter than it says. Throws what reading throws.
 */
export async function readCode(fd: number, size: number, known?: CodeHead): Promise<Code | null> {
  const head = known ?? readCodeHead(fd, size);
  if (head === null) return null;
  const { layout, header } = head;
  const fromFile: ReadAt = async ({ offset }, from, into) =>
    (await readAsync(fd, into, 0, into.length, offset + from)).bytesRead;
  const own = header.kind === 'executable' ? await readOwn(sourceOf(fd, size), header, fromFile) : null;
  if (layout.buildId !== null) {
    const id = `build-id:${head.head}`;
    return { id, head: head.head, readOnly: id, own };
  }
  const hash = createHash('sha256').update(head.head);
  if (!(await addParts(hash, layout.readOnly, fromFile))) return null;
  const readOnly = `sha256:${hash.copy().digest('hex')}`;
  if (!(await addParts(hash, layout.writable, fromFile))) return null;
  return { id: `sha256:${hash.digest('hex')}`, head: head.head, readOnly, own };
}

/** `Code.readOnly` of an image whose file is out of reach, out of the memory of its process. */
export async function readOnlyCode(head: CodeHead, readAt: ReadAt): Promise<string | null> {
  if (head.layout.buildId !== null) return `build-id:${head.head}`;
  const hash = createHash('sha256').update(head.head);
  return (await addParts(hash, head.layout.readOnly, readAt)) ? `sha256:${hash.digest('hex')}` : null;
}

/**
 * A program's own code and data, without what links it to its libraries: how large its parts are, where they lie, and
 * what is in them.
 */
async function readOwn(source: ByteSource, header: Header, readAt: ReadAt): Promise<string | null> {
  const parts = readOwnParts(source, header);
  if (!parts.ok || parts.value === null || parts.value.length === 0) return null;
  const contents = createHash('sha256');
  if (!(await addParts(contents, parts.value, readAt))) return null;
  const short = (numbers: readonly number[]): string =>
    createHash('sha256').update(numbers.join()).digest('hex').slice(0, 16);
  const sizes = short(parts.value.map(({ length }) => length));
  const places = short(parts.value.map(({ address }) => address));
  return `${sizes}.${places}.${contents.digest('hex')}`;
}

/**
 * Whether two builds of a program have the same code and data of its own. `moved`: it lies elsewhere and is as large as
 * before, so that bytes differ that need not mean anything. Pure.
 */
export function compareOwn(a: string, b: string): 'same' | 'different' | 'moved' {
  const [sizes, places, contents] = a.split('.');
  const [otherSizes, otherPlaces, otherContents] = b.split('.');
  if (contents === otherContents) return 'same';
  return sizes !== otherSizes || places === otherPlaces ? 'different' : 'moved';
}

/** @returns false where something is missing. */
async function addParts(hash: Hash, parts: readonly MappedPart[], readAt: ReadAt): Promise<boolean> {
  const room = new Uint8Array(PIECE);
  for (const part of parts) {
    hash.update(`${part.length} `);
    for (let from = 0; from < part.length; ) {
      const wanted = room.subarray(0, Math.min(PIECE, part.length - from));
      const length = await readAt(part, from, wanted);
      if (length <= 0) return false;
      const piece = wanted.subarray(0, length);
      clearSectionFields(piece, part.offset + from);
      hash.update(piece);
      from += length;
    }
  }
  return true;
}

const sourceOf = (fd: number, size: number): ByteSource => ({
  size,
  read(offset, length) {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, offset));
  },
});
