/** The state of a session: what the engine knows and the window shows. */
import { z } from 'zod';
import { StreamSchema } from './logs.ts';
import { ProblemCountsSchema, ProblemSchema } from './problems.ts';
import { NewnessSchema, ReloadBySchema, RuleSchema } from './serverRules.ts';
import { WhySchema } from './why.ts';

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
  /** It is no longer part of the workspace; the server still has it mapped. */
  isGone: z.boolean().optional(),
});
export type GraphNode = z.infer<typeof GraphNodeSchema>;

/** A crate with state of its own of which several libraries have a copy inside: it exists several times in the process. */
export const DoubleSchema = z.object({
  crate: z.string(),
  /** Where the copies are. The version is empty for the standard library. */
  copies: z.array(z.object({ module: z.string(), version: z.string() })),
  /** Where it is known from: the symbols of the built files, or only the manifests. */
  from: z.enum(['artifacts', 'manifests']),
  /** What comes of it: sentences. */
  message: z.string(),
  /** It is so by design, as the standard library inside of each cdylib: nothing to warn of. */
  isHarmless: z.boolean(),
});
export type Double = z.infer<typeof DoubleSchema>;

export const ModuleGraphSchema = z.object({
  nodes: z.array(GraphNodeSchema),
  /** Names of the modules bottom-up: the order in which the server's stack loads them. */
  order: z.array(z.string()),
  /** How the roles were found: in the linked files, or (before the first build) in the manifests. */
  rolesFrom: z.enum(['artifacts', 'manifests', 'settings']),
  /** Without it: not looked for. */
  doubles: z.array(DoubleSchema).optional(),
});
export type ModuleGraph = z.infer<typeof ModuleGraphSchema>;

/** A file as the kernel knows it. */
export const FileIdentitySchema = z.object({ device: z.string(), inode: z.string() });
export type FileIdentity = z.infer<typeof FileIdentitySchema>;

/** Which code a file holds, as `build-id:…` or `sha256:…`: equal for equal code. Without it: not known (yet). */
const CodeSchema = z.string().optional();

export const ModuleStatusSchema = z.object({
  state: ModuleStateNameSchema,
  /** Why it is in this state, where there is more to say than the word. */
  reason: z.string().nullable(),
  /** The library or program file, relative to the workspace where it lies inside. */
  file: z.string().nullable(),
  /** The file on disk; null while it does not exist. */
  artifact: FileIdentitySchema.extend({ code: CodeSchema }).nullable(),
  /** What the server has mapped: of several images the one that runs; null while it has none. */
  image: FileIdentitySchema.extend({
    deleted: z.boolean(),
    code: CodeSchema,
    /** When that code was built, ms since the epoch. Without it: it is of no build that is known. */
    builtAt: z.number().optional(),
    /** How it is known to be this module's; `soname` and `name` are guesses. */
    witness: z.enum(['path', 'content', 'memory', 'soname', 'name']).optional(),
    /** Its file was written to while it was mapped. */
    overwritten: z.boolean().optional(),
    /** A file that the server made of the artifact: its path, the number in its name, and how many older ones are mapped. */
    copy: z
      .object({ path: z.string(), number: z.number().nullable(), older: z.number().int().nonnegative() })
      .optional(),
  }).nullable(),
  /** When the artifact was written, ms since the epoch. */
  builtAt: z.number().nullable(),
  /** Why its file is another one than what runs, if it is; otherwise why it was last built. Without it: not known. */
  why: WhySchema.optional(),
});
export type ModuleStatus = z.infer<typeof ModuleStatusSchema>;

// --- Plan and reload --------------------------------------------------------------------------------------

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
export const ReloadCauseSchema = z.enum(['reload', 'terminal', 'after-build', 'self', 'outside', 'late']);

export const ReloadStepSchema = z.object({
  module: z.string(),
  step: z.enum(['unload', 'load']),
  /** ms after the reload began. */
  at: z.number(),
});
export type ReloadStep = z.infer<typeof ReloadStepSchema>;

