/**
 * How a history lies on disk; version 1.
 *
 * Its folder is `DATA/history/WORKSPACE`. Each engine that has the workspace open is a writer, and has files of its own:
 *
 *     START-PID-N.jsonl   the records, one JSON object a line, appended only
 *     START-PID-N.idx     an index of those lines (format.ts); can be made again from them
 *
 * START is when the writer began (UTC, 20250408T120000123Z), N counts its segments from 0. Of two apps neither touches what
 * the other writes; who reads puts all together. Every line has a version `v` and a `kind`. The first line of a segment
 * says who writes it (`segment`); before the first record, and where it has changed, comes the graph of the modules
 * (`graph`). Before a build, a reload or a server's life stands what would be to say of it if no more came (`begun`): where its
 * writer is gone and no record of the same kind and beginning follows, it counts as one. All others are records. Who reads skips what is of a later version, of an unknown kind or broken, and a last
 * line without an end: its writer died over it, or is writing it just now.
 */
import { z } from 'zod';
import {
  HISTORY_VERSION,
  type HistoryRecord,
  HistoryRecordSchema,
  type ModuleGraph,
  ModuleGraphSchema,
} from '#shared/contract.ts';
import type { Owner } from '../logs/store/format.ts';

const v = z.literal(HISTORY_VERSION);

const HeadSchema = z.object({
  v,
  kind: z.literal('segment'),
  owner: z.object({ pid: z.number(), started: z.number(), boot: z.number() }),
});
const GraphSchema = z.object({ v, kind: z.literal('graph'), graph: ModuleGraphSchema });
const BegunSchema = z.object({ v, kind: z.literal('begun'), record: HistoryRecordSchema });
const LineSchema = z.discriminatedUnion('kind', [
  ...HistoryRecordSchema.options,
  HeadSchema,
  GraphSchema,
  BegunSchema,
]);

export type Line =
  | { kind: 'record'; record: HistoryRecord }
  | { kind: 'segment'; owner: Owner }
  | { kind: 'graph'; graph: ModuleGraph }
  /** What would be to say of what begins if no more came. */
  | { kind: 'begun'; record: HistoryRecord }
  /** Of a later version or another program, or broken. */
  | { kind: 'other' };

/** The bytes of a line, its end included. */
export function encodeLine(line: Exclude<Line, { kind: 'other' }>): Buffer {
  return Buffer.from(`${JSON.stringify(jsonOf(line))}\n`);
}

function jsonOf(line: Exclude<Line, { kind: 'other' }>): object {
  if (line.kind === 'record') return line.record;
  return { v: HISTORY_VERSION, ...line };
}

/** @param bytes those of a line, with its end or without. */
export function decodeLine(bytes: Buffer): Line {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return { kind: 'other' };
  }
  const parsed = LineSchema.safeParse(value);
  if (!parsed.success) return { kind: 'other' };
  const line = parsed.data;
  if (line.kind === 'segment') return { kind: 'segment', owner: line.owner };
  if (line.kind === 'graph') return { kind: 'graph', graph: line.graph };
  if (line.kind === 'begun') return { kind: 'begun', record: line.record };
  return { kind: 'record', record: line };
}
