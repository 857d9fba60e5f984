/** What happened in a workspace, as it is kept and asked for. */
import { z } from 'zod';
import { ModuleGraphSchema, ModuleStateNameSchema } from './modules.ts';
import { name } from './parameters.ts';
import { ProblemSchema } from './problems.ts';
import { LastReloadSchema, PlanSchema } from './reloads.ts';
import { WhySchema } from './why.ts';

/** The version of the records that are written now. */
export const HISTORY_VERSION = 1 as const;

const count = z.number().int().nonnegative();
/** ms since the epoch. */
const moment = z.number().int();
/** ms; null: not known. */
const span = z.number().nonnegative().nullable();

/** What every record has. */
const base = {
  v: z.literal(HISTORY_VERSION),
  /** When it began; ms since the epoch. */
  at: moment,
  /** The stored log that it is about: the build's own one, or the server's. Null: none is stored. */
  run: z.string().nullable(),
  /** Its lines in there: the first, and the one after the last. Null with `run`. */
  line: count.nullable(),
  endLine: count.nullable(),
  /** The states of the modules, when it was over; of what was interrupted, when it began. */
  modules: z.record(z.string(), ModuleStateNameSchema),
};

/** Files that were saved together. `run` is the server's, if one ran. */
const EditRecordSchema = z.object({
  ...base,
  kind: z.literal('edit'),
  /** Relative to the workspace. */
  files: z.array(z.string()),
  /** The modules that those belong to. */
  owners: z.array(z.string()),
});

const BuildTriggerSchema = z.object({
  /**
   * `asked`: Build was pressed; `start`, `reload`: that needed a build; `set-up`: how it is built was changed; `elsewhere`:
   * somebody else replaced files, and how long that took is not known.
   */
  kind: z.enum(['edit', 'asked', 'start', 'reload', 'set-up', 'elsewhere']),
  /** All edited files that it took in, whoever asked. Relative to the workspace. */
  files: z.array(z.string()),
  /** The first edited file, or what was asked for: `Reload api`. */
  text: z.string(),
});
export type BuildTrigger = z.infer<typeof BuildTriggerSchema>;

/** A package that was compiled. */
const CompiledCrateSchema = z.object({
  name: z.string(),
  /** ms after the build began: when cargo named it, and when all of it was there. */
  began: span,
  ended: span,
  /** ms: from one to the other, and how much of that was spent linking. */
  took: span,
  link: span,
});
export type CompiledCrate = z.infer<typeof CompiledCrateSchema>;

export const BuildRecordSchema = z.object({
  ...base,
  kind: z.literal('build'),
  /** ms that it worked. What it waited for a lock of cargo's is `waited`, and in neither that nor in the times of crates. */
  took: z.number().nonnegative(),
  waited: z.number().nonnegative().default(0),
  trigger: BuildTriggerSchema,
  /** `interrupted`: Hotdeck itself was ended meanwhile, and `took` reaches to its last sign of life. */
  outcome: z.enum(['ok', 'failed', 'cancelled', 'interrupted']),
  /** Why it failed or was interrupted, where no problem says so. */
  message: z.string().nullable(),
  /** Packages that were compiled, in the order in which they were done. */
  compiled: z.array(CompiledCrateSchema),
  /** Packages that cargo found as they should be. */
  fresh: z.array(z.string()),
  /** ms of the whole that some crate was being linked. */
  link: span,
  /** Modules that were rebuilt, and why each was: a sentence. */
  rebuilt: z.array(z.string()),
  reasons: z.record(z.string(), z.string()),
  /** The same as values. */
  whys: z.array(WhySchema).optional(),
  problems: z.object({
    errors: count,
    warnings: count,
    /** The first ones; their texts may be cut. */
    list: z.array(ProblemSchema),
  }),
});

const ReloadRecordSchema = z.object({
  ...base,
  ...LastReloadSchema.pick({
    number: true,
    cause: true,
    evidence: true,
    message: true,
    steps: true,
    swapped: true,
    stayed: true,
    unchanged: true,
    along: true,
    deviations: true,
    disagreements: true,
    lines: true,
    coreFile: true,
  }).shape,
  kind: z.literal('reload'),
  took: z.number().nonnegative(),
  /** The edited files behind what it was to swap, and when the first of them was saved. */
  files: z.array(z.string()),
  saved: moment.nullable(),
  /** ms that builds have waited since then for locks of cargo's: not part of the time from the save. */
  waited: z.number().nonnegative().default(0),
  plan: PlanSchema,
  /** `interrupted`: as of a build. */
  verdict: z.enum([...LastReloadSchema.shape.verdict.exclude(['running']).options, 'interrupted']),
  /** ms from its beginning to the first unload. */
  drain: span,
  /** ms from its beginning until the server said that it serves again. */
  firstAnswer: span,
});

