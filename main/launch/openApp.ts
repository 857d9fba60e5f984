/** Opens the app's window from a checkout and stays until it is closed. */
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Failure } from '#shared/contract.ts';
import { checkoutRoot } from './checkout.ts';
import { prepareApp } from './prepareApp.ts';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type Opened =
  /** It ran; `code` is its exit code, 128 and the signal's number if a signal ended it. */
  { ok: true; code: number } | { ok: false; failure: Failure };

/** Provides what the app needs, then runs it. The arguments are those of `prepareApp`. */
export async function openApp(
  args: readonly string[],
  cwd: string,
  say: (line: string) => void,
): Promise<Opened> {
  const prepared = await prepareApp(args, cwd, say);
  if (!prepared.ok) return prepared;
  try {
    return await runToEnd(prepared.start(checkoutRoot()));
  } finally {
    await prepared.release();
  }
}

function runToEnd(app: ChildProcess): Promise<Opened> {
  let asked = 0;
  // Who asks a third time has waited long enough.
  const pass = (signal: NodeJS.Signals) => app.kill(++asked < 3 ? signal : 'SIGKILL');
  for (const signal of forwarded) process.on(signal, pass);
  return untilEnd(app).finally(() => {
    for (const signal of forwarded) process.off(signal, pass);
  });
}

/** Resolves when the app has ended, or could not be started. */
export function untilEnd(app: ChildProcess): Promise<Opened> {
  return new Promise((settle) => {
    app.once('exit', (code, signal) => settle({ ok: true, code: code ?? exitCode(signal) }));
    app.once('error', ({ message }) =>
      settle({
        ok: false,
        failure: {
          kind: 'electron-failed',
          message: `Electron couldn’t be started: ${message}.`,
          remedy: null,
        },
      }),
    );
  });
}

/** What a shell makes of a signal. */
function exitCode(signal: NodeJS.Signals | null): number {
  return signal === null ? 1 : 128 + constants.signals[signal];
}
