/** Opens the app's window from a checkout and stays until it is closed. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Failure } from '#shared/contract.ts';
import { appEnvironment, launchArguments, readArguments } from './arguments.ts';
import { checkoutRoot } from './checkout.ts';
import { planDisplay, provideDisplay } from './display.ts';
import { provideElectron } from './electron.ts';
import { sandboxObstacle } from './sandbox.ts';
import { ensureLibraries } from './systemLibraries.ts';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type Opened =
  /** It ran; `code` is its exit code, 128 and the signal's number if a signal ended it. */
  { ok: true; code: number } | { ok: false; failure: Failure };

/**
 * Provides what the app needs (Electron, libraries, a display), then runs it. `args` may hold `--xvfb`, a workspace
 * (relative to `cwd`), and flags for Electron. `say` gets one line for each thing that was done.
 */
export async function openApp(
  args: readonly string[],
  cwd: string,
  say: (line: string) => void,
): Promise<Opened> {
  const { xvfb, forApp } = readArguments(args, cwd);
  // Asked first, because without a display there is no use in downloading anything.
  const plan = planDisplay(process.platform, process.env, xvfb);
  if (plan.use === 'nothing') return { ok: false, failure: plan.failure };
  const electron = await provideElectron(say);
  if (!electron.ok) return electron;
  const libraries = await ensureLibraries(electron.executable, say);
  if (!libraries.ok) return libraries;
  const obstacle = await sandboxObstacle(electron.dist);
  if (obstacle !== undefined) say(`Electron runs without its sandbox: ${obstacle}.`);
  const provided = await provideDisplay(plan, say);
  if (!provided.ok) return provided;

  const env = { ...appEnvironment(process.env), ...provided.display?.environment };
  const facts = { app: checkoutRoot(), sandboxed: obstacle === undefined, version: electron.version, env };
  try {
    return await runToEnd(electron.executable, launchArguments(forApp, facts), env);
  } finally {
    await provided.display?.stop();
  }
}

/**
 * The app gets a session of its own: Ctrl-C in the terminal would otherwise reach it twice, from the terminal and from
 * here, and Chromium takes the second for "at once", which leaves it no time to end the server.
 */
function runToEnd(executable: string, args: string[], env: NodeJS.ProcessEnv): Promise<Opened> {
  const app = spawn(executable, args, { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  let asked = 0;
  // Who asks a third time has waited long enough.
  const pass = (signal: NodeJS.Signals) => app.kill(++asked < 3 ? signal : 'SIGKILL');
  for (const signal of forwarded) process.on(signal, pass);
  return new Promise<Opened>((settle) => {
    app.once('exit', (code, signal) => settle({ ok: true, code: code ?? exitCode(signal) }));
    app.once('error', ({ message }) =>
      settle({
        ok: false,
        failure: {
          kind: 'electron-failed',
          message: `Electron could not be started: ${message}.`,
          remedy: null,
        },
      }),
    );
  }).finally(() => {
    for (const signal of forwarded) process.off(signal, pass);
  });
}

/** What a shell makes of a signal. */
function exitCode(signal: NodeJS.Signals | null): number {
  return signal === null ? 1 : 128 + constants.signals[signal];
}
