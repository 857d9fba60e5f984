import { type Result, success } from '../../result.ts';
import type { RunReader } from '../store/runReader.ts';
import type { Block, End } from '../store/segmentReader.ts';
import { type Chunk, REACH_BYTES } from './chunk.ts';
import type { Matcher } from './pattern.ts';
import { type Hit, scanChunk } from './scanChunk.ts';

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

const CHUNK_BYTES = 512 * 1024;
const FEED = 10;

/**
 * Looks through a run, as far as its reader knows it. While one chunk is looked at, the next is read. A last line that is
 * still being written is left for later.
 */
export async function scanRun(
  reader: RunReader,
  matcher: Matcher,
  options: ScanOptions,
): Promise<Result<Scanned>> {
  const end = await endOf(reader);
  if (!end.ok) return end;
  const scanned: Scanned = { count: 0, offset: options.from, stopped: false };
  let given = 0;
  for (;;) {
    const blocks = await blocksBetween(reader, scanned.offset, end.value);
    if (!blocks.ok) return blocks;
    if (blocks.value.length === 0) return success(scanned);
    const groups = groupsOf(blocks.value);
    let reading = readChunk(reader, groups[0] ?? []);
    for (const [i, group] of groups.entries()) {
      const read = await reading;
      if (!read.ok) return read;
      reading = readChunk(reader, groups[i + 1] ?? []);
      if (options.isStopped()) return success({ ...scanned, stopped: true });
      const { count, hits } = scanChunk(read.value, matcher, options.most - given);
      scanned.count += count;
      scanned.offset = group.at(-1)?.end.offset ?? scanned.offset;
      given += hits.length;
      if (hits.length > 0) options.onHits(hits);
      options.onProgress(scanned.offset);
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

/** Neighbouring blocks of together some 500 KB. */
function groupsOf(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  let group: Block[] = [];
  let bytes = 0;
  for (const block of blocks) {
    if (bytes >= CHUNK_BYTES) {
      groups.push(group);
      group = [];
      bytes = 0;
    }
    group.push(block);
    bytes += block.end.offset - block.begin.offset;
  }
  return [...groups, group];
}

/** The bytes of these blocks, and some of what follows where that is still the same line. */
async function readChunk(reader: RunReader, blocks: readonly Block[]): Promise<Result<Chunk>> {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) {
    return success({ bytes: Buffer.alloc(0), offset: 0, length: 0, blocks: [] });
  }
  const { offset } = first.begin;
  const end = last.end.offset;
  const bytes = await reader.bytes(offset, end + REACH_BYTES);
  if (!bytes.ok) return bytes;
  const length = Math.min(end - offset, bytes.value.length);
  const goesOn = bytes.value[length - 1] !== FEED;
  return success({ bytes: goesOn ? bytes.value : bytes.value.subarray(0, length), offset, length, blocks });
}
