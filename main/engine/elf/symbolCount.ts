import { type Dynamic, fileOffset, readMapped } from './dynamic.ts';
import type { Header } from './header.ts';
import { type ByteSource, done, readPart, type Step, stop, word } from './source.ts';

/** Far above the largest libraries there are; 24 MB of symbols. */
export const MOST_SYMBOLS = 1 << 20;

const DT_HASH = 4;
const DT_GNU_HASH = 0x6ffffef5;

/**
 * How many dynamic symbols a file has. No entry says so: the old hash table has one link for each symbol; the GNU
 * one ends with the last exported symbol, which is the last of all. A file that exports nothing is asked for its
 * section headers instead; without those its undefined symbols stay unseen.
 * @param address of the symbol table, as mapped.
 */
export function countSymbols(
  source: ByteSource,
  header: Header,
  dynamic: Dynamic,
  address: number,
): Step<number> {
  const old = dynamic.get(DT_HASH)?.[0];
  const gnu = dynamic.get(DT_GNU_HASH)?.[0];
  const counted =
    old !== undefined
      ? countOldHash(source, header, old)
      : gnu !== undefined
        ? countGnuHash(source, header, gnu)
        : done(0);
  if (!counted.ok) return counted;
  const count = counted.value > 0 ? counted.value : countInSections(source, header, address);
  return count > MOST_SYMBOLS
    ? stop('malformed', `It claims ${count} symbols, more than any real one has.`)
    : done(count);
}

function countOldHash(source: ByteSource, header: Header, address: number): Step<number> {
  const read = readMapped(source, header, { what: 'hash table', address, length: 8, limit: 8 });
  return read.ok ? done(read.value.getUint32(4, true)) : read;
}

const CHAIN_PIECE = 4096;

function countGnuHash(source: ByteSource, header: Header, address: number): Step<number> {
  const what = 'hash table';
  const start = readMapped(source, header, { what, address, length: 16, limit: 16 });
  if (!start.ok) return start;
  const buckets = start.value.getUint32(0, true);
  const first = start.value.getUint32(4, true);
  const bucketsAt = address + 16 + start.value.getUint32(8, true) * 8;
  const part = { what, address: bucketsAt, length: buckets * 4, limit: MOST_SYMBOLS * 4 };
  const read = readMapped(source, header, part);
  if (!read.ok) return read;
  let last = 0;
  for (let at = 0; at < read.value.byteLength; at += 4) last = Math.max(last, read.value.getUint32(at, true));
  if (last === 0) return done(0);
  if (last < first || last > MOST_SYMBOLS) return stop('malformed', 'Its hash table makes no sense.');
  // The last bucket's chain: one word for each of its symbols, the last of them odd.
  const chain = fileOffset(header, bucketsAt + buckets * 4 + (last - first) * 4);
  if (chain === null) return stop('malformed', 'Its hash table is not in the file.');
  for (let offset = chain; last < MOST_SYMBOLS; offset += CHAIN_PIECE) {
    const length = Math.max(4, Math.min(CHAIN_PIECE, source.size - offset));
    const piece = readPart(source, { what, offset, length, limit: CHAIN_PIECE });
    if (!piece.ok) return piece;
    for (let at = 0; at + 4 <= length; at += 4, last++) {
      if ((piece.value.getUint32(at, true) & 1) === 1) return done(last + 1);
    }
  }
  return stop('malformed', 'Its hash table has no end.');
}

const SECTION_SIZE = 64;
const MOST_SECTIONS = 4096;
const SHT_DYNSYM = 11;
const SYMBOL_SIZE = 24;

/** Section headers are not needed to run, so ones that are cut off or make no sense are no failure. */
function countInSections(source: ByteSource, header: Header, address: number): number {
  const { offset, size, count } = header.sections;
  if (size !== SECTION_SIZE) return 0;
  const sections = readPart(source, {
    what: 'section headers',
    offset,
    length: count * SECTION_SIZE,
    limit: MOST_SECTIONS * SECTION_SIZE,
  });
  if (!sections.ok) return 0;
  for (let at = 0; at < sections.value.byteLength; at += SECTION_SIZE) {
    const isIt = sections.value.getUint32(at + 4, true) === SHT_DYNSYM;
    if (isIt && word(sections.value, at + 16) === address) {
      return Math.floor(word(sections.value, at + 32) / SYMBOL_SIZE);
    }
  }
  return 0;
}
