/**
 * The index of a segment: a header of 16 bytes, then an entry of 96 bytes for each line, in order. All numbers are
 * little-endian; times are ms since the epoch.
 *
 *     header   0 "HDHI"   4 u16 version   6 u16 size of an entry   12 u32 check sum of what is before
 *     entry    0 f64 time   8 f64 ms that it took, NaN for a moment   16 f64 offset of the line   24 u32 its length
 *              28 u8 type   29 u8 outcome   30 u8 tone   31 u8 length and 60 bytes of a label in UTF-8
 *              92 u32 check sum of what is before: FNV-1a over its u32 words
 *
 * An entry is written after its line. So there may be lines that it lacks, and it is made good from them.
 */
import {
  type HistoryKind,
  HistoryKindSchema,
  type HistoryOutcome,
  type HistoryTone,
} from '#shared/contract.ts';
import { characterStart } from '../logs/store/utf8.ts';
import type { Summary } from './summary.ts';

const INDEX_VERSION = 1;
export const HEADER_BYTES = 16;
export const ENTRY_BYTES = 96;
const ENTRY_WORDS = ENTRY_BYTES / 4;
const LABEL_BYTES = 60;
const MAGIC = 'HDHI';

/** Their numbers are on disk: new ones go to the end. Whoever does not know one takes it for `other`. */
const TYPES = [
  'other',
  'segment',
  'graph',
  'edit',
  'build',
  'reload',
  'server',
  'begun build',
  'begun reload',
  'begun server',
] as const;
type Type = (typeof TYPES)[number];
const BEGUN = { build: 'begun build', reload: 'begun reload', server: 'begun server' } as const;
const BEGUN_FROM = TYPES.indexOf(BEGUN.build);
export const TONES = ['quiet', 'good', 'warning', 'bad'] as const satisfies readonly HistoryTone[];
const OUTCOMES = [
  'edit',
  'ok',
  'failed',
  'cancelled',
  'swapped',
  'nothing',
  'partial',
  'stuck',
  'refused',
  'crashed',
  'timed out',
  'unproven',
  'start',
  'ready',
  'stop',
  'crash',
  'interrupted',
  'unseen',
  'ended',
] as const satisfies readonly HistoryOutcome[];

export interface IndexEntry {
  /** What it says of a record, or what else the line is. */
  what: Summary | 'other' | 'segment' | 'graph';
  /** It is what would be to say of it if no more came: it has but begun. */
  isBegun?: boolean;
  /** Where the line lies, its end included. */
  offset: number;
  length: number;
}

export function encodeHeader(): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt16LE(INDEX_VERSION, 4);
  bytes.writeUInt16LE(ENTRY_BYTES, 6);
  return sealed(bytes);
}

/** `other`: of a version that is not known here; null: it is none, or torn. */
export function readHeader(bytes: Buffer): 'ours' | 'other' | null {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 4) !== MAGIC) return null;
  if (bytes.readUInt16LE(4) !== INDEX_VERSION) return 'other';
  return bytes.subarray(0, HEADER_BYTES).equals(encodeHeader()) ? 'ours' : null;
}

export function encodeEntry({ what, isBegun = false, offset, length }: IndexEntry): Buffer {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  const summary = typeof what === 'string' ? null : what;
  bytes.writeDoubleLE(summary?.at ?? 0, 0);
  bytes.writeDoubleLE(summary?.took ?? Number.NaN, 8);
  bytes.writeDoubleLE(offset, 16);
  bytes.writeUInt32LE(length, 24);
  bytes.writeUInt8(TYPES.indexOf(typeof what === 'string' ? what : typeOfKind(what.kind, isBegun)), 28);
  if (summary !== null) {
    bytes.writeUInt8(OUTCOMES.indexOf(summary.outcome), 29);
    bytes.writeUInt8(TONES.indexOf(summary.tone), 30);
    const label = Buffer.from(summary.label);
    const cut = label.length > LABEL_BYTES ? characterStart(label, LABEL_BYTES, label) : label.length;
    bytes.writeUInt8(cut, 31);
    label.copy(bytes, 32, 0, cut);
  }
  return sealed(bytes);
}

