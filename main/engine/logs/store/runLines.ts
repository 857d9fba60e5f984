import { type Result, success } from '../../result.ts';
import type { RunReader } from './runReader.ts';
import type { Block } from './segmentReader.ts';

/** A line of a run, or a piece of one that is too long. */
export interface Line {
  number: number;
  offset: number;
  /** Without the line end. */
  bytes: Buffer;
  /** When it arrived, about: a second earlier at the most, while lines kept coming. */
  time: number;
  /** It goes on where the line before was cut. */
  continues: boolean;
}

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The lines [from, to) of a run, as far as they are there; no more than some MB of them, so there may be fewer: ask again
 * for the rest. Where the first ones are gone, it begins with the first there is.
 */
export async function readLines(
  reader: RunReader,
  from: number,
  to: number,
  mostBytes = MOST_BYTES,
): Promise<Result<Line[]>> {
  const lines: Line[] = [];
  let bytes = 0;
  for (let next = from; next < to && bytes < mostBytes; ) {
    const block = await reader.blockAt('line', next);
    if (!block.ok) return block;
    if (block.value === null) break;
    const read = await readBlock(reader, block.value);
    if (!read.ok) return read;
    lines.push(...read.value.filter(({ number }) => number >= from && number < to));
    bytes += block.value.end.offset - block.value.begin.offset;
    next = block.value.end.line;
  }
  return success(lines);
}

/** The last lines of a run. */
export const readTail = (reader: RunReader, count: number): Promise<Result<Line[]>> => {
  const { line } = reader.extent.end;
  return readLines(reader, Math.max(0, line - count), line);
};

/** All lines of a block. */
async function readBlock(reader: RunReader, { begin, end }: Block): Promise<Result<Line[]>> {
  const bytes = await reader.bytes(begin.offset, end.offset);
  return bytes.ok ? success(linesOf(bytes.value, begin)) : bytes;
}

const FEED = 10;
const RETURN = 13;

/** Cuts a block's bytes into lines. */
export function linesOf(bytes: Buffer, begin: Block['begin']): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < bytes.length; ) {
    const feed = bytes.indexOf(FEED, at);
    const end = feed === -1 ? bytes.length : feed;
    const cut = feed > at && bytes[end - 1] === RETURN ? end - 1 : end;
    lines.push({
      number: begin.line + lines.length,
      offset: begin.offset + at,
      bytes: bytes.subarray(at, cut),
      time: begin.time,
      continues: begin.continues && at === 0,
    });
    at = end + 1;
  }
  return lines;
}
