/**
 * `npm run screenshot -- FOLDER`: pictures of the main views. Opens the sample as a new user would, starts the server,
 * edits a file, reloads, and takes the window after each step.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { benchDisplay } from '../bench/display.ts';
import { launchApp } from './app.ts';
import { copySample, setGreeting } from './fixtures/sample.ts';
import { nodeState, statusWord } from './statusWord.ts';

async function takePictures(
  window: Page,
  root: string,
  shoot: (name: string) => Promise<void>,
): Promise<void> {
  await shoot('1-opened');
  await window.getByRole('button', { name: 'Start', exact: true }).click();
  await statusWord(window, 'Server status', 'running');
  await shoot('2-running');
  await setGreeting(root, 'api', 'Hello from a reloaded api');
  await nodeState(window, 'depot_router', 'stale');
  await statusWord(window, 'Build status', 'ok');
  await window.locator('button[data-module="depot_api"]').click();
  await shoot('3-plan');
  await window
    .getByRole('banner')
    .getByRole('button', { name: /^Reload/ })
    .click();
  await shoot('4-arrows');
  await nodeState(window, 'depot_router', 'loaded');
  await shoot('5-reloaded');
}

const out = process.argv[2];
if (out === undefined) throw new Error('Name the folder for the pictures: npm run screenshot -- FOLDER');
const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-screenshot-')));
const root = join(folder, 'depot');
await copySample(root);
const display = await benchDisplay();
const launched = await launchApp({ workspace: root });
try {
  await takePictures(launched.window, root, async (name) => {
    await launched.window.screenshot({ path: resolve(out, `${name}.png`) });
  });
} finally {
  await launched.close();
  await display.stop();
  await rm(folder, { recursive: true, force: true });
}
