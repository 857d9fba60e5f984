/** What the history comes to in numbers: how long things take, how that changes, and what was out of the ordinary. */
import { z } from 'zod';
import { BuildRecordSchema } from './history.ts';
import { name } from './parameters.ts';

const count = z.number().int().nonnegative();
/** ms since the epoch. */
const moment = z.number().int();
/** ms. */
const span = z.number().nonnegative();

/**
 * What is measured, of a module and of the whole; ms:
 * `build`: compiling its crate; of the whole, a build that went well and compiled something.
 * `link`: what of that was linking.
 * `unload`, `load`: from the step of a reload before it to its own; of the whole, all unloads and then all loads. The first
 * unload counts from the signal: what the server finishes before it is in there.
 * `swap`: from the first save of what a build took in to its load; of the whole, to the last load.
 */
export const MeasureSchema = z.enum(['build', 'link', 'unload', 'load', 'swap']);
export type Measure = z.infer<typeof MeasureSchema>;

/** Whether it has become slower or faster; of all that was looked at, also of what lies before the range. */
const TrendSchema = z.discriminatedUnion('kind', [
  /** `days`: the last 7 days against the 7 before; `counts`: the last ones against as many before. */
  z.object({
    kind: z.enum(['days', 'counts']),
    /** `steady`: the difference is small, or no larger than chance makes it. */
    direction: z.enum(['slower', 'faster', 'steady']),
    /** The medians, and of how many. */
    now: span,
    before: span,
    count,
    countBefore: count,
  }),
  /** There are too few to tell. */
  z.object({ kind: z.literal('few'), count, needed: count }),
]);
export type Trend = z.infer<typeof TrendSchema>;

const FigureSchema = z.object({
  count: count.positive(),
  median: span,
  /** The smallest that is not exceeded by 95 of 100; of fewer than 20 that is the longest. */
  p95: span,
  trend: TrendSchema,
});
export type Figure = z.infer<typeof FigureSchema>;

/** One measurement, and the record that it is from. */
const SampleSchema = z.object({ id: z.string(), at: moment, ms: span, slow: z.boolean() });
export type Sample = z.infer<typeof SampleSchema>;

/** The crate that took most of the critical path, in most of the builds. */
const SlowestCrateSchema = z.object({
  name: z.string(),
  /** In so many builds, of those whose path is known. */
  times: count.positive(),
  of: count.positive(),
  /** Of its part of the path. */
  median: span,
});
export type SlowestCrate = z.infer<typeof SlowestCrateSchema>;

/** What a module, or the whole, comes to. A figure is null where nothing was measured. */
const NumbersRowSchema = z.object({
  /** Null: the whole. */
  module: z.string().nullable(),
  /** Builds that compiled it, and those of them that failed; reloads that moved it. */
  builds: count,
  failed: count,
  reloads: count,
  figures: z.record(MeasureSchema, FigureSchema.nullable()),
  slowest: SlowestCrateSchema.nullable(),
  /** Its latest builds, the oldest first. */
  last: z.array(SampleSchema),
});
export type NumbersRow = z.infer<typeof NumbersRowSchema>;

/** A record with something that took unusually long, against those before it. */
const SlowRecordSchema = z.object({
  id: z.string(),
  kind: z.enum(['build', 'reload']),
  at: moment,
  /** The number of a reload. */
  number: count.nullable(),
  /** What took long, the longest first. */
  parts: z.array(
    z.object({
      module: z.string().nullable(),
      measure: MeasureSchema,
      ms: span,
      /** The median of those before it, how many, and from when on it is unusual. */
      usual: span,
      count,
      limit: span,
    }),
  ),
});
export type SlowRecord = z.infer<typeof SlowRecordSchema>;

const PathCrateSchema = z.object({
  name: z.string(),
  /** ms after the build began; null: not measured. */
  began: span.nullable(),
  ended: span,
  link: span.nullable(),
  /** Of the critical path: ms that the build waited for it alone. Null: it is not on it. */
  share: span.nullable(),
  /** The one on the path that it waited for: because it needs that, or as far as the times tell. Null: for none. */
  after: z.object({ name: z.string(), why: z.enum(['needs', 'times']) }).nullable(),
});
export type PathCrate = z.infer<typeof PathCrateSchema>;

/** What the latest build that compiled something waited for. */
const LastPathSchema = z.object({
  id: z.string(),
  at: moment,
  took: span,
  outcome: BuildRecordSchema.shape.outcome,
  /** By `began`; the longest, and all that are on the path. */
  crates: z.array(PathCrateSchema),
  /** How many crates are left out of that. */
  left: count,
  /** When each crate began was measured: without it there is no path. */
  timed: z.boolean(),
});
export type LastPath = z.infer<typeof LastPathSchema>;

/** How much was looked at: the latest records of all, and how many earlier ones of the range were left out. */
const looked = z.object({ inRange: count, all: count, left: count });

export const numbersQuestionSchemas = {
  numbers: z.strictObject({
    /** The range: so many days up to now. */
    days: z.number().int().min(1).max(3650),
    /** Whose measurements are wanted one by one; null: those of the whole. */
    focus: name.nullable().optional(),
  }),
} as const;

export const numbersAnswerSchemas = {
  numbers: z.object({
    from: moment,
    to: moment,
    builds: looked,
    reloads: looked,
    whole: NumbersRowSchema,
    /** All that were built or moved, by name. */
    modules: z.array(NumbersRowSchema),
    focus: z.object({
      module: z.string().nullable(),
      /** The latest of the range, the oldest first. */
      samples: z.record(MeasureSchema, z.array(SampleSchema)),
      /** Save-to-swapped of reloads that nobody had to ask for; null: there are none. */
      unasked: z.object({ count: count.positive(), median: span }).nullable(),
    }),
    /** The latest first. */
    slow: z.array(SlowRecordSchema),
    path: LastPathSchema.nullable(),
  }),
} as const;