/** An image that should have gone and is still there. */
export const StuckImageSchema = z.object({
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

// --- Server and build -------------------------------------------------------------------------------------

/** A process that stands still: `T` where a signal stopped it, `t` where a debugger holds it (proc_pid_stat(5)). */
export const HaltedSchema = z.enum(['T', 't']);
export type Halted = z.infer<typeof HaltedSchema>;

export const ServerStateSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('stopped') }),
  z.object({
    name: z.literal('starting'),
    pid: z.number(),
    since: z.number(),
    halted: HaltedSchema.optional(),
  }),
  z.object({
    name: z.literal('running'),
    pid: z.number(),
    since: z.number(),
    /** By what it is taken to serve, a sentence: its own line, a socket, its modules, or that it runs. */
    witness: z.string().optional(),
    halted: HaltedSchema.optional(),
  }),
  z.object({
    name: z.literal('reloading'),
    pid: z.number(),
    since: z.number(),
    halted: HaltedSchema.optional(),
  }),
  z.object({
    name: z.literal('stopping'),
    pid: z.number(),
    since: z.number(),
    halted: HaltedSchema.optional(),
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
    /** Crates compiled so far, those that were as they should be left out; as cargo counts, where a build script is more. */
    done: z.number(),
    /** How many there will be: as cargo counts them, or else as in the last build like this one. Null: unknown. */
    of: z.number().nullable(),
    /** What cargo is on. */
    crates: z.array(z.string()),
    /** How long builds like this one usually take, in ms, from the history; null: there were not enough. */
    usual: z.object({ low: z.number(), high: z.number() }).nullable(),
    /** It waits for a lock of cargo's: for whom (`rust-analyzer`), since when, and what helps. Absent while it works. */
    waiting: z
      .object({ for: z.string(), since: z.number(), message: z.string(), remedy: z.string() })
      .optional(),
    /** ms that it has waited so far, in waits that are over. */
    waited: z.number().optional(),
    /** What set it off: a changed file, relative to the workspace, or the user. */
    trigger: z.string(),
  }),
  z.object({ name: z.literal('ok'), took: z.number(), at: z.number(), rebuilt: z.array(z.string()) }),
  z.object({
    name: z.literal('failed'),
    took: z.number(),
    at: z.number(),
    errors: z.number(),
    /** What cargo itself said, where no error of the compiler says why. */
    message: z.string().optional(),
  }),
]);
export type BuildState = z.infer<typeof BuildStateSchema>;

/** Something the user should know: an alert in the window. */
export const NoticeSchema = z.object({
  id: z.string(),
  kind: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  /** What to do about it. */
  remedy: z.string().nullable(),
  /** Buttons it offers, by id. */
  actions: z.array(
    z.enum([
      'reload-anyway',
      'send-anyway',
      'restart',
      'start',
      'build',
      'open-workspace',
      'try-linker',
      'resume-watch',
      'enable-features',
    ]),
  ),
  /** The modules that `reload-anyway` is about; empty means all. */
  modules: z.array(z.string()),
  /** The linker that `try-linker` is about. */
  linker: z.string().optional(),
  /** The program whose features `enable-features` turns on: the id of a ProgramChoice. */
  program: z.string().optional(),
});
export type Notice = z.infer<typeof NoticeSchema>;

// --- The session ------------------------------------------------------------------------------------------

export const AutoSchema = z.object({ buildOnSave: z.boolean(), reloadAfterBuild: z.boolean() });
export type Auto = z.infer<typeof AutoSchema>;

/** One line of "how this workspace is run": what was found or set, and where it comes from. */
export const SettingSchema = z.object({
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
export const KindSchema = z.enum(['family', 'shared-std', 'hot-lib-reloader', 'c-interface', 'unknown']);
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
export const ModeSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('modules') }),
  z.object({ name: z.literal('static'), reason: z.string(), remedy: z.string().nullable() }),
]);
export type Mode = z.infer<typeof ModeSchema>;

/** An editor that is installed here. */
export const EditorSchema = z.object({ id: z.string(), name: z.string() });

/** A program of a workspace that may be the server. */
export const ProgramChoiceSchema = z.object({
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
