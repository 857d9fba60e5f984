/** Stored logs, as the window asks for them. */
import { z } from 'zod';

export const StreamSchema = z.enum(['server', 'build']);
export type Stream = z.infer<typeof StreamSchema>;

const LevelSchema = z.enum(['trace', 'debug', 'info', 'warn', 'error']);

const count = z.number().int().nonnegative();

/** How many records there are of each level; those of none are not counted. */
export const LevelCountsSchema = z.record(LevelSchema, count);
export type LevelCounts = z.infer<typeof LevelCountsSchema>;

/** Something that happened while a log was written. */
const LogMarkSchema = z.object({
  kind: z.enum(['build-ended', 'reload-began', 'reload-ended', 'run-ended']),
  /** The reload's number; 0 for others. */
  number: count,
  /** The verdict, or how it ended. */
  label: z.string(),
  /** ms since the epoch. */
  time: z.number(),
  /** The number of the line that came next. */
  line: count,
});
export type LogMark = z.infer<typeof LogMarkSchema>;

/** What one server wrote from its start to its end, or one build. */
const LogRunSchema = z.object({
  id: z.string(),
  stream: StreamSchema,
  /** ms since the epoch. */
  started: z.number(),
  /** `cut-off`: the app was gone before it ended. */
  state: z.enum(['live', 'ended', 'cut-off']),
  ended: z.number().nullable(),
  bytes: count,
  /** The first line that is still there, and the one after the last. */
  firstLine: count,
  endLine: count,
  levels: LevelCountsSchema,
  marks: z.array(LogMarkSchema),
});
export type LogRun = z.infer<typeof LogRunSchema>;

const LogFieldSchema = z.object({ name: z.string(), value: z.string() });

/** One thing that a program said: mostly a line, sometimes several. */
const LogRecordSchema = z.object({
  /** The number of its first line, and how many it takes. */
  line: count,
  lines: count,
  /** When it says it was written, and when it came, about; ms since the epoch. */
  time: z.number().nullable(),
  arrived: z.number(),
  level: LevelSchema.nullable(),
  target: z.string().nullable(),
  /** The first part of the target. */
  module: z.string().nullable(),
  spans: z.array(z.object({ name: z.string(), fields: z.array(LogFieldSchema) })),
  message: z.string(),
  fields: z.array(LogFieldSchema),
  /** As it came, its first line with colors; long ones are cut. */
  raw: z.string(),
  /** The lines below the first, without colors. */
  extra: z.array(z.string()),
});
export type LogRecord = z.infer<typeof LogRecordSchema>;

/** What to look for, in the text without colors. */
export const LogPatternSchema = z.strictObject({
  text: z.string().max(1000),
  regex: z.boolean(),
  caseSensitive: z.boolean(),
});
export type LogPattern = z.infer<typeof LogPatternSchema>;

/** Conditions that all have to hold. */
const LogFilterSchema = z.strictObject({
  /** Records of these levels, with `none` those that have none; empty for all. */
  levels: z.array(z.union([LevelSchema, z.literal('none')])).max(6),
  /** A part of the target; empty for all. */
  target: z.string().max(256),
  pattern: LogPatternSchema.nullable(),
  /** From this line on; null for all. */
  since: count.nullable(),
});
export type LogFilter = z.infer<typeof LogFilterSchema>;

/** Places where a search found something. */
export const LogHitSchema = z.object({
  line: count,
  spans: z.array(z.object({ start: count, length: count })),
});
export type LogHit = z.infer<typeof LogHitSchema>;

const run = z.string().min(1).max(64);

/** What the window may ask about stored logs. */
export const logQuestionSchemas = {
  /** The runs of this workspace, the latest first. */
  logRuns: z.strictObject({}),
  /** Records before a line (the nearest ones, in their order), or from a line on. */
  readLog: z.strictObject({
    run,
    filter: LogFilterSchema,
    /** Forward: the first line that counts. Backward: the one after the last. Null: the beginning or the end. */
    from: count.nullable(),
    direction: z.enum(['forward', 'backward']),
    limit: z.number().int().min(1).max(1000),
  }),
  /** What a search finds on both sides of a line, where there is more than it has told about. */
  logHits: z.strictObject({ run, pattern: LogPatternSchema, line: count }),
} as const;

export const logAnswerSchemas = {
  logRuns: z.array(LogRunSchema),
  readLog: z.object({
    records: z.array(LogRecordSchema),
    /** Where to go on in the same direction; null where there is no more. It may be that only a part was looked at. */
    next: count.nullable(),
    /** The line after the last one that there is now. */
    endLine: count,
  }),
  /** `first`: how many hits there are before these. */
  logHits: z.object({ first: count, hits: z.array(LogHitSchema) }),
} as const;
