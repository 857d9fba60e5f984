/** The state of a session: what the engine knows and the window shows. */
import { z } from 'zod';

// --- The module graph -------------------------------------------------------------------------------------

export const RoleSchema = z.enum(['executable', 'module', 'pinned', 'external']);
export type Role = z.infer<typeof RoleSchema>;

/** `built` is "the artifact is on disk and no server runs"; the other words are those of the design. */
export const ModuleStateNameSchema = z.enum([
  'unbuilt',
  'built',
  'loaded',
  'stale',
  'building',
  'unloading',
  'loading',
  'stuck',
  'failed',
  'pinned',
]);
export type ModuleStateName = z.infer<typeof ModuleStateNameSchema>;

export const RuleSchema = z.enum(['stack', 'dependents']);
export type Rule = z.infer<typeof RuleSchema>;

export const GraphNodeSchema = z.object({
  /** The Cargo package name; for an external one the crate or library name. */
  name: z.string(),
  /** The name on screen: the package name without the prefix that all modules share. */
  label: z.string(),
  role: RoleSchema,
  /** Nodes that this one links, directly, by name, sorted. Externals are among them. */
  needs: z.array(z.string()),
  /** 0 for a library that needs no other of the workspace; null for the executable and for externals. */
  wave: z.number().int().nonnegative().nullable(),
});
export type GraphNode = z.infer<typeof GraphNodeSchema>;

export const ModuleGraphSchema = z.object({
  nodes: z.array(GraphNodeSchema),
  /** Names of the modules bottom-up: the order in which the server's stack loads them. */
  order: z.array(z.string()),
  /** How the roles were found: in the linked files, or (before the first build) in the manifests. */
  rolesFrom: z.enum(['artifacts', 'manifests', 'settings']),
});
export type ModuleGraph = z.infer<typeof ModuleGraphSchema>;

/** A file as the kernel knows it. */
export const FileIdentitySchema = z.object({ device: z.string(), inode: z.string() });
export type FileIdentity = z.infer<typeof FileIdentitySchema>;

export const ModuleStatusSchema = z.object({
  state: ModuleStateNameSchema,
  /** Why it is in this state, where there is more to say than the word. */
  reason: z.string().nullable(),
  /** The library or program file, relative to the workspace where it lies inside. */
  file: z.string().nullable(),
  /** The file on disk; null while it does not exist. */
  artifact: FileIdentitySchema.nullable(),
  /** What the server has mapped; null while it has not. */
  image: FileIdentitySchema.extend({ deleted: z.boolean() }).nullable(),
  /** When the artifact was written, ms since the epoch. */
  builtAt: z.number().nullable(),
});
export type ModuleStatus = z.infer<typeof ModuleStatusSchema>;

// --- Plan and reload --------------------------------------------------------------------------------------

export const PlanSchema = z.object({
  rule: RuleSchema,
  unload: z.array(z.string()),
  load: z.array(z.string()),
  /** What changed and can't be swapped: these need a restart. */
  restart: z.array(z.string()),
  /** Stale modules that the server's rule will not swap. */
  leftBehind: z.array(z.string()),
  reasons: z.record(z.string(), z.string()),
});
export type Plan = z.infer<typeof PlanSchema>;

export const ReloadCauseSchema = z.enum(['reload', 'terminal', 'after-build', 'outside']);

export const ReloadStepSchema = z.object({
  module: z.string(),
  step: z.enum(['unload', 'load']),
  /** ms after the reload began. */
  at: z.number(),
});
export type ReloadStep = z.infer<typeof ReloadStepSchema>;

export const LastReloadSchema = z.object({
  number: z.number().int(),
  cause: ReloadCauseSchema,
  startedAt: z.number(),
  /** ms; null while it runs. */
  took: z.number().nullable(),
  verdict: z.enum(['running', 'swapped', 'nothing', 'partial', 'stuck', 'refused', 'crashed', 'timed out']),
  /** One sentence that says what happened. */
  message: z.string(),
  /** What the memory maps showed, in order. */
  steps: z.array(ReloadStepSchema),
  /** Modules whose image was replaced by the file on disk. */
  swapped: z.array(z.string()),
  /** Modules that should have gone and stayed: their old image is still mapped. */
  stayed: z.array(z.string()),
  /** Where the server's log and the memory maps disagree, a sentence each. The maps are right. */
  disagreements: z.array(z.string()),
  /** The server's last lines, where they help to understand the verdict. */
  lines: z.array(z.string()),
  plan: PlanSchema,
});
export type LastReload = z.infer<typeof LastReloadSchema>;

