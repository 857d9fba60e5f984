import { type BrowserWindow, ipcMain, type WebContents } from 'electron';
import { type AppReply, type AppState, channels, type Failure } from '#shared/contract.ts';
import { describe, log } from './log.ts';
import { createRateLimit } from './rateLimit.ts';
import { type AppHandlers, createAnswer } from './requests.ts';
import { isOwnPage } from './sender.ts';

export interface IpcOptions {
  readonly handlers: AppHandlers<WebContents>;
  /** The app's own windows, as of now. */
  windows(): readonly BrowserWindow[];
  state(): AppState;
}

/**
 * Answers the page's requests on the one channel there is. A message from elsewhere, a malformed one or one too
 * many is refused with a typed failure and a line in the log, and changes nothing.
 */
export function handleRequests({ handlers, windows, state }: IpcOptions): void {
  const answer = createAnswer(handlers);
  const allow = createRateLimit(100, 50);

  ipcMain.handle(channels.request, async (event, message: unknown): Promise<AppReply> => {
    const frames = windows().map((window) => window.webContents.mainFrame);
    if (!isOwnPage(event.senderFrame, frames)) return refuse(foreign, event.senderFrame?.url);
    if (!allow(Date.now())) return refuse(tooMany);
    try {
      const failure = await answer(message, event.sender);
      return failure === null ? { ok: true, state: state() } : refuse(failure);
    } catch (error) {
      return refuse({ kind: 'app-error', message: `Internal error: ${describe(error)}`, remedy: null });
    }
  });
}

const foreign: Failure = {
  kind: 'forbidden',
  message: 'Only the app’s own page can send this request.',
  remedy: null,
};
const tooMany: Failure = {
  kind: 'too-many-requests',
  message: 'Too many requests from the window.',
  remedy: 'Wait a moment.',
};

function refuse(failure: Failure, details?: unknown): AppReply {
  log(`Refused a request: ${failure.kind}: ${failure.message}`, details);
  return { ok: false, failure };
}
