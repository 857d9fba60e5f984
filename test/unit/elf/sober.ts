import { readElf } from '../../../main/engine/elf/elf.ts';
import { queryOf } from '../../../main/engine/elf/gnuHash.ts';
import type { ByteSource } from '../../../main/engine/elf/source.ts';
import { readSymbols } from '../../../main/engine/elf/symbols.ts';
import { readSymbolTable } from '../../../main/engine/elf/symbolTable.ts';

/** More than any real file takes beyond its own size, and little enough to be read in a moment. */
export const MOST_BYTES = 4 << 20;

const KINDS = ['truncated', 'not elf', 'foreign', 'malformed'];

/** A source that bears no question that a file could not answer, and counts the bytes asked for. */
function strictSource(bytes: Uint8Array): ByteSource & { asked: number } {
  const source = {
    asked: 0,
    size: bytes.length,
    read(offset: number, length: number): Uint8Array {
      if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new Error(`asked for ${length} bytes at ${offset}`);
      }
      source.asked += length;
      return bytes.subarray(offset, offset + length);
    },
  };
  return source;
}

const QUERIES = ['answer', '', 'x'.repeat(300)].map(queryOf);

/**
 * Reads the bytes all three ways. Each must end in one of its own results, having asked for parts of the file only, and
 * for few of them; symbols must not be more than the file has room for.
 * @returns the first two results in a word each.
 * @throws where one of that is not so.
 */
export function expectSobriety(bytes: Uint8Array): string {
  const source = strictSource(bytes);
  const summary = readElf(source);
  checkFailure(summary);
  if (source.asked > MOST_BYTES) throw new Error(`the summary asked for ${source.asked} bytes`);
  source.asked = 0;
  const read = readSymbols(source);
  checkFailure(read);
  if (source.asked > MOST_BYTES + 4 * bytes.length)
    throw new Error(`symbols asked for ${source.asked} bytes`);
  if (read.ok) {
    const all = [...read.symbols.exported, ...read.symbols.undefined];
    const length = all.reduce((sum, each) => sum + each.name.length, 0);
    if (all.length > bytes.length / 24) throw new Error(`${all.length} symbols`);
    if (length > 4 * bytes.length) throw new Error(`${length} characters of names`);
  }
  source.asked = 0;
  const asked = readSymbolTable(source);
  checkFailure(asked);
  if (source.asked > MOST_BYTES + 8 * bytes.length)
    throw new Error(`a table asked for ${source.asked} bytes`);
  if (asked.ok) {
    if ([...asked.table.undefined].length > bytes.length / 24) throw new Error('too many undefined symbols');
    for (const query of QUERIES) {
      if (asked.table.versionsOf(query).length > bytes.length / 4) throw new Error('too many versions');
    }
  }
  return `${summary.ok ? 'read' : summary.failure.kind}, ${read.ok ? 'read' : read.failure.kind}`;
}

function checkFailure(
  result: { ok: true } | { ok: false; failure: { kind: string; message: string } },
): void {
  if (result.ok) return;
  const { kind, message } = result.failure;
  if (!KINDS.includes(kind) || !message.endsWith('.')) throw new Error(`${kind}: ${message}`);
}

/** The places of a file that are read: what is worth changing. */
export function placesRead(bytes: Uint8Array): number[] {
  const seen = new Set<number>();
  const source: ByteSource = {
    size: bytes.length,
    read(offset, length) {
      // The names themselves are most of what is read, and the least worth changing.
      for (let at = offset; at < offset + Math.min(length, 1024); at++) seen.add(at);
      return bytes.subarray(offset, offset + length);
    },
  };
  readElf(source);
  readSymbols(source);
  readSymbolTable(source);
  return [...seen];
}
