/**
 * From the start of the process to a window that can be used, against a bare Electron window that draws one line.
 * Each page marks the moment itself; a hook in the main process of both prints the marks. The app opens the sample, which
 * has been built.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { userEnvironment } from '../../main/engine/environment.ts';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { provideElectron } from '../../main/launch/electron.ts';
import { copySample } from '../support/fixtures/sample.ts';
import { benchDisplay } from './display.ts';
import { reportPairs } from './statistics.ts';

const RUNS = 10;
const READY = 'hotdeck:ready';
const OPEN = 'hotdeck:open';
const TimesSchema = z.array(z.number());

const BARE_MAIN = `import { app, BrowserWindow } from 'electron';
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'));`;
const BARE_PAGE = `<!doctype html><title>bare</title><p>One line</p>
<script>requestAnimationFrame(() => performance.mark('${READY}'));</script>`;

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

/** Loaded into both apps before their own code: prints when the page has set its marks, in ms since the epoch. */
const HOOK = `const { app } = require('electron');
const marks = process.env.BENCH_MARKS.split(',');
app.on('web-contents-created', (_event, contents) => {
  contents.on('dom-ready', async () => {
    const times = await contents.executeJavaScript(\`new Promise((resolve) => {
      const names = \${JSON.stringify(marks)};
      const look = () => {
        const found = names.flatMap((name) => performance.getEntriesByName(name)[0] ?? []);
        if (found.length === names.length) resolve(found.map((mark) => performance.timeOrigin + mark.startTime));
      };
      new PerformanceObserver(look).observe({ entryTypes: ['mark'] });
      look();
    })\`);
    console.log('marks ' + JSON.stringify(times));
  });
});`;

/** Starts an app, waits for its marks, ends it; gives the ms from start to each mark. */
async function startOnce(
  electron: string,
  hook: string,
  app: readonly string[],
  marks: string[],
): Promise<number[]> {
  const began = Date.now();
  const child = spawn(electron, ['-r', hook, ...app, '--no-sandbox'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, BENCH_MARKS: marks.join() },
  });
  const exited = new Promise((done) => child.once('exit', done));
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('marks ')) continue;
      return TimesSchema.parse(JSON.parse(line.slice('marks '.length))).map((at) => at - began);
    }
    throw new Error('The app ended before it could be measured.');
  } finally {
    child.kill('SIGTERM');
    await exited;
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
    const hook = join(folder, 'hook.cjs');
    await writeFile(hook, HOOK);
    const app = checkoutRoot();
    const mine: number[] = [];
    const opened: number[] = [];
    const rival: number[] = [];
    // The first round of each warms caches and is not counted.
    for (let round = 0; round <= RUNS; round += 1) {
      const ours = [app, sample, `--user-data-dir=${join(folder, 'ours-data')}`];
      const theirs = [bare, `--user-data-dir=${join(folder, 'bare-data')}`];
      const [ready, open] = await startOnce(electron.executable, hook, ours, [READY, OPEN]);
      const [bareReady] = await startOnce(electron.executable, hook, theirs, [READY]);
      if (round === 0 || ready === undefined || open === undefined || bareReady === undefined) continue;
      mine.push(ready);
      opened.push(open);
      rival.push(bareReady);
    }
    reportPairs('Start to a window that can be used', 'bare   ', mine, rival);
    reportPairs('Start to the module graph of the sample', 'bare   ', opened, rival);
  } finally {
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
