import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../logs/store/owner.ts';
import { nullIfGone, type StoredSegment, storedSegments } from './disk.ts';
import type { HistoryLimits } from './historyLimits.ts';
import { Segment } from './segment.ts';
import { isUnfinishedIndex, segmentFile } from './segmentNames.ts';

/** What was written this recently is left alone: its writer may be on another machine, where it can't be seen. */
const QUIET_MS = 10 * 60 * 1000;

/**
 * Removes segments that are too old, then the oldest until the rest fits; never one that anybody may be writing. Fails as
 * the file system does; what was done so far stays done.
 */
export async function tidyHistory(folder: string, limits: HistoryLimits, now: number): Promise<void> {
  const segments = await storedSegments(folder);
  let total = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const segment of segments) {
    if (now - segment.written <= limits.ageMs && total <= limits.totalBytes) continue;
    if (await mayBeWritten(folder, segment, segments, now)) continue;
    for (const kind of ['idx', 'jsonl'] as const)
      await unlink(join(folder, segmentFile(segment, kind))).catch(nullIfGone);
    total -= segment.bytes;
  }
  await removeLeftovers(folder, now);
}

/** What somebody who mended an index did not live to put in its place. */
async function removeLeftovers(folder: string, now: number): Promise<void> {
  for (const file of (await readdir(folder).catch(nullIfGone)) ?? []) {
    if (!isUnfinishedIndex(file)) continue;
    const found = await stat(join(folder, file)).catch(nullIfGone);
    if (found !== null && now - found.mtimeMs > QUIET_MS) await unlink(join(folder, file)).catch(nullIfGone);
  }
}

async function mayBeWritten(
  folder: string,
  stored: StoredSegment,
  all: readonly StoredSegment[],
  now: number,
): Promise<boolean> {
  const { writer, segment } = stored;
  if (all.some((other) => other.writer === writer && other.segment > segment)) return false;
  if (now - stored.written < QUIET_MS) return true;
  const reader = new Segment(folder, { writer, segment });
  await reader.refresh(stored);
  const owner = await reader.owner();
  return owner !== null && isAlive(owner);
}
