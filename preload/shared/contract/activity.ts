/** The server, the build, and what the user should know of them. */
import { z } from 'zod';
import { NoticeKindSchema } from './noticeKinds.ts';
import { SignalSchema } from './serverRules.ts';

/** A process that stands still: `T` where a signal stopped it, `t` where a debugger holds it (proc_pid_stat(5)). */
const HaltedSchema = z.enum(['T', 't']);
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
  kind: NoticeKindSchema,
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
  /** The signal that was not sent. */
  signal: SignalSchema.optional(),
  /** The program whose features `enable-features` turns on: the id of a ProgramChoice. */
  program: z.string().optional(),
});
export type Notice = z.infer<typeof NoticeSchema>;