/** Whether the 96 bytes that begin here are a whole entry. @param words those of the bytes, `at` of which is the first. */
export const isEntry = (words: Uint32Array, at: number): boolean =>
  words[at + ENTRY_WORDS - 1] === checkSum(words, at, at + ENTRY_WORDS - 1);

/** The same bytes as words, without a copy where they lie as words must. */
export function wordsOf(bytes: Buffer): Uint32Array {
  const whole = bytes.length - (bytes.length % 4);
  if (bytes.byteOffset % 4 === 0) return new Uint32Array(bytes.buffer, bytes.byteOffset, whole / 4);
  return new Uint32Array(Uint8Array.from(bytes.subarray(0, whole)).buffer);
}

/** What the parts of an entry are that begins here, in bytes that were found to be good. */
export const offsetAt = (bytes: Buffer, at: number): number => bytes.readDoubleLE(at + 16);
export const lengthAt = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + 24);

/** Where some of them lie in the bytes as numbers of that width: many are read, and the machine is little-endian. */
export const PLACES = { timeDoubles: 0, tookDoubles: 1, type: 28, tone: 30 } as const;
export const ENTRY_DOUBLES = ENTRY_BYTES / 8;

/** All that it says of a record, or of what has but begun; null where it is neither. */
export function summaryAt(bytes: Buffer, at: number): Summary | null {
  const [kind, outcome, tone] = [
    anyKindOf(bytes.readUInt8(at + PLACES.type)),
    OUTCOMES[bytes.readUInt8(at + 29)],
    TONES[bytes.readUInt8(at + PLACES.tone)],
  ];
  if (kind === null || outcome === undefined || tone === undefined) return null;
  const took = bytes.readDoubleLE(at + 8);
  const label = bytes.toString('utf8', at + 32, at + 32 + Math.min(bytes.readUInt8(at + 31), LABEL_BYTES));
  return { kind, outcome, tone, at: bytes.readDoubleLE(at), took: Number.isNaN(took) ? null : took, label };
}

/** What the number of a type stands for. */
export const typeOf = (number: number): Type => TYPES[number] ?? 'other';

/** The kind of a record of this type; null: it is none. */
export const kindOf = (number: number): HistoryKind | null => KINDS[number] ?? null;

/** The kind of what has but begun; null: the type is another one. */
export const begunKindOf = (number: number): HistoryKind | null =>
  number < BEGUN_FROM ? null : (BEGUN_KINDS[number] ?? null);

const KINDS: readonly (HistoryKind | null)[] = TYPES.map(
  (type) => HistoryKindSchema.safeParse(type).data ?? null,
);
const BEGUN_KINDS: readonly (HistoryKind | null)[] = TYPES.map(
  (type) => HistoryKindSchema.options.find((kind) => kind !== 'edit' && BEGUN[kind] === type) ?? null,
);

const anyKindOf = (number: number): HistoryKind | null => kindOf(number) ?? begunKindOf(number);

const typeOfKind = (kind: HistoryKind, isBegun: boolean): Type =>
  isBegun && kind !== 'edit' ? BEGUN[kind] : kind;

/** Puts the check sum of all other bytes into the last four. */
function sealed(bytes: Buffer): Buffer {
  const words = wordsOf(bytes);
  bytes.writeUInt32LE(checkSum(words, 0, words.length - 1), bytes.length - 4);
  return bytes;
}

/** Of the words [from, to). */
function checkSum(words: Uint32Array, from: number, to: number): number {
  let sum = 0x811c9dc5;
  for (let i = from; i < to; i += 1) sum = Math.imul(sum ^ (words[i] ?? 0), 0x01000193);
  return sum >>> 0;
}
