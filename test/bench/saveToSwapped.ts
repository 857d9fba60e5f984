/**
 * From a saved file to the new library mapped: the app with "Reload after build", against a shell that does the same
 * by hand (`cargo build && kill -INT`) from the moment of the save. Each has its own copy of the sample and its own
 * server; the same observer reads /proc/PID/maps of both. Beside that, the processor time of the app's processes meanwhile:
 * it says more on a machine that others use, too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readImages } from '../../main/engine/process/images.ts';
import { launchApp } from '../support/app.ts';
import { copySample, setGreeting } from '../support/fixtures/sample.ts';
import { buildByHand, byHandEnvironment, spawnByHand } from './byHand.ts';
import { benchDisplay } from './display.ts';
import { clockOf } from './processorTime.ts';
import { median, reportPairs } from './statistics.ts';

const PAIRS = 20;
const LIBRARY = 'libdepot_router.so';
const TIMEOUT_MS = 60_000;

/** Inode of the library that the server runs. Router comes in last: once it is new, all of them are. */
async function mapped(pid: number): Promise<string | null> {
  const images = (await readImages(pid))?.get(LIBRARY) ?? [];
  return images.length === 1 ? (images[0]?.inode ?? null) : null;
}

async function untilMapped(pid: number, accept: (inode: string | null) => boolean): Promise<void> {
  const began = performance.now();
  while (!accept(await mapped(pid))) {
    if (performance.now() - began > TIMEOUT_MS) throw new Error(`Process ${pid} did not swap ${LIBRARY}.`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function measure(root: string, pid: number, text: string, act: () => void): Promise<number> {
  const before = await mapped(pid);
  const began = performance.now();
  await setGreeting(root, 'api', text);
  act();
  await untilMapped(pid, (inode) => inode !== null && inode !== before);
  return performance.now() - began;
}

async function startByHand(root: string): Promise<ChildProcess> {
  await buildByHand(root);
  const server = await spawnByHand(root);
  await untilMapped(server.pid ?? 0, (inode) => inode !== null);
  return server;
}

export async function benchSaveToSwapped(): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-bench-')));
  const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
  await Promise.all([copySample(ours), copySample(theirs)]);
  const display = await benchDisplay();
  const byHand = await startByHand(theirs);
  const launched = await launchApp({ workspace: ours });
  try {
    const { window } = launched;
    await window.getByRole('switch', { name: 'Reload after build' }).click();
    await window.getByRole('button', { name: 'Start', exact: true }).click();
    const status = window.getByLabel('Server status');
    await status.getByText(/^running/).waitFor({ timeout: TIMEOUT_MS });
    const pid = Number(/pid (\d+)/.exec((await status.textContent()) ?? '')?.[1]);
    // The window plays a reload for some two seconds after it. Each measurement begins when that is over, or it would
    // slow down both of them.
    const atRest = async (): Promise<void> => {
      await window.waitForFunction(() => document.querySelector('[data-moved]') === null);
    };
    const mine: number[] = [];
    const rival: number[] = [];
    const clock = await clockOf(launched.app);
    const taken: Map<string, number>[] = [];
    // The first round of each warms caches and is not counted.
    for (let round = 0; round <= PAIRS; round += 1) {
      const text = `Round ${round}`;
      await atRest();
      const before = clock();
      const a = await measure(ours, pid, text, () => {});
      const after = clock();
      await status.getByText(/^running/).waitFor({ timeout: TIMEOUT_MS });
      await atRest();
      const b = await measure(theirs, byHand.pid ?? 0, text, () => {
        spawn('sh', ['-c', `cargo build -q && kill -INT ${byHand.pid}`], {
          cwd: theirs,
          env: byHandEnvironment,
          stdio: 'ignore',
        });
      });
      if (round > 0) {
        mine.push(a);
        rival.push(b);
        taken.push(new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)])));
      }
    }
    reportPairs('Save to swapped', 'by hand', mine, rival);
    const names = [...clock().keys()];
    const each = names.map(
      (name) => `${name} ${median(taken.map((round) => round.get(name) ?? 0)).toFixed(0)} ms`,
    );
    console.log(`  processor time, medians: ${each.join(', ')}`);
  } finally {
    byHand.kill('SIGKILL');
    await launched.close();
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