const ServerRecordSchema = z.object({
  ...base,
  kind: z.literal('server'),
  /** `unseen`: it ended when nobody looked, as Hotdeck itself had been ended; `life` reaches to that one's last sign of life. */
  event: z.enum(['start', 'ready', 'stop', 'crash', 'unseen']),
  pid: z.number(),
  /** How it ended; null before. */
  code: z.number().nullable(),
  signal: z.string().nullable(),
  /** ms since its start. */
  life: span,
  /** Of a crash: its last lines, and what it left behind. */
  lines: z.array(z.string()),
  coreFile: z.string().nullable(),
});

export const HistoryRecordSchema = z.discriminatedUnion('kind', [
  EditRecordSchema,
  BuildRecordSchema,
  ReloadRecordSchema,
  ServerRecordSchema,
]);
export type EditRecord = z.infer<typeof EditRecordSchema>;
export type BuildRecord = z.infer<typeof BuildRecordSchema>;
export type ReloadRecord = z.infer<typeof ReloadRecordSchema>;
export type ServerRecord = z.infer<typeof ServerRecordSchema>;
export type HistoryRecord = z.infer<typeof HistoryRecordSchema>;

export const HistoryKindSchema = z.enum(['edit', 'build', 'reload', 'server']);
export type HistoryKind = z.infer<typeof HistoryKindSchema>;

const HistoryToneSchema = z.enum(['quiet', 'good', 'warning', 'bad']);
export type HistoryTone = z.infer<typeof HistoryToneSchema>;

/** How a record came out, in a word: a build's outcome, a reload's verdict, a server's event; `edit`. */
export const HistoryOutcomeSchema = z.enum([
  'edit',
  ...BuildRecordSchema.shape.outcome.exclude(['interrupted']).options,
  ...ReloadRecordSchema.shape.verdict.options,
  ...ServerRecordSchema.shape.event.options,
]);
export type HistoryOutcome = z.infer<typeof HistoryOutcomeSchema>;

/** A record as a timeline shows it; or several that lie too close together. */
const HistoryEntrySchema = z.object({
  /** The record's; of several, that of the gravest, or else the latest. It begins with its writer's name and a dot. */
  id: z.string(),
  kind: HistoryKindSchema,
  outcome: HistoryOutcomeSchema,
  tone: HistoryToneSchema,
  /**
   * It lies from `at` for `took` ms; null: it is but a moment. The end of a server (`stop`, `crash`, `unseen`) is all of
   * its life: it lies from its start to its end.
   */
  at: moment,
  took: z.number().nonnegative().nullable(),
  /** A few words; may be cut. */
  label: z.string(),
  /** How many records it stands for; the other fields are those of `id`, but `at` and `took`, which span them all. */
  count: z.number().int().positive(),
  /** How many of those went wrong: `warning` and `bad`. */
  wrong: count,
});
export type HistoryEntry = z.infer<typeof HistoryEntrySchema>;

/** What the window may ask about the history. */
export const historyQuestionSchemas = {
  /** What lies in [from, to], also in part; null: from the first, to the last. */
  history: z.strictObject({
    from: moment.nullable(),
    to: moment.nullable(),
    /** More than that are put together: those of a kind that lie close to each other. */
    most: z.number().int().min(8).max(20_000),
    /** Only these; all without it. */
    kinds: z.array(HistoryKindSchema).max(4).optional(),
  }),
  historyRecord: z.strictObject({ id: name }),
  /** A page of the records, in the order in which they were written. */
  historyList: z.strictObject({
    /** Only these; all without it. */
    kinds: z.array(HistoryKindSchema).max(4).optional(),
    /** Only what went wrong: `warning` and `bad`. */
    wrong: z.boolean(),
    /** The place of the first one, counted from the oldest; null: the page ends with the latest. */
    first: count.nullable(),
    /** A record that the page is to lie about, if it is in the list. */
    around: name.nullable(),
    most: z.number().int().min(1).max(500),
  }),
} as const;

export const historyAnswerSchemas = {
  history: z.object({
    /** By `at`. */
    entries: z.array(HistoryEntrySchema),
    /** How many records those stand for. */
    count,
    /** All that there is, whatever was asked for: from when to when, and how many. Null: nothing yet. */
    whole: z.object({ from: moment, to: moment, count }).nullable(),
    /** Who still writes: the parts before the dot of entries' ids. A server whose writer is gone has ended unseen. */
    writers: z.array(z.string()),
  }),
  historyRecord: z.object({
    record: HistoryRecordSchema,
    /** The modules as they were then. */
    graph: ModuleGraphSchema.nullable(),
  }),
  historyList: z.object({
    /** Each with a sentence. */
    items: z.array(z.object({ entry: HistoryEntrySchema, text: z.string() })),
    /** The place of the first one, and of `around`; null: that is not in the list. */
    first: count,
    place: count.nullable(),
    /** How long the list is. */
    total: count,
  }),
} as const;

/** A record was written, by whatever instance of the app; or it turned out that what one had begun was interrupted. */
export const RecordedMessageSchema = z.object({
  type: z.literal('recorded'),
  entry: HistoryEntrySchema,
  /** There are others, too many to be told one by one: who shows the history asks again. */
  more: z.boolean(),
});
