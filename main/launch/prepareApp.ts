/** What the app needs to run from a checkout: Electron, system libraries, a display. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Failure } from '#shared/contract.ts';
import { appEnvironment, launchArguments, readArguments } from './arguments.ts';
import { planDisplay, provideDisplay } from './display.ts';
import { provideElectron } from './electron.ts';
import { sandboxObstacle } from './sandbox.ts';
import { ensureLibraries } from './systemLibraries.ts';

export interface PreparedApp {
  ok: true;
  /**
   * Starts the app that lies in the folder `app`. It gets a session of its own: Ctrl-C in the terminal would otherwise
   * reach it twice, from the terminal and from here, and Chromium takes the second for "at once", which leaves it no
   * time to end the server.
   */
  start(app: string, extra?: NodeJS.ProcessEnv): ChildProcess;
  /** Takes down the display that was put up. */
  release(): Promise<void>;
}

/**
 * Provides what the app needs. `args` may hold `--xvfb`, a workspace (relative to `cwd`), and flags for Electron.
 * `say` gets one line for each thing that was done.
 */
export async function prepareApp(
  args: readonly string[],
  cwd: string,
  say: (line: string) => void,
): Promise<PreparedApp | { ok: false; failure: Failure }> {
  const { xvfb, forApp } = readArguments(args, cwd);
  // Asked first, because without a display there is no use in downloading anything.
  const plan = planDisplay(process.platform, process.env, xvfb);
  if (plan.use === 'nothing') return { ok: false, failure: plan.failure };
  const electron = await provideElectron(say);
  if (!electron.ok) return electron;
  const libraries = await ensureLibraries(electron.executable, say);
  if (!libraries.ok) return libraries;
  const obstacle = await sandboxObstacle(electron.dist);
  if (obstacle !== undefined) say(`Running Electron without its sandbox: ${obstacle}.`);
  const provided = await provideDisplay(plan, say);
  if (!provided.ok) return provided;

  const base = { ...appEnvironment(process.env), ...provided.display?.environment };
  return {
    ok: true,
    start(app, extra = {}) {
      const env = { ...base, ...extra };
      const facts = { app, sandboxed: obstacle === undefined, version: electron.version, env };
      return spawn(electron.executable, launchArguments(forApp, facts), {
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
      });
    },
    release: async () => provided.display?.stop(),
  };
}
