import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../result.ts';
import { Checkpoints } from './checkpoints.ts';
import { decodeEntry, decodeHeader, ENTRY_BYTES, HEADER_BYTES, type Mark, type Owner } from './format.ts';
import { type Checkpoint, type LevelCounts, LineIndexer } from './lineIndexer.ts';
import { BLOCKS } from './logLimits.ts';
import { segmentFile } from './runNames.ts';

/** Where something ends: the offset behind its last byte, and how many lines and levels there are up to there. */
export interface End {
  offset: number;
  line: number;
  levels: LevelCounts;
}

/** Whole records that lie together: what is read at once. */
export interface Block {
  begin: Checkpoint;
  end: End;
}

const SCAN_BYTES = 256 * 1024;

/**
 * The index of one segment in memory: what its file says, and what the bytes behind that say. Where the file is torn or
 * missing that is all of them; times of arrival are then those of the last good entry. Methods fail as the file system does.
 */
export class SegmentReader {
  readonly #log: string;
  readonly #index: string;
  readonly checkpoints = new Checkpoints();
  readonly marks: Mark[] = [];
  /** Where it ends, as far as it was read. */
  end: End;
  /** Whether something in the index file can't be used: all behind it was found again. */
  torn = false;
  /** How much of the index file is good and taken in. */
  #goodBytes = HEADER_BYTES;
  /** How many of the blocks the index file has; the rest was found in the bytes. */
  #fromFile = 1;
  readonly #begin: Checkpoint;

  private constructor(folder: string, run: string, segment: number, begin: Checkpoint) {
    this.#log = join(folder, segmentFile({ run, segment, kind: 'log' }));
    this.#index = join(folder, segmentFile({ run, segment, kind: 'idx' }));
    this.#begin = begin;
    this.end = begin;
    this.checkpoints.add(begin);
  }

  static async open(folder: string, run: string, segment: number, begin: Checkpoint): Promise<SegmentReader> {
    const reader = new SegmentReader(folder, run, segment, begin);
    await reader.refresh();
    return reader;
  }

  /** The block with this number in the segment. */
  block(index: number): Block | null {
    const begin = this.checkpoints.at(index);
    return begin && { begin, end: this.checkpoints.at(index + 1) ?? this.end };
  }

  /** The blocks [from, to). */
  blocks(from: number, to: number): Block[] {
    const blocks: Block[] = [];
    let begin = this.checkpoints.at(from);
    for (let i = from; i < to && begin !== null; i += 1) {
      const next = this.checkpoints.at(i + 1);
      blocks.push({ begin, end: next ?? this.end });
      begin = next;
    }
    return blocks;
  }

  /** Takes in what was written since, all at once. */
  async refresh(): Promise<void> {
    const size = (await stat(this.#log)).size;
    const fresh = await this.#readIndex(this.#begin.offset + size);
    const rest = await this.#readRest(fresh.last, size);
    this.torn = fresh.torn;
    this.#goodBytes += fresh.bytes;
    this.checkpoints.truncate(this.#fromFile);
    for (const entry of fresh.blocks) this.checkpoints.addEntry(entry);
    this.#fromFile = this.checkpoints.length;
    for (const begun of rest.begun) this.checkpoints.add(begun);
    this.marks.push(...fresh.marks);
    this.end = rest.end;
  }

  /** The index file's entries behind those that are known. */
  async #readIndex(endOffset: number): Promise<Fresh> {
    const bytes = await readFrom(this.#index, this.#goodBytes);
    const last = this.checkpoints.at(this.#fromFile - 1) ?? this.#begin;
    const fresh: Fresh = { torn: bytes === null, bytes: 0, blocks: [], marks: [], last };
    for (let at = 0; bytes !== null && at < bytes.length; at += ENTRY_BYTES) {
      const entry = bytes.subarray(at, at + ENTRY_BYTES);
      const decoded = decodeEntry(entry);
      const offset =
        decoded?.kind === 'block' ? decoded.checkpoint.offset : (decoded?.mark.offset ?? Infinity);
      // It is just being written, or its writer died doing that.
      fresh.torn = decoded === null || offset > endOffset;
      if (decoded?.kind === 'block') fresh.torn ||= offset <= fresh.last.offset;
      if (fresh.torn || decoded === null) break;
      fresh.bytes += ENTRY_BYTES;
      if (decoded.kind === 'mark') fresh.marks.push(decoded.mark);
      else {
        fresh.blocks.push(entry);
        fresh.last = decoded.checkpoint;
      }
    }
    return fresh;
  }

  /** What the bytes say behind the last block that the index knows. */
  async #readRest(from: Checkpoint, size: number): Promise<{ begun: Checkpoint[]; end: End }> {
    const indexer = new LineIndexer(from, BLOCKS);
    const begun: Checkpoint[] = [];
    const file = await open(this.#log);
    try {
      const buffer = Buffer.alloc(Math.min(SCAN_BYTES, size));
      for (let at = from.offset - this.#begin.offset; at < size; ) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - at), at);
        if (bytesRead === 0) break;
        at += bytesRead;
        begun.push(...indexer.push(buffer.subarray(0, bytesRead), from.time));
      }
    } finally {
      await file.close();
    }
    return { begun, end: { offset: indexer.offset, line: indexer.lines, levels: indexer.levels } };
  }
}

interface Fresh {
  torn: boolean;
  /** How much of the file is good. */
  bytes: number;
  blocks: Buffer[];
  marks: Mark[];
  last: Checkpoint;
}

/** Where a segment begins and who wrote it, as its index file says; null where that is torn or missing. */
export async function readHeader(
  folder: string,
  run: string,
  segment: number,
): Promise<{ begin: Checkpoint; owner: Owner } | null> {
  const bytes = await readFrom(join(folder, segmentFile({ run, segment, kind: 'idx' })), 0, HEADER_BYTES);
  const header = bytes === null ? null : decodeHeader(bytes);
  return header?.segment === segment ? header : null;
}

/** Null: there is no such file. */
async function readFrom(path: string, position: number, most?: number): Promise<Buffer | null> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const length = most ?? Math.max(0, (await file.stat()).size - position);
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
