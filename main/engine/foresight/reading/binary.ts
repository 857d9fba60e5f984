import type { FileHandle } from 'node:fs/promises';
import { type ElfSummary, readElf } from '../../elf/elf.ts';
import { type Header, PT_LOAD, readHeader } from '../../elf/header.ts';
import type { ByteSource, ElfFailure } from '../../elf/source.ts';
import { readSymbolTable, type SymbolTable } from '../../elf/symbolTable.ts';
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
  const header = readHeader(source);
  if (!header.ok) return header;
  const cut = cutOff(source, header.value);
  if (cut !== null) return { ok: false, failure: cut };
  const symbols = readSymbolTable(source);
  const table = symbols.ok ? symbols.table : null;
  return {
    ok: true,
    binary: { elf: summary.elf, symbols: table, isWhole: hasSections(source, header.value) },
  };
}

/** A linker that was killed may leave a file with everything that is read here, but not with all that is mapped. */
function cutOff({ size }: ByteSource, { segments }: Header): ElfFailure | null {
  const isWhole = segments.every(
    (segment) => segment.type !== PT_LOAD || segment.offset + segment.fileSize <= size,
  );
  return isWhole
    ? null
    : { kind: 'truncated', message: 'The file ends before its code and data do.', remedy: null };
}

/** Section headers come last in a file. */
const hasSections = (source: ByteSource, { sections }: Header): boolean =>
  sections.offset + sections.size * sections.count <= source.size;
