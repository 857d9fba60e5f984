/** What the window and the app say to each other, over IPC. */
import { z } from 'zod';
import { name, none } from './parameters.ts';
import { PreferencesSchema } from './preferences.ts';
import { FailureSchema } from './state.ts';

const RecentSchema = z.object({ id: z.string(), name: z.string(), root: z.string() });
export type Recent = z.infer<typeof RecentSchema>;

export const AppStateSchema = z.object({
  version: z.string(),
  platform: z.string(),
  /** Null where hot reload works; otherwise why it can't on this machine. */
  limitation: z.string().nullable(),
  recents: z.array(RecentSchema),
  preferences: PreferencesSchema,
  /** The bug report that is shown, personal paths replaced; null while none is. */
  bugReport: z.string().nullable().default(null),
  engine: z.discriminatedUnion('name', [
    z.object({ name: z.literal('running') }),
    z.object({ name: z.literal('restarting'), message: z.string() }),
    z.object({ name: z.literal('failed'), message: z.string() }),
  ]),
});
export type AppState = z.infer<typeof AppStateSchema>;

/** What the window may ask of the app. */
export const appRequestSchemas = {
  /** Asks the app for a fresh port to the engine; it comes as a `port` message. */
  connect: none,
  appState: none,
  /** Shows the folder dialog. */
  openWorkspace: none,
  openRecent: z.strictObject({ id: name }),
  openSample: none,
  openLink: z.strictObject({ url: z.string().max(4096) }),
  /** Asks where to, and copies a stored run there: byte for byte, or as text without colors. */
  saveLog: z.strictObject({ run: name, form: z.enum(['text', 'raw']) }),
  restartEngine: none,
  /** Gathers a bug report, which the state then holds. */
  collectBugReport: none,
  /** Asks where to, and writes the report that is shown there. */
  saveBugReport: none,
  closeBugReport: none,
  setPreferences: PreferencesSchema.strict(),
} as const;
export type AppRequestName = keyof typeof appRequestSchemas;
export type AppRequestParams<N extends AppRequestName> = z.infer<(typeof appRequestSchemas)[N]>;

export const AppReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), state: AppStateSchema }),
  z.object({ ok: z.literal(false), failure: FailureSchema }),
]);
export type AppReply = z.infer<typeof AppReplySchema>;

/** Menu items and accelerators that the window carries out. */
export const CommandSchema = z.enum([
  'start',
  'build',
  'reload',
  'restart',
  'shutdown',
  'toggle-build-on-save',
  'toggle-reload-after-build',
  'show-server',
  'show-build',
  'show-problems',
  'next-problem',
  'previous-problem',
  'show-history',
  'show-setup',
  'toggle-log',
  'find',
  'clear-terminal',
]);
export type Command = z.infer<typeof CommandSchema>;

/** IPC channel names; the only ones there are. */
export const channels = {
  request: 'hotdeck:request',
  appState: 'hotdeck:app-state',
  command: 'hotdeck:command',
  port: 'hotdeck:port',
} as const;
