/** What had begun when its writer went: pure, but for the question whether it went. */
import type { HistoryKind, HistoryRecord } from '#shared/contract.ts';
import type { Owner } from '../logs/store/format.ts';
import { isAlive, ourselves } from '../logs/store/owner.ts';

/** Interval, ms, at which a writer touches its file while anything has begun and is not over: its sign of life. */
export const BEAT_MS: Readonly<Record<HistoryKind, number>> = {
  edit: 30_000,
  build: 2_000,
  reload: 2_000,
  server: 10_000,
};

/** Who can't be seen, on another machine or without /proc, and gave no sign for so long, is gone, ms. */
const SILENT_MS = 150_000;

/** Whether nobody will say any more how what this writer began came out. @param seen its last sign of life; both ms since the epoch. */
export function isGone(owner: Owner | null, seen: number, now: number): boolean {
  const isSilent = now - seen > SILENT_MS;
  if (owner === null) return isSilent;
  const isCertain = owner.started !== 0 && owner.boot === ourselves().boot;
  return isCertain ? !isAlive(owner) : isSilent || (owner.boot === ourselves().boot && !isAlive(owner));
}

/** The record of what was cut off. @param record what was said when it began. @param lasted ms. */
export function cutOff(record: HistoryRecord, lasted: number): HistoryRecord {
  switch (record.kind) {
    case 'edit':
      return record;
    case 'build':
    case 'reload':
      return { ...record, took: lasted };
    case 'server':
      return { ...record, at: record.at + Math.round(lasted), life: lasted };
  }
}
