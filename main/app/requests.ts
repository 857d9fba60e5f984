import { z } from 'zod';
import {
  type AppRequestName,
  type AppRequestParams,
  appRequestSchemas,
  type Failure,
} from '#shared/contract.ts';

/** Carries out one request; gives null when it was done, else why not. `Sender` tells which window asked. */
type Handler<N extends AppRequestName, Sender> = (
  params: AppRequestParams<N>,
  sender: Sender,
) => Promise<Failure | null> | Failure | null;

export type AppHandlers<Sender> = { readonly [N in AppRequestName]: Handler<N, Sender> };

const MessageSchema = z.strictObject({ name: z.string().max(64), params: z.unknown() });

/** Takes an unchecked message, and carries it out if it is a well-formed request. */
export type Answer<Sender> = (message: unknown, sender: Sender) => Promise<Failure | null>;

/** Binds the handlers to their schemas: none sees a message that its schema has not let through. */
export function createAnswer<Sender>(handlers: AppHandlers<Sender>): Answer<Sender> {
  const table: ReadonlyMap<string, Answer<Sender>> = new Map(
    Object.entries({
      connect: bind(appRequestSchemas.connect, handlers.connect),
      appState: bind(appRequestSchemas.appState, handlers.appState),
      openWorkspace: bind(appRequestSchemas.openWorkspace, handlers.openWorkspace),
      openRecent: bind(appRequestSchemas.openRecent, handlers.openRecent),
      openSample: bind(appRequestSchemas.openSample, handlers.openSample),
      openLink: bind(appRequestSchemas.openLink, handlers.openLink),
      setPreferences: bind(appRequestSchemas.setPreferences, handlers.setPreferences),
      saveLog: bind(appRequestSchemas.saveLog, handlers.saveLog),
      restartEngine: bind(appRequestSchemas.restartEngine, handlers.restartEngine),
      collectBugReport: bind(appRequestSchemas.collectBugReport, handlers.collectBugReport),
      saveBugReport: bind(appRequestSchemas.saveBugReport, handlers.saveBugReport),
      closeBugReport: bind(appRequestSchemas.closeBugReport, handlers.closeBugReport),
    } satisfies Record<AppRequestName, Answer<Sender>>),
  );
  return async (message, sender) => {
    const parsed = MessageSchema.safeParse(message);
    if (!parsed.success) return malformed('The request', parsed.error);
    const answer = table.get(parsed.data.name);
    if (answer === undefined) {
      return { kind: 'unknown-request', message: 'Unknown request.', remedy: null };
    }
    return answer(parsed.data.params, sender);
  };
}

function bind<Params, Sender>(
  schema: z.ZodType<Params>,
  handler: (params: Params, sender: Sender) => Promise<Failure | null> | Failure | null,
): Answer<Sender> {
  return async (params, sender) => {
    const parsed = schema.safeParse(params);
    return parsed.success
      ? handler(parsed.data, sender)
      : malformed('The request’s parameters', parsed.error);
  };
}

function malformed(what: string, error: z.ZodError): Failure {
  const where = error.issues[0]?.path.join('.') ?? '';
  return {
    kind: 'bad-request',
    message: `${what} are invalid${where === '' ? '' : ` (at “${where}”)`}.`,
    remedy: null,
  };
}
