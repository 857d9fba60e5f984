/** The timeline and the record in the real window, while things happen in a real workspace. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { setGreeting } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import { canvas, historyButton, historyTab, record, settled, standing } from '../support/historyTab.ts';
import {
  buildStatus,
  planText,
  serverStatus,
  startServer,
  toolbarReload,
  untilStatus,
} from '../support/window.ts';

const PATIENCE_MS = 20_000;

/** How wide what goes on now is in a lane, px: from the first column in its color to the last. */
const runningWidth = (window: Page, lane: number): Promise<number> =>
  canvas(window).evaluate((element, index) => {
    const copy = document.createElement('canvas');
    const pen = copy.getContext('2d', { willReadFrequently: true });
    if (!(element instanceof HTMLCanvasElement) || pen === null) throw new Error('Nothing is drawn there.');
    [copy.width, copy.height] = [element.width, 2];
    // Through the body of a bar, below the axis.
    const axis = 20;
    const y = Math.round(axis + ((element.height - axis) / 4) * (index + 0.6));
    pen.drawImage(element, 0, y, element.width, 1, 0, 0, element.width, 1);
    pen.fillStyle = getComputedStyle(element).getPropertyValue('--busy');
    pen.fillRect(0, 1, 1, 1);
    const { data, width } = pen.getImageData(0, 0, element.width, 2);
    const isBusy = (x: number): boolean =>
      [0, 1, 2].every((part) => data[4 * x + part] === data[4 * width + part]);
    // The line of now is of the same color, and 2 px wide.
    const places = Array.from({ length: width }, (_, x) => x).filter(isBusy);
    return (places.at(-1) ?? 0) - (places[0] ?? 0);
  }, lane);

test('what happens in a real workspace: a bar that grows, and of each record its log, problems and modules', async () => {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const { window, close, complaints } = await launchApp({ workspace: root });
  onTestFinished(close);
  const { pid } = await startServer(window);
  await historyTab(window).click();
  await settled(window);

  // A running build grows from where it began, and is a mark of its own when it is over.
  for (let i = 0; i < 4; i += 1) await historyButton(window, 'Zoom in').click();
  await setGreeting(root, 'api', 'Hello from a growing bar');
  await untilStatus(buildStatus(window), 'building');
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        const wide = await runningWidth(window, 1);
        if (wide > 4) seen.push(wide);
        return wide - (seen[0] ?? wide);
      },
      { timeout: PATIENCE_MS, interval: 20 },
    )
    .toBeGreaterThan(3);
  // As the timeline moves along, the edges of the bar take up a part of a pixel now, and none then.
  seen.reduce((before, wide) => {
    expect(wide, seen.join()).toBeGreaterThanOrEqual(before - 1);
    return wide;
  });
  await evidence(window, 'timeline-growing');
  await untilStatus(buildStatus(window), 'ok');
  await expect.poll(() => runningWidth(window, 1), { timeout: PATIENCE_MS }).toBeLessThanOrEqual(4);

  const entry = (text: RegExp): Locator =>
    window.getByRole('list', { name: 'Events' }).getByRole('button', { name: text }).first();
  const log = (name: string): Locator => record(window).getByRole('log', { name });
  const pick = async (text: RegExp, picture: string): Promise<void> => {
    await entry(text).click({ timeout: PATIENCE_MS });
    await record(window)
      .getByRole('img', { name: /^Module graph at that time/ })
      .waitFor();
    await evidence(window, `timeline-real-${picture}`);
  };
  const graph = (): Promise<string | null> => record(window).getByRole('img').getAttribute('aria-label');

  await pick(/build ok/, 'build');
  await expect.poll(() => log('Output of cargo').textContent()).toContain('Finished');
  expect(await graph()).toContain('stale');
  await pick(/server ready/, 'ready');
  await expect.poll(() => log('Output until then').textContent()).toContain('Listening on');
  await pick(/server started/, 'start');
  await expect.poll(() => log('First lines of output').count()).toBe(1);

  await toolbarReload(window).click();
  await expect.poll(() => planText(window), { timeout: 3 * PATIENCE_MS }).toMatch(/swapped/);
  await pick(/reload 1: 3 modules/, 'reload');
  await expect
    .poll(() => log('Server output during the reload').textContent())
    .toMatch(/Unloading modules(.|\n)*depot_router: Listening on/);
  expect(await graph()).toContain('loaded');

  const source = join(root, 'api/src/lib.rs');
  const good = await readFile(source, 'utf8');
  await appendFile(source, '\nfn broken() -> u32 { "no number" }\n');
  await untilStatus(buildStatus(window), 'failed');
  await pick(/build failed/, 'failed');
  await record(window)
    .getByRole('list', { name: 'Problems of this build' })
    .getByText('mismatched types')
    .waitFor();
  await expect.poll(() => log('Output of cargo').textContent()).toContain('could not compile');
  expect(await graph()).toContain('api failed');
  await pick(/edit: api/, 'edit');
  await record(window).getByRole('button', { name: 'api/src/lib.rs' }).waitFor();

  process.kill(pid, 'SIGABRT');
  await untilStatus(serverStatus(window), 'crashed');
  await pick(/server crashed/, 'crash');
  await expect.poll(() => record(window).textContent()).toMatch(/SignalSIGABRT/);
  await writeFile(source, good);
  await expect
    .poll(() => standing(window).textContent(), { timeout: 3 * PATIENCE_MS })
    .toMatch(/^Broken since .*server crashed/);
  await window.emulateMedia({ colorScheme: 'dark' });
  await evidence(window, 'timeline-real-dark');
  expect(complaints).toEqual([]);
});
