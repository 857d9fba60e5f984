/**
 * How a run lies on disk; version 1.
 *
 * A run is what one process wrote from its start to its end, byte for byte. Its folder is `DATA/logs/WORKSPACE`, and its
 * bytes are cut into segments, each a pair of files:
 *
 *     STREAM-START-N.log   the bytes, nothing else
 *     STREAM-START-N.idx   where its blocks begin, and marks
 *
 * START is the run's start in UTC (20250408T120000123Z; with STREAM it is the run's id), N counts the segments from 0. A
 * segment begins with a record (or a line of one, or a piece of that, where it got too long). A run over its limit loses
 * its first segments.
 *
 * An index is a header of 128 bytes and then entries of 64 bytes, appended only. All numbers are little-endian; offsets,
 * line numbers and level counts count from the beginning of the run, times are ms since the epoch.
 *
 *     header   0 "HDLI"   4 u16 version   6 u16 flags   8 u48 offset   14 u48 line   20 u48 time   26 5 x u48 levels
 *              56 u32 segment   60 u32 pid   64 u48 the process's start   70 u32 boot   124 u32 CRC-32 of what is before
 *     block    0 u8 1     1 u8 flags      2 u48 offset   8 u48 line   14 u48 time   20 5 x u48 levels   60 u32 CRC-32
 *     mark     0 u8 2     1 u8 kind       2 u48 offset   8 u48 line   14 u48 time   20 u32 number
 *              24 u8 length and 35 bytes of a label in UTF-8   60 u32 CRC-32
 *
 * Flag 1: it begins in the middle of a line. The header is the first block. A block has no end of its own: it ends where
 * the next begins. So an entry never waits for another, and after a crash what lies behind the last good one is just read
 * again. Entries are written after the bytes they are about; one that points behind the end of the bytes is not good.
 */
import { crc32 } from 'node:zlib';
import { LEVELS } from '../records/record.ts';
import type { Checkpoint } from './lineIndexer.ts';
import { characterStart } from './utf8.ts';

const VERSION = 1;
export const HEADER_BYTES = 128;
export const ENTRY_BYTES = 64;

/** Who writes a run: a process, and what tells it from a later one with the same id. */
export interface Owner {
  pid: number;
  /** When it started, in the kernel's own ticks; 0 where that can't be known. */
  started: number;
  /** Which boot of the machine that was; 0 where that can't be known. */
  boot: number;
}

export interface Header {
  segment: number;
  owner: Owner;
  begin: Checkpoint;
}

const MARK_KINDS = ['build-ended', 'reload-began', 'reload-ended', 'run-ended'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Something that happened at a place of a run. */
export interface Mark {
  kind: MarkKind;
  /** The reload's number, say. */
  number: number;
  /** The verdict, say: at most 35 bytes are kept. */
  label: string;
  time: number;
  /** What came before it lies before this offset. */
  offset: number;
  /** The number of the line that was to come, or was being written. */
  line: number;
}

const MAGIC = 'HDLI';
const BLOCK = 1;
const MARK = 2;
const CONTINUES = 1;
const LABEL_BYTES = 35;

export function encodeHeader({ segment, owner, begin }: Header): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt16LE(VERSION, 4);
  bytes.writeUInt16LE(begin.continues ? CONTINUES : 0, 6);
  writeCheckpoint(bytes, 8, begin);
  bytes.writeUInt32LE(segment, 56);
  bytes.writeUInt32LE(owner.pid, 60);
  bytes.writeUIntLE(owner.started, 64, 6);
  bytes.writeUInt32LE(owner.boot, 70);
  return sealed(bytes);
}

/** Null: it is none, a torn one, or one of a later version. */
export function decodeHeader(bytes: Buffer): Header | null {
  if (bytes.length < HEADER_BYTES || !isSealed(bytes.subarray(0, HEADER_BYTES))) return null;
  if (bytes.toString('latin1', 0, 4) !== MAGIC || bytes.readUInt16LE(4) !== VERSION) return null;
  return {
    segment: bytes.readUInt32LE(56),
    owner: { pid: bytes.readUInt32LE(60), started: bytes.readUIntLE(64, 6), boot: bytes.readUInt32LE(70) },
    begin: readCheckpoint(bytes, 8, bytes.readUInt16LE(6)),
  };
}

export function encodeBlock(checkpoint: Checkpoint): Buffer {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  bytes.writeUInt8(BLOCK, 0);
  bytes.writeUInt8(checkpoint.continues ? CONTINUES : 0, 1);
  writeCheckpoint(bytes, 2, checkpoint);
  return sealed(bytes);
}

export function encodeMark(mark: Mark): Buffer {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  bytes.writeUInt8(MARK, 0);
  bytes.writeUInt8(MARK_KINDS.indexOf(mark.kind), 1);
  bytes.writeUIntLE(mark.offset, 2, 6);
  bytes.writeUIntLE(mark.line, 8, 6);
  bytes.writeUIntLE(mark.time, 14, 6);
  bytes.writeUInt32LE(mark.number, 20);
  const label = Buffer.from(mark.label);
  const length = label.length > LABEL_BYTES ? characterStart(label, LABEL_BYTES, label) : label.length;
  bytes.writeUInt8(length, 24);
  label.copy(bytes, 25, 0, length);
  return sealed(bytes);
}

/** The block that stands here, in bytes that were found to be good. */
export const blockAt = (bytes: Buffer, at: number): Checkpoint =>
  readCheckpoint(bytes, at + 2, bytes.readUInt8(at + 1));

export type Entry = { kind: 'block'; checkpoint: Checkpoint } | { kind: 'mark'; mark: Mark };

/** The entry that these 64 bytes are; null if they are none, or torn. */
export function decodeEntry(bytes: Buffer): Entry | null {
  if (bytes.length !== ENTRY_BYTES || !isSealed(bytes)) return null;
  const type = bytes.readUInt8(0);
  if (type === BLOCK) return { kind: 'block', checkpoint: readCheckpoint(bytes, 2, bytes.readUInt8(1)) };
  const kind = MARK_KINDS[bytes.readUInt8(1)];
  if (type !== MARK || kind === undefined) return null;
  const [offset, line, time] = [bytes.readUIntLE(2, 6), bytes.readUIntLE(8, 6), bytes.readUIntLE(14, 6)];
  const label = bytes.toString('utf8', 25, 25 + Math.min(bytes.readUInt8(24), LABEL_BYTES));
  return { kind: 'mark', mark: { kind, number: bytes.readUInt32LE(20), label, time, offset, line } };
}

function writeCheckpoint(bytes: Buffer, at: number, { offset, line, time, levels }: Checkpoint): void {
  bytes.writeUIntLE(offset, at, 6);
  bytes.writeUIntLE(line, at + 6, 6);
  bytes.writeUIntLE(time, at + 12, 6);
  for (const [i, count] of levels.entries()) bytes.writeUIntLE(count, at + 18 + 6 * i, 6);
}

function readCheckpoint(bytes: Buffer, at: number, flags: number): Checkpoint {
  return {
    offset: bytes.readUIntLE(at, 6),
    line: bytes.readUIntLE(at + 6, 6),
    time: bytes.readUIntLE(at + 12, 6),
    levels: LEVELS.map((_, i) => bytes.readUIntLE(at + 18 + 6 * i, 6)),
    continues: (flags & CONTINUES) !== 0,
  };
}

/** Puts the check sum of all other bytes into the last four. */
function sealed(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

const isSealed = (bytes: Buffer): boolean =>
  bytes.readUInt32LE(bytes.length - 4) === crc32(bytes.subarray(0, -4));
