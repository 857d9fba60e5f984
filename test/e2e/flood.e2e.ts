/**
 * A server that prints 200 MB as fast as it can, in the real window: frames keep coming while the user reloads, types and
 * looks elsewhere, nothing is lost on the way to the disk, and memory stays within bounds.
 */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { launchApp } from '../support/app.ts';
import { enginePid } from '../support/engineProcess.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { setEnvironment } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import { firstDifference, storedBytes, storedRuns } from '../support/logs.ts';
import { residentBytes } from '../support/processes.ts';
import { button, planText, serverStatus, toolbarReload, untilStatus } from '../support/window.ts';

const MEGABYTES = 200;
const TYPED = 'nobody reads this';
const PATIENCE_MS = 110_000;
/** Of the engine, which keeps the latest two million characters of a stream, and of the page with its terminals. */
const MOST_BYTES = 700_000_000;

/** Counts the frames that the window draws from now on. */
const countFrames = (window: Page): Promise<void> =>
  window.evaluate(() => {
    const count = (): void => {
      const frames = Number(document.documentElement.dataset.frames ?? 0);
      document.documentElement.dataset.frames = String(frames + 1);
      requestAnimationFrame(count);
    };
    count();
  });
const frames = (window: Page): Promise<number> =>
  window.evaluate(() => Number(document.documentElement.dataset.frames));
const untilFrameAfter = (window: Page, before: number): Promise<void> =>
  expect.poll(() => frames(window), { timeout: 10_000 }).toBeGreaterThan(before);
test('a flood of 200 MB', { timeout: 240_000 }, async () => {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const copies = await temporaryFolder();
  const userData = await temporaryFolder();
  const copy = join(copies, 'copy.log');
  await setEnvironment(root, { DEPOT_FLOOD: String(MEGABYTES), DEPOT_COPY: copy });
  const launched = await launchApp({ workspace: root, userData });
  onTestFinished(() => launched.close());
  const { window, app } = launched;
  await window.getByRole('switch', { name: 'Build on save' }).click();
  await countFrames(window);
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
  const engine = await enginePid(app);

  // What the user does meanwhile is done, and each time the window goes on drawing.
  const terminal = window.getByRole('tabpanel', { name: 'Server' }).locator('.xterm');
  await terminal.click();
  await window.keyboard.type(TYPED);
  await untilFrameAfter(window, await frames(window));
  await window.getByRole('tab', { name: 'Build' }).click();
  await untilFrameAfter(window, await frames(window));
  await window.getByRole('tab', { name: 'Server' }).click();
  await toolbarReload(window).click();
  await window.getByRole('alert').getByRole('button', { name: 'Reload anyway' }).click();
  await expect.poll(() => planText(window), { timeout: 30_000 }).toMatch(/swapped/);
  await untilFrameAfter(window, await frames(window));
  expect(await endOf(copy)).not.toContain('The flood is over');

  let most = 0;
  await expect
    .poll(
      async () => {
        most = Math.max(most, residentBytes(engine), await pageBytes(app));
        return endOf(copy);
      },
      { timeout: PATIENCE_MS, interval: 500 },
    )
    .toContain('The flood is over');
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(MOST_BYTES);
  await button(window, 'Shut down').click();
  await untilStatus(serverStatus(window), 'stopped');
  await launched.close();

  const [run] = (await storedRuns(userData)).filter((id) => id.startsWith('server'));
  const stored = await storedBytes(userData, run ?? null);
  expect(stored.length).toBeGreaterThan(MEGABYTES * 1_000_000);
  expect(firstDifference(stored, await readFile(copy), TYPED)).toBeNull();
});

/** The last lines of a file. */
async function endOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, 2_000));
    await file.read(bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('latin1');
  } finally {
    await file.close();
  }
}

async function pageBytes(app: ElectronApplication): Promise<number> {
  const pids = await app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ type }) => type === 'Tab')
      .map(({ pid }) => pid),
  );
  return Math.max(...pids.map(residentBytes));
}
