/**
 * From the start of the process to a window that can be used, against a bare Electron window that draws one line.
 * Both say it themselves: the page marks the moment, and the mark is read afterwards over the debugging port, so that
 * the reading costs nothing while it is measured. The app opens the sample, which has been built.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { userEnvironment } from '../../main/engine/environment.ts';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { provideElectron } from '../../main/launch/electron.ts';
import { copySample } from '../support/fixtures/sample.ts';
import { benchDisplay } from './display.ts';
import { reportPairs } from './statistics.ts';

const RUNS = 10;
const MARK = 'hotdeck:ready';

const BARE_MAIN = `import { app, BrowserWindow } from 'electron';
app.enableSandbox();
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'));`;
const BARE_PAGE = `<!doctype html><title>bare</title><p>One line</p>
<script>requestAnimationFrame(() => performance.mark('${MARK}'));</script>`;

async function writeBareApp(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'bare', type: 'module', main: 'main.js' }),
  );
  await writeFile(join(folder, 'main.js'), BARE_MAIN);
  await writeFile(join(folder, 'index.html'), BARE_PAGE);
  return folder;
}

/** Starts an app, waits for its mark, ends it; gives the ms from start to mark. */
async function startOnce(executable: string, args: string[], userData: string): Promise<number> {
  const began = Date.now();
  const child = spawn(
    executable,
    ['--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${userData}`, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise((done) => child.once('exit', done));
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      const address = /DevTools listening on (ws:\/\/\S+)/.exec(line)?.[1];
      if (address !== undefined) return (await readMark(address)) - began;
    }
    throw new Error('The app ended before it could be measured.');
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

/** When the page set its mark, in ms since the epoch. */
async function readMark(address: string): Promise<number> {
  const browser = await chromium.connectOverCDP(address);
  try {
    const context = browser.contexts()[0];
    if (context === undefined) throw new Error('The app shows no page.');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    const handle = await page.waitForFunction((name) => {
      const mark = performance.getEntriesByName(name)[0];
      return mark === undefined ? null : performance.timeOrigin + mark.startTime;
    }, MARK);
    return (await handle.jsonValue()) ?? Number.NaN;
  } finally {
    await browser.close();
  }
}

export async function benchStartup(): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-bench-')));
  const display = await benchDisplay();
  try {
    const electron = await provideElectron(console.log);
    if (!electron.ok) throw new Error(electron.failure.message);
    const sample = join(folder, 'sample');
    await copySample(sample);
    await promisify(execFile)('cargo', ['build', '-q'], { cwd: sample, env: userEnvironment(process.env) });
    const bare = await writeBareApp(join(folder, 'bare'));
    const app = checkoutRoot();
    const mine: number[] = [];
    const rival: number[] = [];
    // The first round of each warms caches and is not counted.
    for (let round = 0; round <= RUNS; round += 1) {
      const a = await startOnce(electron.executable, [app, sample], join(folder, 'ours-data'));
      const b = await startOnce(electron.executable, [bare], join(folder, 'bare-data'));
      if (round > 0) {
        mine.push(a);
        rival.push(b);
      }
    }
    reportPairs('Start to interactive window', 'bare   ', mine, rival);
  } finally {
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
