import { setImmediate } from 'node:timers/promises';
import { type Result, success } from '../../result.ts';
import type { RunReader } from '../store/runReader.ts';
import type { Block, End } from '../store/segmentReader.ts';
import { type Chunk, REACH_BYTES } from './chunk.ts';
import type { Hit } from './found.ts';
import { groupsOf } from './groups.ts';
import type { Matcher } from './pattern.ts';
import { scanChunk } from './scanChunk.ts';

export interface ScanOptions {
  /** Where to begin: the offset of a line. */
  from: number;
  /** So many hits are given; lines behind are counted only. */
  most: number;
  onHits(hits: Hit[]): void;
  /** @param offset all before it was looked at. */
  onProgress(offset: number): void;
  isStopped(): boolean;
}

export interface Scanned {
  /** How many lines match. */
  count: number;
  /** All before it was looked at: where to go on when the run has grown. */
  offset: number;
  /** It was told to stop before the end. */
  stopped: boolean;
}

/** So much is read at once, always into the same buffer. */
const READ_BYTES = 1024 * 1024;
/** So much is looked at at once: text of this size is still cheap to make and to forget. */
const CHUNK_BYTES = 64 * 1024;
const FEED = 10;

/**
 * Looks through a run, as far as its reader knows it. A last line that is still being written is left for later.
 */
export async function scanRun(
  reader: RunReader,
  matcher: Matcher,
  options: ScanOptions,
): Promise<Result<Scanned>> {
  const end = await endOf(reader);
  if (!end.ok) return end;
  const scanned: Scanned = { count: 0, offset: options.from, stopped: false };
  const buffer = Buffer.allocUnsafe(2 * READ_BYTES);
  let given = 0;
  for (;;) {
    const blocks = await blocksBetween(reader, scanned.offset, end.value);
    if (!blocks.ok) return blocks;
    if (blocks.value.length === 0) return success(scanned);
    for (const group of groupsOf(blocks.value, READ_BYTES)) {
      const read = await readChunk(reader, group, buffer);
      if (!read.ok) return read;
      for (const part of groupsOf(group, CHUNK_BYTES)) {
        if (options.isStopped()) return success({ ...scanned, stopped: true });
        const { count, hits } = scanChunk(partOf(read.value, part), matcher, options.most - given);
        scanned.count += count;
        scanned.offset = part.at(-1)?.end.offset ?? scanned.offset;
        given += hits.length;
        if (hits.length > 0) options.onHits(hits);
      }
      options.onProgress(scanned.offset);
      // Whoever wants it to stop is heard here.
      await setImmediate();
    }
  }
}

/** Where the lines end that are whole, and how many those are. */
async function endOf(reader: RunReader): Promise<Result<End>> {
  const { end } = reader.extent;
  const over = await reader.isOver();
  if (!over.ok || over.value) return over.ok ? success(end) : over;
  const block = await reader.blockAt('offset', end.offset - 1);
  if (!block.ok || block.value === null) return block.ok ? success(end) : block;
  const { begin } = block.value;
  const bytes = await reader.bytes(begin.offset, end.offset);
  if (!bytes.ok) return bytes;
  if (bytes.value.at(-1) === FEED) return success(end);
  return success({ ...end, offset: begin.offset + bytes.value.lastIndexOf(FEED) + 1, line: end.line - 1 });
}

/** The blocks of one segment from a line's offset on, the first and the last cut to what lies between. */
async function blocksBetween(reader: RunReader, from: number, to: End): Promise<Result<Block[]>> {
  const found = await reader.blocksFrom(from);
  if (!found.ok) return found;
  const blocks = found.value
    .filter(({ begin }) => begin.offset < to.offset)
    .map((block) => (block.end.offset > to.offset ? { ...block, end: to } : block));
  const [first, ...rest] = blocks;
  if (first === undefined || first.begin.offset >= from) return success(blocks);
  if (from >= to.offset) return success([]);
  const before = await reader.bytes(first.begin.offset, from);
  if (!before.ok) return before;
  const line = first.begin.line + before.value.reduce((lines, byte) => lines + (byte === FEED ? 1 : 0), 0);
  const begin = { ...first.begin, offset: from, line, continues: false };
  return success([{ ...first, begin }, ...rest]);
}

/** The bytes of these blocks, and some behind them. */
async function readChunk(reader: RunReader, blocks: readonly Block[], into: Buffer): Promise<Result<Chunk>> {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) {
    return success({ bytes: Buffer.alloc(0), offset: 0, length: 0, blocks });
  }
  const { offset } = first.begin;
  const bytes = await reader.bytes(offset, last.end.offset + REACH_BYTES, into);
  return bytes.ok ? success({ bytes: bytes.value, offset, length: bytes.value.length, blocks }) : bytes;
}

/** Some of a chunk's blocks; and some of what follows, where that is still the same line. */
function partOf(chunk: Chunk, blocks: readonly Block[]): Chunk {
  const offset = blocks[0]?.begin.offset ?? chunk.offset;
  const from = offset - chunk.offset;
  const to = Math.min((blocks.at(-1)?.end.offset ?? offset) - chunk.offset, chunk.bytes.length);
  const goesOn = to > from && chunk.bytes[to - 1] !== FEED;
  const bytes = chunk.bytes.subarray(from, goesOn ? to + REACH_BYTES : to);
  return { bytes, offset, length: to - from, blocks };
}
