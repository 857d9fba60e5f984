/** Which of a writer's segments, which of its two files. */
export interface SegmentName {
  /** Who writes: `20250408T120000123Z-4711`, when it began to and its process id. */
  writer: string;
  segment: number;
}

const FILE = /^(\d{8}T\d{9}Z-\d{1,10})-(\d{1,9})\.(jsonl|idx)$/;
const ID = /^(\d{8}T\d{9}Z-\d{1,10})\.(\d{1,9}):(\d{1,15})$/;

/** @param started ms since the epoch. */
export const writerName = (started: number, pid: number): string =>
  `${new Date(started).toISOString().replace(/[-:.]/g, '')}-${pid}`;

export const segmentFile = ({ writer, segment }: SegmentName, kind: 'jsonl' | 'idx'): string =>
  `${writer}-${segment}.${kind}`;

/** Null: the file is none of the history's. */
export function parseSegmentFile(file: string): (SegmentName & { kind: 'jsonl' | 'idx' }) | null {
  const [, writer = '', segment, kind] = FILE.exec(file) ?? [];
  return kind === 'jsonl' || kind === 'idx' ? { writer, segment: Number(segment), kind } : null;
}

/** An index that is being made again, before it takes the place of the one that was bad. */
export const unfinishedIndex = (name: SegmentName): string =>
  `${segmentFile(name, 'idx')}.${process.pid}.tmp`;

export const isUnfinishedIndex = (file: string): boolean =>
  /\.tmp$/.test(file) && parseSegmentFile(file.replace(/\.\d+\.tmp$/, ''))?.kind === 'idx';

/** What a record is called: where its line begins. */
export const recordId = ({ writer, segment }: SegmentName, offset: number): string =>
  `${writer}.${segment}:${offset}`;

/** Null: that is no record's id. */
export function parseRecordId(id: string): (SegmentName & { offset: number }) | null {
  const [, writer, segment, offset] = ID.exec(id) ?? [];
  return writer === undefined ? null : { writer, segment: Number(segment), offset: Number(offset) };
}

/** The order in which segments were begun. */
export const bySegment = (a: SegmentName, b: SegmentName): number =>
  a.writer === b.writer ? a.segment - b.segment : a.writer < b.writer ? -1 : 1;
