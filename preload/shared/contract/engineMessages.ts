/** What the window and the engine say to each other, over a MessagePort. */
import { z } from 'zod';
import { historyAnswerSchemas, historyQuestionSchemas, RecordedMessageSchema } from './history.ts';
import {
  LevelCountsSchema,
  LogHitSchema,
  LogPatternSchema,
  logAnswerSchemas,
  logQuestionSchemas,
  StreamSchema,
} from './logs.ts';
import { numbersAnswerSchemas, numbersQuestionSchemas } from './numbers.ts';
import { name, none } from './parameters.ts';
import { setupAnswerSchemas, setupQuestionSchemas, setupRequestSchemas } from './setup.ts';
import {
  AutoSchema,
  EngineStateSchema,
  FailureSchema,
  type SessionState,
  SessionStateSchema,
} from './state.ts';

/** What the window may ask of the engine. It names ids, never commands, paths or signals. */
export const requestSchemas = {
  start: none,
  shutdown: none,
  restart: none,
  build: none,
  cancelBuild: none,
  /**
   * No `modules` means: whatever is stale. `anyway` makes unchanged artifacts look new first. `unsafe` sends the signal
   * though the server does not catch it.
   */
  reload: z.strictObject({
    modules: z.array(name).max(5000).optional(),
    anyway: z.boolean().optional(),
    unsafe: z.boolean().optional(),
  }),
  setAuto: AutoSchema.partial().strict(),
  input: z.strictObject({ data: z.string().max(1_000_000) }),
  resize: z.strictObject({
    stream: StreamSchema,
    columns: z.number().int().min(2).max(1000),
    rows: z.number().int().min(1).max(1000),
  }),
  openProblem: z.strictObject({ problemId: name }),
  /** Edits the files of a suggestion, all of them or none, if they still are what the compiler saw. */
  applySuggestion: z.strictObject({ problemId: name, suggestionId: name }),
  /** A place as the window found it in a text, `src/lib.rs:12:5`. The engine decides what file that is, if any. */
  openPlace: z.strictObject({ text: z.string().min(1).max(1024) }),
  openModule: z.strictObject({ module: name }),
  dismissNotice: z.strictObject({ noticeId: name }),
  /** Searches a whole run; what it finds comes as messages with this id, until it is over or the next search begins. */
  searchLog: z.strictObject({ search: name, run: name, pattern: LogPatternSchema }),
  cancelSearch: none,
  retryOpen: none,
  /** Ends the reading of a workspace that is being opened, and the cargo that is asked for it. */
  stopOpening: none,
  /** Runs this program of the workspace from now on, and turns on the features that it is built with only; by its id. */
  chooseProgram: z.strictObject({ program: name }),
  /** Builds on save for the `suspended` files again. */
  resumeWatch: none,
  ...setupRequestSchemas,
} as const;

/** What the window may ask to know, and what it gets. */
export const questionSchemas = {
  ...logQuestionSchemas,
  ...setupQuestionSchemas,
  ...historyQuestionSchemas,
  ...numbersQuestionSchemas,
} as const;
export const answerSchemas = {
  ...logAnswerSchemas,
  ...setupAnswerSchemas,
  ...historyAnswerSchemas,
  ...numbersAnswerSchemas,
} as const;
export type QuestionName = keyof typeof questionSchemas;
export type QuestionParams<N extends QuestionName> = z.infer<(typeof questionSchemas)[N]>;
export type Answer<N extends QuestionName> = z.infer<(typeof answerSchemas)[N]>;

export type RequestName = keyof typeof requestSchemas;
export type RequestParams<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;

const RequestMessageSchema = z.strictObject({
  type: z.literal('request'),
  id: z.number().int().nonnegative(),
  name: z.string().max(64),
  params: z.unknown(),
});

/** The window has drawn this many characters of a stream: flow control. */
const AckMessageSchema = z.strictObject({
  type: z.literal('ack'),
  stream: StreamSchema,
  chars: z.number().int().nonnegative().max(100_000_000),
});

/** The window shows a stream, or no longer does: only what is on screen is sent. */
const ShowMessageSchema = z.strictObject({
  type: z.literal('show'),
  stream: StreamSchema,
  on: z.boolean(),
});

export const WindowMessageSchema = z.discriminatedUnion('type', [
  RequestMessageSchema,
  AckMessageSchema,
  ShowMessageSchema,
]);
export type WindowMessage = z.infer<typeof WindowMessageSchema>;

export const ReplySchema = z.discriminatedUnion('ok', [
  /** `value`: the answer to a question. */
  z.object({ ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ ok: z.literal(false), failure: FailureSchema }),
]);
export type Reply = z.infer<typeof ReplySchema>;

export const EngineMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), id: z.number(), reply: ReplySchema }),
  /** The whole state: on connecting, and when a session opens or closes. */
  z.object({ type: z.literal('state'), state: EngineStateSchema }),
  /** Parts of the open session that changed; `modules` holds the changed ones only. */
  z.object({ type: z.literal('patch'), patch: SessionStateSchema.partial() }),
  /** A run of the open session has grown; `levels` counts all of it. */
  z.object({
    type: z.literal('grown'),
    run: z.string(),
    endLine: z.number(),
    bytes: z.number(),
    levels: LevelCountsSchema,
  }),
  /** What a search found since it told last. `count` goes on where the hits themselves are too many to be sent. */
  z.object({
    type: z.literal('found'),
    search: z.string(),
    hits: z.array(LogHitSchema),
    count: z.number(),
    /** The part of the run that was looked through, 0 to 1. */
    progress: z.number(),
    end: z.discriminatedUnion('name', [
      z.object({ name: z.literal('searching') }),
      z.object({ name: z.literal('done') }),
      z.object({ name: z.literal('failed'), failure: FailureSchema }),
    ]),
  }),
  RecordedMessageSchema,
  z.object({ type: z.literal('output'), stream: StreamSchema, data: z.string() }),
  /** Clear the terminal and show this instead: a window that shows the stream for the first time, or was away long. */
  z.object({ type: z.literal('replay'), stream: StreamSchema, data: z.string() }),
]);
export type EngineMessage = z.infer<typeof EngineMessageSchema>;
export type SessionPatch = Partial<SessionState>;
