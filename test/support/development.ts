/** `npm run dev` in a copy of the checkout, which tests may edit. */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { temporaryFolder } from './folders.ts';
import { isRunning, killAll, processTree } from './processes.ts';

export interface Development {
  /** The copy of the checkout. */
  readonly root: string;
  /** All that was written so far. */
  output(): string;
  /** Replaces a text that occurs in one file below this folder of the copy, and saves it. */
  edit(folder: string, from: string, to: string): Promise<void>;
  /** The page of the `count`-th app that was started, once it says that it is ready. */
  page(count: number): Promise<Page>;
  /** All processes, npm's own included, as of now. */
  pids(): number[];
  /** Sends Ctrl-C's signal to all that a terminal would send it to, and resolves with the processes left when npm has ended. */
  interrupt(): Promise<number[]>;
}

const PATIENCE_MS = 60_000;

/** Copies what git knows of the checkout, as it is on disk; the modules are linked. */
async function copyCheckout(): Promise<string> {
  const from = checkoutRoot();
  const root = await temporaryFolder('hotdeck-checkout');
  const listed = await promisify(execFile)('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: from,
    maxBuffer: 10_000_000,
  });
  for (const file of listed.stdout.split('\0')) {
    // Tests are no part of the app, and a file that was moved is listed until the move is committed.
    if (file === '' || file === 'node_modules' || file.startsWith('test/')) continue;
    await mkdir(join(root, dirname(file)), { recursive: true });
    await cp(join(from, file), join(root, file)).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
  }
  await symlink(await realpath(join(from, 'node_modules')), join(root, 'node_modules'));
  return root;
}

/** Starts it on a virtual display of its own; it is ended with the test, whatever happens. */
export async function startDevelopment(args: readonly string[] = []): Promise<Development> {
  const root = await copyCheckout();
  const data = await temporaryFolder('hotdeck-user');
  const flags = ['--xvfb', '--remote-debugging-port=0', `--user-data-dir=${data}`, ...args];
  const npm = spawn('npm', ['run', 'dev', '--', ...flags], {
    cwd: root,
    env: { ...process.env, INIT_CWD: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk));
  const ended = new Promise<void>((resolve) => npm.once('exit', () => resolve()));
  const pid = npm.pid ?? 0;
  const browsers: Browser[] = [];
  onTestFinished(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    killAll(processTree(pid));
    await ended;
  });
  return {
    root,
    output: () => text,
    async edit(folder, from, to) {
      const files = await readdir(join(root, folder), { recursive: true });
      const sources = await Promise.all(
        files
          .filter((file) => /\.tsx?$/.test(file))
          .map((file) => join(root, folder, file))
          .map(async (path) => ({ path, text: await readFile(path, 'utf8') })),
      );
      const found = sources.filter((source) => source.text.includes(from));
      expect(found.length, `files below ${folder} with “${from}”`).toBe(1);
      for (const each of found) await writeFile(each.path, each.text.replace(from, to));
    },
    async page(count) {
      const port = () =>
        [...text.matchAll(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/g)][count - 1]?.[1];
      await expect.poll(port, { timeout: PATIENCE_MS }).toBeDefined();
      const address = `http://127.0.0.1:${port()}`;
      // Playwright does not always get done with a window that opens while it attaches.
      await expect.poll(() => hasPage(address), { timeout: PATIENCE_MS }).toBe(true);
      const browser = await chromium.connectOverCDP(address);
      browsers.push(browser);
      const page = browser.contexts()[0]?.pages()[0];
      if (page === undefined) throw new Error(`The app has no page.\n${text}`);
      await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
      return page;
    },
    pids: () => processTree(pid).map((each) => each.pid),
    async interrupt() {
      const all = processTree(pid);
      process.kill(-pid, 'SIGINT');
      await ended;
      return all.filter((each) => isRunning(each.pid)).map((each) => each.pid);
    },
  };
}

const TargetsSchema = z.array(z.object({ type: z.string(), url: z.string() }));

/** Whether the app's window shows its page; false while nothing answers yet. */
async function hasPage(address: string): Promise<boolean> {
  const response = await fetch(`${address}/json/list`).catch(() => null);
  if (response === null) return false;
  const targets = TargetsSchema.parse(await response.json());
  return targets.some(({ type, url }) => type === 'page' && url.startsWith('app://hotdeck/'));
}
