/**
 * `npm run screenshot`: the picture in the README. Opens the sample as a new user would, starts the server, edits a
 * file, and takes the window with the plan on it. `npm run screenshot -- FOLDER` takes every view instead.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { benchDisplay } from '../bench/display.ts';
import { launchApp } from './app.ts';
import { copySample, setGreeting } from './fixtures/sample.ts';

const TIMEOUT_MS = 120_000;

async function untilStatus(window: Page, name: string, word: string): Promise<void> {
  await window
    .getByLabel(name, { exact: true })
    .filter({ hasText: new RegExp(`^${word}`) })
    .waitFor({ timeout: TIMEOUT_MS });
}

async function takePictures(
  window: Page,
  root: string,
  shoot: (name: string) => Promise<void>,
): Promise<void> {
  await shoot('1-opened');
  await window.getByRole('button', { name: 'Start', exact: true }).click();
  await untilStatus(window, 'Server status', 'running');
  await shoot('2-running');
  await setGreeting(root, 'api', 'Hello from a reloaded api');
  await window
    .locator('[data-module="depot_router"][data-state="stale"]')
    .first()
    .waitFor({ timeout: TIMEOUT_MS });
  await untilStatus(window, 'Build status', 'ok');
  await window.locator('button[data-module="depot_api"]').click();
  await shoot('plan');
  await window
    .getByRole('banner')
    .getByRole('button', { name: /^Reload/ })
    .click();
  await shoot('3-arrows');
  await window
    .locator('[data-module="depot_router"][data-state="loaded"]')
    .first()
    .waitFor({ timeout: TIMEOUT_MS });
  await shoot('4-reloaded');
}

const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-screenshot-')));
const root = join(folder, 'depot');
await copySample(root);
const display = await benchDisplay();
const launched = await launchApp({ workspace: root });
const out = process.argv[2];
const docs = join(checkoutRoot(), 'docs');
try {
  await takePictures(launched.window, root, async (name) => {
    const path = out === undefined ? join(docs, 'screenshot.png') : resolve(out, `${name}.png`);
    if (out !== undefined || name === 'plan') await launched.window.screenshot({ path });
  });
} finally {
  await launched.close();
  await display.stop();
  await rm(folder, { recursive: true, force: true });
}
