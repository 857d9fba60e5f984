import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { saveFile } from '../../../files/saveFile.ts';
import { codeOf } from '../../result.ts';
import { encodeBlock, encodeHeader, encodeMark } from './format.ts';
import type { StoreLimits } from './logLimits.ts';
import { isAlive } from './owner.ts';
import { parseRunId, segmentFile } from './runNames.ts';
import { type LastSegment, RunReader } from './runReader.ts';
import { CUT_OFF, type StoredFile, storedFiles } from './runs.ts';

/**
 * A run without an end that was written this recently is left alone, whatever its process id says: where several machines
 * or containers share a home, the process can't be seen from here.
 */
const QUIET_MS = 10 * 60 * 1000;

interface StoredRun {
  id: string;
  bytes: number;
  /** ms since the epoch. */
  written: number;
  files: StoredFile[];
}

/**
 * Removes the runs that are too old, then the oldest until the rest fits, and finishes those that were cut off. A run that
 * anybody is writing is never touched. Fails as the file system does; what was done so far stays done.
 */
export async function tidyRuns(folder: string, limits: StoreLimits, now: number): Promise<void> {
  const runs = runsOf(await storedFiles(folder));
  let total = runs.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const run of runs) {
    const last = await lastOf(folder, run.id);
    const ended = last?.index.marks.some(({ kind }) => kind === 'run-ended') ?? false;
    if (!ended && isBeingWritten(run, last, now)) continue;
    if (now - run.written > limits.ageMs || total > limits.totalBytes) {
      for (const file of run.files) await remove(folder, file.name);
      total -= run.bytes;
    } else if (!ended && last !== null) await finish(folder, run, last);
  }
}

/** Removes the first segments of a run that has grown over its limit; never the last one. */
export async function dropFirstSegments(folder: string, run: string, limits: StoreLimits): Promise<void> {
  const files = (await storedFiles(folder)).filter((file) => file.run === run);
  const segments = [...new Set(files.map(({ segment }) => segment))].sort((a, b) => a - b);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const segment of segments.slice(0, -1)) {
    if (bytes <= limits.runBytes) return;
    for (const kind of ['log', 'idx'] as const) await remove(folder, segmentFile({ run, segment, kind }));
    bytes -= files.filter((file) => file.segment === segment).reduce((sum, file) => sum + file.bytes, 0);
  }
}

/** Runs with all their files, the oldest first. */
function runsOf(files: readonly StoredFile[]): StoredRun[] {
  const runs = new Map<string, StoredRun>();
  for (const file of files) {
    const run = runs.get(file.run) ?? { id: file.run, bytes: 0, written: 0, files: [] };
    run.bytes += file.bytes;
    run.written = Math.max(run.written, file.written);
    run.files.push(file);
    runs.set(file.run, run);
  }
  const startOf = ({ id }: StoredRun) => parseRunId(id)?.started ?? 0;
  return [...runs.values()].sort((a, b) => startOf(a) - startOf(b));
}

async function lastOf(folder: string, run: string): Promise<LastSegment | null> {
  const opened = await RunReader.open(folder, run);
  if (!opened.ok) return null;
  const last = await opened.value.last();
  await opened.value.close();
  return last.ok ? last.value : null;
}

const isBeingWritten = (run: StoredRun, last: LastSegment | null, now: number): boolean =>
  now - run.written < QUIET_MS || (last?.owner != null && isAlive(last.owner));

/** Gives a run that was cut off an end, and an index that holds all that is known of it. */
async function finish(folder: string, run: StoredRun, { number, owner, index }: LastSegment): Promise<void> {
  const begin = index.checkpoints.at(0);
  if (begin === null) return;
  const { offset, line } = index.end;
  const time = Math.round(run.written);
  const blocks = Array.from({ length: index.checkpoints.length - 1 }, (_, i) => index.checkpoints.at(i + 1));
  const bytes = Buffer.concat([
    encodeHeader({ segment: number, owner: owner ?? { pid: 0, started: 0, boot: 0 }, begin }),
    ...blocks.flatMap((block) => (block === null ? [] : [encodeBlock(block)])),
    ...index.marks.map(encodeMark),
    encodeMark({ kind: 'run-ended', number: 0, label: CUT_OFF, time, offset, line }),
  ]);
  const name = segmentFile({ run: run.id, segment: number, kind: 'idx' });
  await saveFile(join(folder, name), bytes, { beside: join(folder, `${name}.tmp`) });
}

async function remove(folder: string, name: string): Promise<void> {
  try {
    await unlink(join(folder, name));
  } catch (error) {
    // Another instance was faster.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
