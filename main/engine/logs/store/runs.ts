import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stream } from '#shared/contract.ts';
import { codeOf, type Result, success } from '../../result.ts';
import type { Mark, Owner } from './format.ts';
import type { LevelCounts } from './lineIndexer.ts';
import { isAlive } from './owner.ts';
import { parseRunId, parseSegmentFile } from './runNames.ts';
import { levelsBetween, RunReader } from './runReader.ts';

export interface RunInfo {
  id: string;
  stream: Stream;
  /** ms since the epoch. */
  started: number;
  /** `cut-off`: its writer is gone without a word. */
  state: 'live' | 'ended' | 'cut-off';
  /** ms since the epoch; of one that was cut off, when it was last written. Null while it is live. */
  ended: number | null;
  /** What there is of it: bytes on disk, and which lines [firstLine, endLine). */
  bytes: number;
  firstLine: number;
  endLine: number;
  /** How many records of each level that is, in the order of `LEVELS`. */
  levels: LevelCounts;
  marks: Mark[];
}

/** The latest runs of a workspace, the latest first. One that can't be read is left out. @param most so many are read. */
export async function listRuns(folder: string, most = Number.POSITIVE_INFINITY): Promise<RunInfo[]> {
  const runs: RunInfo[] = [];
  for (const id of (await latestRuns(folder)).slice(0, most)) {
    const info = await describeRun(folder, id);
    if (info.ok) runs.push(info.value);
  }
  return runs;
}

/** The ids of all runs, the latest first. Looks at names only. */
export async function latestRuns(folder: string): Promise<string[]> {
  const started = (id: string): number => parseRunId(id)?.started ?? 0;
  return [...(await runIds(folder))].sort((a, b) => started(b) - started(a));
}

async function describeRun(folder: string, id: string): Promise<Result<RunInfo>> {
  const opened = await RunReader.open(folder, id);
  if (!opened.ok) return opened;
  const reader = opened.value;
  try {
    const [last, marks] = [await reader.last(), await reader.marks()];
    if (!last.ok) return last;
    return marks.ok ? success(await infoOf(reader, last.value.owner, marks.value)) : marks;
  } finally {
    await reader.close();
  }
}

async function infoOf(reader: RunReader, owner: Owner | null, marks: Mark[]): Promise<RunInfo> {
  const { run, folder, extent } = reader;
  const { stream, started } = parseRunId(run) ?? { stream: 'server', started: 0 };
  const end = marks.findLast(({ kind }) => kind === 'run-ended');
  const live = end === undefined && owner !== null && isAlive(owner);
  return {
    id: run,
    stream,
    started,
    state: end !== undefined && end.label !== CUT_OFF ? 'ended' : live ? 'live' : 'cut-off',
    ended: end?.time ?? (live ? null : await lastWritten(folder, run)),
    bytes: extent.end.offset - extent.begin.offset,
    firstLine: extent.begin.line,
    endLine: extent.end.line,
    levels: levelsBetween(extent.begin, extent.end),
    marks,
  };
}

/** The label of the end of a run whose writer didn't come to say it. */
export const CUT_OFF = 'cut off';

/** One of the files of a run, as the folder has it. */
export interface StoredFile {
  name: string;
  run: string;
  segment: number;
  kind: 'log' | 'idx';
  bytes: number;
  /** ms since the epoch. */
  written: number;
}

/** The files of all runs in a folder, and no others; none where there is no folder. */
export async function storedFiles(folder: string): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for (const name of await namesIn(folder)) {
    const parsed = parseSegmentFile(name);
    if (parsed === null) continue;
    const found = await stat(join(folder, name)).catch(nullIfGone);
    if (found !== null) files.push({ name, ...parsed, bytes: found.size, written: found.mtimeMs });
  }
  return files;
}

async function runIds(folder: string): Promise<Set<string>> {
  const files = (await namesIn(folder)).map(parseSegmentFile);
  return new Set(files.flatMap((file) => (file?.kind === 'log' ? [file.run] : [])));
}

async function lastWritten(folder: string, run: string): Promise<number> {
  const files = (await storedFiles(folder)).filter((file) => file.run === run && file.kind === 'log');
  return Math.max(0, ...files.map(({ written }) => Math.round(written)));
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => nullIfGone(error) ?? []);

function nullIfGone(error: unknown): null {
  // Something else may stand where the folder should be: then there is no run in it either.
  if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
  throw error;
}
