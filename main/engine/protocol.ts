/** What the app and the engine say to each other; the window's own messages are in preload/shared/contract.ts. */
import { z } from 'zod';
import { AutoSchema, FailureSchema, NewsKindSchema, PreferencesSchema } from '#shared/contract.ts';

/** From the app. `connect` carries one MessagePort: the window's. */
export const AppMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), root: z.string(), auto: AutoSchema }),
  z.strictObject({ type: z.literal('preferences'), preferences: PreferencesSchema }),
  /** Copy a stored run of the open workspace to a file that the user chose; `exported` says how that went. */
  z.strictObject({
    type: z.literal('export'),
    id: z.number().int(),
    run: z.string(),
    form: z.enum(['text', 'raw']),
    path: z.string(),
  }),
  /** Say what a bug report should know of the open workspace; `described` answers. */
  z.strictObject({ type: z.literal('describe'), id: z.number().int() }),
  z.strictObject({ type: z.literal('connect') }),
  /** End the server, within `grace` ms at the most, then say `quit`. */
  z.strictObject({ type: z.literal('quit'), grace: z.number().int().nonnegative() }),
]);
export type AppMessage = z.infer<typeof AppMessageSchema>;

/** Something that a user who looks elsewhere may want to know. */
const NewsSchema = z.object({
  title: z.string(),
  body: z.string(),
  /** Where it is shown. */
  tab: z.enum(['server', 'build', 'problems']),
});
export type News = z.infer<typeof NewsSchema>;

/** What a bug report should know of the engine: JSON, to be read by people. */
const EngineFactsSchema = z.object({
  /** The folder of the workspace, if there is one. */
  root: z.string().nullable(),
  facts: z.record(z.string(), z.json()),
});
export type EngineFacts = z.infer<typeof EngineFactsSchema>;

/** From the engine. */
export const HostMessageSchema = z.discriminatedUnion('type', [
  /** `asked` is the path that `open` named; the workspace may begin above it. */
  z.object({
    type: z.literal('opened'),
    root: z.string(),
    name: z.string(),
    asked: z.string().optional(),
  }),
  z.object({ type: z.literal('auto'), root: z.string(), auto: AutoSchema }),
  z.object({ type: z.literal('described'), id: z.number(), described: EngineFactsSchema }),
  z.object({ type: z.literal('exported'), id: z.number(), failure: FailureSchema.nullable() }),
  /** A build runs, and how much of it is done, from 0 to 1; null: unknown. `build` is null when none runs any more. */
  z.object({
    type: z.literal('progress'),
    build: z.object({ done: z.number().min(0).max(1).nullable() }).nullable(),
  }),
  /** Null: what was told about this kind is no longer so. */
  z.object({ type: z.literal('news'), kind: NewsKindSchema, news: NewsSchema.nullable() }),
  z.object({ type: z.literal('quit') }),
]);
export type HostMessage = z.infer<typeof HostMessageSchema>;
