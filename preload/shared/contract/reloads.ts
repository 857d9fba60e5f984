/** What a reload would do, and what one came to. */
import { z } from 'zod';
import { RuleSchema } from './serverRules.ts';

/** Something that a reload would run into, or that is wrong with the files on disk. */
export const FindingSchema = z.object({
  kind: z.enum([
    'undefined-symbol',
    'cannot-unload',
    'torn',
    'left-behind',
    'opened-elsewhere',
    'restart-needed',
    'unbuilt',
    'unreadable',
    'double',
  ]),
  /** `blocking`: a reload would fail or leave old code running, so it is not done unasked; `info`: can't tell. */
  severity: z.enum(['blocking', 'warning', 'info']),
  /** The module, or the file name of a library that is none. */
  module: z.string(),
  /** Sentences for the user. */
  message: z.string(),
  /** `renew`: makes the file look new to the server, then reloads. */
  remedy: z.enum(['rebuild', 'restart', 'reload-all', 'renew']).nullable(),
  /** Names to look at closer, such as symbols; the first few of them. */
  details: z.array(z.string()).readonly(),
});
export type Finding = z.infer<typeof FindingSchema>;

/** What goes, what comes, and what neither: what follows from the graph and from what is stale. */
export const MovesSchema = z.object({
  rule: RuleSchema,
  unload: z.array(z.string()),
  load: z.array(z.string()),
  /** What changed and can't be swapped: these need a restart. */
  restart: z.array(z.string()),
  /** Stale modules that the server's rule will not swap. */
  leftBehind: z.array(z.string()),
  /** Those of `leftBehind` that the server won't take for new: they differ, but not in what it looks at. */
  notTaken: z.array(z.string()).default([]),
  /** Those of `unload` whose code on disk is what is mapped: they come back unchanged, as new instances. */
  unchanged: z.array(z.string()).default([]),
  reasons: z.record(z.string(), z.string()),
});
export type Moves = z.infer<typeof MovesSchema>;

/** The moves, and what is known to be in their way; the worst first. */
export const PlanSchema = MovesSchema.extend({
  findings: z.array(FindingSchema),
  /** Libraries that are no modules of it and go along, as only what is unloaded needs them: a package, or a file name. */
  along: z.array(z.string()).default([]),
});
export type Plan = z.infer<typeof PlanSchema>;

/** `self`: the server reloads by itself when a file changes, and did; `outside`: nobody here asked for it; `late`: a signal
 * from here that a reload before had given up was answered after all. */
const ReloadCauseSchema = z.enum(['reload', 'terminal', 'after-build', 'self', 'outside', 'late']);

const ReloadStepSchema = z.object({
  module: z.string(),
  step: z.enum(['unload', 'load']),
  /** ms after the reload began. */
  at: z.number(),
});
export type ReloadStep = z.infer<typeof ReloadStepSchema>;

/** An image that should have gone and is still there. */
const StuckImageSchema = z.object({
  module: z.string(),
  /** The process that has it mapped: the server, or a child of it. */
  pid: z.number(),
  /** Its first address range, as the kernel writes it. */
  address: z.string(),
  inode: z.string(),
  /** What keeps it, as far as the files tell: a sentence; null where they don't. */
  holder: z.string().nullable(),
});
export type StuckImage = z.infer<typeof StuckImageSchema>;

export const LastReloadSchema = z.object({
  number: z.number().int(),
  cause: ReloadCauseSchema,
  startedAt: z.number(),
  /** ms; null while it runs. */
  took: z.number().nullable(),
  verdict: z.enum([
    'running',
    'swapped',
    'nothing',
    'partial',
    'stuck',
    'refused',
    'crashed',
    'timed out',
    /** The maps can't be read here. The log says that it went well, which is no proof. */
    'unproven',
    /** The server was shut down meanwhile, or ended in good order. */
    'ended',
  ]),
  /** Where steps and verdict come from: the memory maps, or, where they can't be read, the server's log. */
  evidence: z.enum(['maps', 'log']),
  /** One sentence that says what happened. */
  message: z.string(),
  /** What the memory maps showed, in order. */
  steps: z.array(ReloadStepSchema),
  /** Modules whose image was replaced by the file on disk. */
  swapped: z.array(z.string()),
  /** Modules that should have gone and stayed: their old image is still mapped. */
  stayed: z.array(z.string()),
  /** Modules that were seen to go and come back with the code that they had: what their statics held is lost. */
  unchanged: z.array(z.string()).default([]),
  /** Libraries that went along with a module, by package or file name: what their statics held is lost. */
  along: z.array(z.string()).default([]),
  /** Where those are mapped. */
  stuck: z.array(StuckImageSchema),
  /** How what was seen differs from the plan, a sentence each. */
  deviations: z.array(z.string()),
  /** Where the server's log and the memory maps disagree, a sentence each. The maps are right. */
  disagreements: z.array(z.string()),
  /** The server's last lines, where they help to understand the verdict. */
  lines: z.array(z.string()),
  /** The core file of a server that died, where one was found. */
  coreFile: z.string().nullable(),
  /** The process that it was about; null where that is not known. */
  pid: z.number().nullable().default(null),
  /** Of one that is late: the reload whose signal waited all the time, by the kernel's word; null where it is a guess. */
  answers: z.number().int().nullable().default(null),
  /** The message as it is said once that process is gone. */
  past: z.string().default(''),
  plan: PlanSchema,
});
export type LastReload = z.infer<typeof LastReloadSchema>;