// --- Server and build -------------------------------------------------------------------------------------

export const ServerStateSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('stopped') }),
  z.object({ name: z.literal('starting'), pid: z.number(), since: z.number() }),
  z.object({ name: z.literal('running'), pid: z.number(), since: z.number() }),
  z.object({ name: z.literal('reloading'), pid: z.number(), since: z.number() }),
  z.object({
    name: z.literal('stopping'),
    pid: z.number(),
    since: z.number(),
    /** The signal that was sent last, and until when the server has before the next, sterner one (ms since the epoch). */
    signal: z.string(),
    until: z.number(),
  }),
  z.object({
    name: z.literal('crashed'),
    code: z.number().nullable(),
    signal: z.string().nullable(),
    at: z.number(),
  }),
]);
export type ServerState = z.infer<typeof ServerStateSchema>;

export const BuildStateSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('idle') }),
  z.object({
    name: z.literal('building'),
    since: z.number(),
    /** Crates finished so far. */
    done: z.number(),
    /** What set it off: a changed file, relative to the workspace, or the user. */
    trigger: z.string(),
  }),
  z.object({ name: z.literal('ok'), took: z.number(), at: z.number(), rebuilt: z.array(z.string()) }),
  z.object({ name: z.literal('failed'), took: z.number(), at: z.number(), errors: z.number() }),
]);
export type BuildState = z.infer<typeof BuildStateSchema>;

export const ProblemSchema = z.object({
  id: z.string(),
  level: z.enum(['error', 'warning']),
  message: z.string(),
  code: z.string().nullable(),
  package: z.string().nullable(),
  /** Relative to the workspace. */
  file: z.string().nullable(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  /** The compiler's own words, with ANSI colours. */
  rendered: z.string(),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** Something the user should know: an alert in the window. */
export const NoticeSchema = z.object({
  id: z.string(),
  kind: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  /** What to do about it. */
  remedy: z.string().nullable(),
  /** Buttons it offers, by id. */
  actions: z.array(z.enum(['reload-anyway', 'restart', 'start', 'build', 'open-workspace'])),
  /** The modules that `reload-anyway` is about; empty means all. */
  modules: z.array(z.string()),
});
export type Notice = z.infer<typeof NoticeSchema>;

// --- The session ------------------------------------------------------------------------------------------

export const AutoSchema = z.object({ buildOnSave: z.boolean(), reloadAfterBuild: z.boolean() });
export type Auto = z.infer<typeof AutoSchema>;

/** One line of "how this workspace is run": what was found or set, and where it comes from. */
export const SettingSchema = z.object({
  key: z.string(),
  value: z.string(),
  from: z.enum(['detected', 'hotdeck.json', 'default']),
});
export type Setting = z.infer<typeof SettingSchema>;

export const SessionStateSchema = z.object({
  workspace: z.object({
    root: z.string(),
    name: z.string(),
    profile: z.enum(['generic', 'conduwuit']),
    settings: z.array(SettingSchema),
  }),
  graph: ModuleGraphSchema,
  modules: z.record(z.string(), ModuleStatusSchema),
  server: ServerStateSchema,
  build: BuildStateSchema,
  plan: PlanSchema,
  lastReload: LastReloadSchema.nullable(),
  problems: z.array(ProblemSchema),
  notices: z.array(NoticeSchema),
  auto: AutoSchema,
  /** Files saved since the last build that took them in, relative to the workspace. */
  edited: z.array(z.string()),
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
  z.object({ name: z.literal('opening'), root: z.string() }),
  z.object({ name: z.literal('failed'), root: z.string(), failure: FailureSchema }),
  z.object({ name: z.literal('open'), session: SessionStateSchema }),
]);
export type EngineState = z.infer<typeof EngineStateSchema>;
