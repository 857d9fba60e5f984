/** Starts the real app for a test, and ends it whatever happens. */
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, errors, type Page } from 'playwright-core';
import { z } from 'zod';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { provideElectron } from '../../main/launch/electron.ts';
import { killAll, processTree } from './processes.ts';

const checkout = checkoutRoot();

export interface LaunchOptions {
  /** The folder to open; without one the app does what it does at its first start. */
  readonly workspace?: string;
  /** A fresh folder, removed at the end, unless one is named. */
  readonly userData?: string;
  /** On top of the test's own environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly args?: readonly string[];
  /** A command and its arguments that is to start the app: one that puts another program in its own place. */
  readonly before?: readonly string[];
  /** Runs the packaged app that HOTDECK_PACKAGED names. */
  readonly packaged?: boolean;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly userData: string;
  /** The app's main process. */
  readonly pid: number;
  /** Errors and warnings of the page's console, and uncaught exceptions, from the first moment on. */
  readonly complaints: string[];
  /** What the app has written to stderr. */
  stderr(): string;
  /** All processes of the app as of now: main, page, engine, and what the engine has started. */
  pids(): number[];
  /** Quits as a user does; kills what is left after that. May be called twice. */
  close(): Promise<void>;
}

/** Gives the app once its window says that it is ready. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'hotdeck-user-')));
  const removeUserData = async () => {
    if (options.userData === undefined) await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  };
  const app = await start(options, userData).catch(async (error: unknown) => {
    await removeUserData();
    throw error;
  });
  const child = app.process();
  const { pid } = child;
  if (pid === undefined) throw new Error('The app has no process.');
  const complaints: string[] = [];
  app.context().on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  app.context().on('weberror', (error) => complaints.push(String(error.error())));
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });

  const close = async () => {
    const all = processTree(pid);
    await Promise.race([app.close().catch(() => {}), exited(child, 10_000)]);
    killAll(all);
    await exited(child, 10_000);
    await removeUserData();
  };
  try {
    const window = await app.firstWindow({ timeout: 30_000 });
    await window.waitForFunction(() => document.documentElement.dataset.ready === 'true', null, {
      timeout: 40_000,
    });
    return {
      app,
      window,
      userData,
      pid,
      complaints,
      stderr: () => stderr,
      pids: () => processTree(pid).map((each) => each.pid),
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`The app did not get ready.\n${complaints.join('\n')}\n${stderr}`, { cause: error });
  }
}

async function start(options: LaunchOptions, userData: string, retries = 2): Promise<ElectronApplication> {
  const packaged = options.packaged ?? false;
  const { executable: plain, app } = await program(packaged);
  const executable = await startedBy(options.before ?? [], plain, userData);
  const workspace = options.workspace === undefined ? [] : [options.workspace];
  try {
    return await electron.launch({
      executablePath: executable,
      args: [...app, `--user-data-dir=${userData}`, ...(options.args ?? []), ...workspace],
      env: environment(options.env ?? {}),
      timeout: 40_000,
    });
  } catch (error) {
    // What holdReady.cjs prevents can't be prevented here: a packaged app takes no -r.
    if (!packaged || retries === 0 || !(error instanceof errors.TimeoutError)) throw error;
    return start(options, userData, retries - 1);
  }
}

/** Keeps a picture of the window; gives its path. HOTDECK_EVIDENCE names the folder. */
export async function evidence(window: Page, name: string): Promise<string> {
  const folder = process.env.HOTDECK_EVIDENCE ?? join(tmpdir(), 'hotdeck-evidence');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name.replaceAll(/[^\w-]+/g, '-')}.png`);
  await window.screenshot({ path });
  return path;
}

/** A script in place of the executable: Playwright puts arguments of its own before all others. */
async function startedBy(before: readonly string[], executable: string, folder: string): Promise<string> {
  if (before.length === 0) return executable;
  const script = join(folder, 'start.sh');
  const words = [...before, executable].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await writeFile(script, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
  return script;
}

/** HOTDECK_ELECTRON and HOTDECK_APP name another Electron and another build of the app. */
async function program(packaged: boolean): Promise<{ executable: string; app: string[] }> {
  const { HOTDECK_PACKAGED, HOTDECK_ELECTRON, HOTDECK_APP } = process.env;
  if (packaged) {
    if (HOTDECK_PACKAGED === undefined) throw new Error('HOTDECK_PACKAGED does not name the packaged app.');
    return { executable: HOTDECK_PACKAGED, app: [] };
  }
  const app = ['-r', join(checkout, 'test', 'support', 'holdReady.cjs'), HOTDECK_APP ?? checkout];
  if (HOTDECK_ELECTRON !== undefined) return { executable: HOTDECK_ELECTRON, app };
  const provided = await provideElectron((line) => console.error(line));
  if (!provided.ok) throw new Error(`${provided.failure.message} ${provided.failure.remedy ?? ''}`);
  return { executable: provided.executable, app };
}

function environment(changes: NonNullable<LaunchOptions['env']>): Record<string, string> {
  const merged = { ...process.env, ...displayHere(), ELECTRON_RUN_AS_NODE: undefined, ...changes };
  return Object.fromEntries(
    Object.entries(merged).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

const DisplaysSchema = z.array(z.record(z.string(), z.string()));

/** The display for the file of tests that runs here: another than that of the one beside it. */
function displayHere(): Record<string, string> {
  const { HOTDECK_DISPLAYS, VITEST_POOL_ID } = process.env;
  const displays = DisplaysSchema.parse(JSON.parse(HOTDECK_DISPLAYS ?? '[]'));
  return displays[(Number(VITEST_POOL_ID) - 1) % displays.length] ?? {};
}

/** Resolves when the app's main process has ended, or after `ms`. */
function exited(child: ChildProcess, ms: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
