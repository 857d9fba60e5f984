import type { Stream } from '#shared/contract.ts';
import { StreamSchema } from '#shared/contract.ts';

/** Which run, which part of it, which of its two files. */
export interface SegmentFile {
  run: string;
  segment: number;
  kind: 'log' | 'idx';
}

const FILE = /^([a-z]{1,20}-\d{8}T\d{9}Z)-(\d{1,9})\.(log|idx)$/;
const RUN = /^([a-z]{1,20})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;
const WORKSPACE = /^[A-Za-z0-9][\w.-]{0,127}$/;

/** The id of the run of a stream that started then. */
export const runId = (stream: Stream, started: number): string =>
  `${stream}-${new Date(started).toISOString().replace(/[-:.]/g, '')}`;

/** Stream and start of a run; null if that is no run's id. */
export function parseRunId(run: string): { stream: Stream; started: number } | null {
  const [, name, year, month, day, ...rest] = RUN.exec(run) ?? [];
  const stream = StreamSchema.safeParse(name);
  if (!stream.success) return null;
  const started = Date.parse(`${year}-${month}-${day}T${rest.slice(0, 3).join(':')}.${rest[3]}Z`);
  return Number.isNaN(started) ? null : { stream: stream.data, started };
}

export const segmentFile = ({ run, segment, kind }: SegmentFile): string => `${run}-${segment}.${kind}`;

/** Null: the file is no run's. */
export function parseSegmentFile(name: string): SegmentFile | null {
  const [, run = '', segment, kind] = FILE.exec(name) ?? [];
  if ((kind !== 'log' && kind !== 'idx') || parseRunId(run) === null) return null;
  return { run, segment: Number(segment), kind };
}

/** Whether it can be the name of a workspace's folder. */
export const isWorkspaceId = (id: string): boolean => WORKSPACE.test(id);
