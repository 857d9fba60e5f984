/** The state of a session: what the engine knows and the window shows. */
import { z } from 'zod';
import { BuildStateSchema, NoticeSchema, ServerStateSchema } from './activity.ts';
import { StreamSchema } from './logs.ts';
import { ModuleGraphSchema, ModuleStatusSchema } from './modules.ts';
import { ProblemCountsSchema, ProblemSchema } from './problems.ts';
import { LastReloadSchema, PlanSchema } from './reloads.ts';
import { NewnessSchema, ReloadBySchema } from './serverRules.ts';

export const AutoSchema = z.object({ buildOnSave: z.boolean(), reloadAfterBuild: z.boolean() });
export type Auto = z.infer<typeof AutoSchema>;

/** One line of "how this workspace is run": what was found or set, and where it comes from. */
const SettingSchema = z.object({
  key: z.string(),
  value: z.string(),
  from: z.enum(['detected', 'hotdeck.json', 'set-up', 'default']),
});
export type Setting = z.infer<typeof SettingSchema>;

/**
 * What the modules of a workspace need so that they can be swapped. `family`: conduwuit and its forks. `shared-std`: dylibs that
 * exchange Rust types with the program, and share its standard library. `hot-lib-reloader`: that crate and its like, for
 * which a dylib is enough. `c-interface`: plugins with a C interface, which need nothing.
 */
const KindSchema = z.enum(['family', 'shared-std', 'hot-lib-reloader', 'c-interface', 'unknown']);
export type Kind = z.infer<typeof KindSchema>;

/** The kinds that a user may choose instead of the one that was detected. */
export const KindChoiceSchema = KindSchema.extract(['shared-std', 'hot-lib-reloader', 'c-interface']);
export type KindChoice = z.infer<typeof KindChoiceSchema>;

/** The kind of a workspace, who says so, and what was seen. */
export const KindFindingSchema = z.object({
  kind: KindSchema,
  from: z.enum(['detected', 'hotdeck.json', 'set-up']),
  /** What it is by the evidence, whatever was chosen. */
  detected: KindSchema,
  /** What was seen: a sentence. */
  evidence: z.string(),
});
export type KindFinding = z.infer<typeof KindFindingSchema>;

/**
 * Can what is built here be reloaded at all? `static`: no, and Ctrl+C is an ordinary key; a reload is refused with the reason.
 */
const ModeSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('modules') }),
  z.object({ name: z.literal('static'), reason: z.string(), remedy: z.string().nullable() }),
]);
export type Mode = z.infer<typeof ModeSchema>;

/** An editor that is installed here. */
const EditorSchema = z.object({ id: z.string(), name: z.string() });

/** A program of a workspace that may be the server. */
const ProgramChoiceSchema = z.object({
  id: z.string(),
  /** Cargo package, and the name of its target. */
  package: z.string(),
  binary: z.string(),
  kind: z.enum(['bin', 'example']),
  /** Features that cargo builds it with only, and that are off: choosing it turns them on. */
  missing: z.array(z.string()),
  /** It is the one that is run. */
  chosen: z.boolean(),
});
export type ProgramChoice = z.infer<typeof ProgramChoiceSchema>;

export const SessionStateSchema = z.object({
  workspace: z.object({
    root: z.string(),
    name: z.string(),
    profile: z.enum(['generic', 'conduwuit']),
    /** By what this server tells that a library is new, and what makes it reload. */
    newness: NewnessSchema,
    reload: ReloadBySchema,
    settings: z.array(SettingSchema),
    kind: KindFindingSchema,
  }),
  mode: ModeSchema,
  graph: ModuleGraphSchema,
  modules: z.record(z.string(), ModuleStatusSchema),
  server: ServerStateSchema,
  build: BuildStateSchema,
  plan: PlanSchema,
  lastReload: LastReloadSchema.nullable(),
  /** Of the last build that ended. Of very many only the first errors and the first warnings are here. */
  problems: z.array(ProblemSchema),
  /** How many more that build had. */
  unlistedProblems: ProblemCountsSchema,
  notices: z.array(NoticeSchema),
  auto: AutoSchema,
  /** Where places can be opened: by the command of hotdeck.json alone where that names one. */
  editors: z.array(EditorSchema),
  /** The stored run of each stream: the one that goes on, or the latest of this session. */
  runs: z.record(StreamSchema, z.string().nullable()),
  /** Why the server's memory maps can't be read, so that states are guesses; null where they can. */
  blind: z.string().nullable(),
  /** Files saved since the last build that took them in, relative to the workspace. */
  edited: z.array(z.string()),
  /** What may be run instead, the program that is run among them. */
  programs: z.array(ProgramChoiceSchema),
  /** Files for which nothing is built on save until that is resumed: builds edited them, and so set off the next one. */
  suspended: z.array(z.string()),
});
export type SessionState = z.infer<typeof SessionStateSchema>;

/** An error as a value: what kind, a sentence for the user, and what to do about it. */
export const FailureSchema = z.object({
  kind: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
});
export type Failure = z.infer<typeof FailureSchema>;

export const EngineStateSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('empty') }),
  z.object({
    name: z.literal('opening'),
    root: z.string(),
    /** ms since the epoch. */
    since: z.number().optional(),
    /** What cargo is on meanwhile, in words: "Waiting for …". Without it, it has said nothing. */
    said: z.string().optional(),
  }),
  z.object({ name: z.literal('failed'), root: z.string(), failure: FailureSchema }),
  /** It has several programs, and nothing says which one is the server. */
  z.object({ name: z.literal('choosing'), root: z.string(), programs: z.array(ProgramChoiceSchema) }),
  z.object({ name: z.literal('open'), session: SessionStateSchema }),
]);
export type EngineState = z.infer<typeof EngineStateSchema>;
