import type { FileHandle } from 'node:fs/promises';
import { type ElfSummary, readElf } from '../elf/elf.ts';
import { PT_LOAD, readHeader } from '../elf/header.ts';
import { type ByteSource, type ElfFailure, readPart, word } from '../elf/source.ts';
import { readSymbolTable, type SymbolTable } from '../elf/symbolTable.ts';
import { readPatiently } from './patientSource.ts';

/** What a program or library says of itself. */
export interface Binary {
  elf: ElfSummary;
  /** Null where they make no sense to us. */
  symbols: SymbolTable | null;
  /** It has all that its linker meant to write, also what loading it does not take. */
  isWhole: boolean;
}

export type BinaryReading = { ok: true; binary: Binary } | { ok: false; failure: ElfFailure };

/**
 * Reads an open file. A file that can't be loaded is a failure.
 * @returns also how many bytes the symbols hold on to.
 */
export async function readBinary(
  handle: FileHandle,
  size: number,
): Promise<{ reading: BinaryReading; bytes: number }> {
  const read = await readPatiently(handle, size, binaryIn);
  if (read !== null) return { reading: read.value, bytes: read.bytes };
  const failure: ElfFailure = {
    kind: 'malformed',
    message: 'Its parts lie in more places than those of any real file.',
    remedy: null,
  };
  return { reading: { ok: false, failure }, bytes: 0 };
}

function binaryIn(source: ByteSource): BinaryReading {
  const summary = readElf(source);
  if (!summary.ok) return summary;
  const cut = cutOff(source);
  if (cut !== null) return { ok: false, failure: cut };
  const symbols = readSymbolTable(source);
  const table = symbols.ok ? symbols.table : null;
  return { ok: true, binary: { elf: summary.elf, symbols: table, isWhole: hasSections(source) } };
}

/** A linker that was killed may leave a file with everything that is read here, but not with all that is mapped. */
function cutOff(source: ByteSource): ElfFailure | null {
  const header = readHeader(source);
  if (!header.ok) return header.failure;
  const isWhole = header.value.segments.every(
    (segment) => segment.type !== PT_LOAD || segment.offset + segment.fileSize <= source.size,
  );
  return isWhole
    ? null
    : { kind: 'truncated', message: 'The file ends before its code and data do.', remedy: null };
}

/** Section headers come last in a file. */
function hasSections(source: ByteSource): boolean {
  const header = readPart(source, { what: 'header', offset: 0, length: 64, limit: 64 });
  if (!header.ok) return false;
  const start = word(header.value, 40);
  const [size, count] = [58, 60].map((at) => header.value.getUint16(at, true));
  return start + (size ?? 0) * (count ?? 0) <= source.size;
}
