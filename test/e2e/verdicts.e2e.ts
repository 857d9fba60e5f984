/** Servers that fail at reloading, as the user sees it: the right verdict, and never the word "swapped". */
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { launchApp } from '../support/app.ts';
import {
  copySample,
  type SampleFailure,
  setFailure,
  setGreeting,
  tearBuild,
  useNewCoreSymbol,
} from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import {
  buildStatus,
  node,
  serverStatus,
  startServer,
  toolbarReload,
  untilInState,
  untilStatus,
} from '../support/window.ts';

const PATIENCE_MS = 60_000;
const ABOVE_API = ['depot_admin', 'depot_api', 'depot_router'];

async function openRunning(failure: SampleFailure | null): Promise<{ window: Page; root: string }> {
  const root = await temporaryFolder();
  await copySample(root);
  if (failure !== null) await setFailure(root, failure, { reloadTimeout: 2 });
  const launched = await launchApp({ workspace: root });
  onTestFinished(() => launched.close());
  await startServer(launched.window);
  return { window: launched.window, root };
}

/** Waits for the verdict in the plan's place or under the next plan, and sees that no swap is claimed beside it. */
async function expectVerdict(window: Page, verdict: string): Promise<string> {
  const plan = window.getByRole('region', { name: 'Reload plan' });
  await expect
    .poll(() => plan.locator('.verdict').allTextContents(), { timeout: PATIENCE_MS })
    .toContainEqual(expect.stringMatching(new RegExp(`^${verdict}`)));
  const text = (await plan.textContent()) ?? '';
  expect(text).not.toMatch(/swapped/i);
  return text;
}

async function reloadEdited(failure: SampleFailure): Promise<Page> {
  const { window, root } = await openRunning(failure);
  await setGreeting(root, 'api', 'Edited');
  await untilInState(window, 'stale', ABOVE_API);
  await untilStatus(buildStatus(window), 'ok');
  await toolbarReload(window).click();
  return window;
}

test.each(['stuck', 'mute'] as const)('%s: the module is stuck, and looks it', async (failure) => {
  const window = await reloadEdited(failure);
  await expectVerdict(window, 'stuck');
  await expect.poll(() => node(window, 'depot_api').first().getAttribute('data-state')).toBe('stuck');
});

test('lie: the log is contradicted', async () => {
  const window = await reloadEdited('lie');
  expect(await expectVerdict(window, 'stuck')).toContain('The log says that api was loaded');
});

test('refuse: the server’s own words', async () => {
  const window = await reloadEdited('refuse');
  expect(await expectVerdict(window, 'refused')).toContain('Reloading already in progress');
});

test('deaf: given up after the time that was set', async () => {
  const window = await reloadEdited('deaf');
  await expectVerdict(window, 'timed out');
  await untilStatus(serverStatus(window), 'running');
});

test('crash: with the signal and the last lines', async () => {
  const window = await reloadEdited('crash');
  await untilStatus(serverStatus(window), 'crashed');
  expect(await expectVerdict(window, 'crashed')).toContain('SIGSEGV');
});

test('a torn build: nothing, and the plan names what stays behind', async () => {
  const { window, root } = await openRunning(null);
  await window.getByRole('switch', { name: 'Build on save' }).click();
  await tearBuild(root);
  await untilInState(window, 'stale', ['depot_api']);
  const plan = window.getByRole('region', { name: 'Reload plan' });
  await expect.poll(() => plan.textContent(), { timeout: PATIENCE_MS }).toMatch(/old code/);
  await window.getByRole('tabpanel', { name: 'Server' }).locator('.xterm').click();
  await window.keyboard.press('Control+c');
  await expectVerdict(window, 'nothing');
});

test('a symbol that only the new core has: a restart is asked for before anything dies', async () => {
  const { window, root } = await openRunning(null);
  await useNewCoreSymbol(root);
  await expect
    .poll(() => node(window, 'depot_core').first().getAttribute('data-state'), { timeout: PATIENCE_MS })
    .toBe('stale');
  await untilStatus(buildStatus(window), 'ok');
  await toolbarReload(window).click();
  await expect
    .poll(() => window.getByRole('alert').allTextContents())
    .toContainEqual(expect.stringMatching(/restart/i));
  await untilStatus(serverStatus(window), 'running');
});
