/**
 * What goes on, as it is told: a build in the window and in the taskbar, a reload wave by wave, and notifications while
 * nobody looks. What is faked: there is no desktop here that could show a notification or a taskbar, nor one that takes the
 * focus away, so Electron's notifications and its progress bar are listened to, and it is told that no window is focused.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, type LaunchedApp, launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { setFailure, setGreeting } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import {
  buildStatus,
  serverStatus,
  startServer,
  toolbarReload,
  untilInState,
  untilStatus,
} from '../support/window.ts';

const MODULES = ['depot', 'depot_admin', 'depot_api', 'depot_database', 'depot_router', 'depot_service'];
const PATIENCE_MS = 60_000;
declare global {
  /** In the app's main process: what was heard. */
  var told: { shown: Electron.Notification[]; progress: number[] } | undefined;
}

interface Shown {
  title: string;
  body: string;
}

/** Listens to notifications and to the taskbar. */
async function listen(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Notification, BrowserWindow }) => {
    const told: NonNullable<typeof globalThis.told> = { shown: [], progress: [] };
    globalThis.told = told;
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: Electron.Notification) {
      told.shown.push(this);
    };
    for (const window of BrowserWindow.getAllWindows()) {
      const set = window.setProgressBar.bind(window);
      window.setProgressBar = (part: number) => {
        told.progress.push(part);
        set(part);
      };
    }
  });
}

const shown = (app: ElectronApplication): Promise<Shown[]> =>
  app.evaluate(() => {
    return globalThis.told?.shown.map(({ title, body }) => ({ title, body })) ?? [];
  });
const progress = (app: ElectronApplication): Promise<number[]> =>
  app.evaluate(() => globalThis.told?.progress ?? []);
const clickLast = (app: ElectronApplication): Promise<void> =>
  app.evaluate(() => {
    globalThis.told?.shown.at(-1)?.emit('click');
  });
/** The user turns to another program, as far as the app can tell. */
const lookAway = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.blur();
    BrowserWindow.getFocusedWindow = () => null;
  });

async function launch(failure?: Parameters<typeof setFailure>[1]): Promise<LaunchedApp & { root: string }> {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  if (failure !== undefined) await setFailure(root, failure);
  const launched = await launchApp({ workspace: root });
  onTestFinished(() => launched.close());
  await listen(launched.app);
  // Open, and watched.
  await untilInState(launched.window, 'built', MODULES);
  return { ...launched, root };
}

async function edit(root: string, from: string, to: string): Promise<void> {
  const file = join(root, 'api/src/lib.rs');
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
}

test('a build says how far it is, and how long such builds take once it knows', async () => {
  const { app, window, root } = await launch();
  const status = buildStatus(window);
  for (const greeting of ['one', 'two', 'three']) {
    await setGreeting(root, 'api', greeting);
    await untilStatus(status, 'building');
    await untilStatus(status, 'ok');
  }
  const pill = await status.boundingBox();
  const bars = window.getByRole('progressbar', { name: 'Build progress' });
  await setGreeting(root, 'api', 'four');
  await status.getByText(/usually/).waitFor({ state: 'attached' });
  expect(await status.textContent()).toMatch(/^building · \d of 3 · .*usually \d[\d.]*(–\d[\d.]*)? s$/);
  expect(await bars.getAttribute('aria-valuemax')).toBe('3');
  expect(await status.boundingBox()).toMatchObject({ x: pill?.x, y: pill?.y, height: pill?.height });
  await evidence(window, 'now-build');
  await untilStatus(status, 'ok');
  expect(await bars.count()).toBe(0);
  const parts = await progress(app);
  expect(parts.at(-1)).toBe(-1);
  expect(parts.some((part) => part > 0 && part < 1)).toBe(true);
});

test('a failed build is told about while nobody looks, and a click leads to its problems', async () => {
  const { app, window, root } = await launch();
  await lookAway(app);
  await edit(root, 'pub fn page(', 'pub fn page((');
  await untilStatus(buildStatus(window), 'failed');
  await expect.poll(() => shown(app), { timeout: PATIENCE_MS }).toHaveLength(1);
  const [told] = await shown(app);
  expect(told?.title).toMatch(/^The build of .+ failed$/);
  expect(told?.body).toMatch(/^api\/src\/lib\.rs:\d+: /);
  await clickLast(app);
  await expect
    .poll(() => window.getByRole('tab', { name: 'Problems' }).getAttribute('aria-selected'))
    .toBe('true');
});

test('a reload shows its waves; a crash is told about, unless that is switched off', async () => {
  const { app, window, root } = await launch('drain:3');
  const { pid } = await startServer(window);
  await setGreeting(root, 'api', 'Hello, waves');
  await expect.poll(() => toolbarReload(window).textContent(), { timeout: PATIENCE_MS }).toMatch(/3/);
  await untilStatus(buildStatus(window), 'ok');
  await toolbarReload(window).click();
  const plan = window.getByRole('region', { name: 'Reload plan' });
  await plan.getByText('Unloading: 0 of 3 modules are out.').waitFor();
  await evidence(window, 'now-reload');
  expect(await plan.locator('[data-stage="now"]').count()).toBe(1);
  await plan.getByText('swapped').first().waitFor();

  await lookAway(app);
  process.kill(pid, 'SIGABRT');
  await untilStatus(serverStatus(window), 'crashed');
  await expect.poll(() => shown(app), { timeout: PATIENCE_MS }).toHaveLength(1);
  expect((await shown(app))[0]?.body).toBe('It ended with SIGABRT.');

  // Of what is switched off nothing is told.
  const told = window.getByRole('switch', { name: 'A build fails' });
  await told.click();
  await expect.poll(() => told.getAttribute('aria-checked')).toBe('false');
  await evidence(window, 'now-settings');
  await edit(root, 'pub fn page(', 'pub fn page((');
  await untilStatus(buildStatus(window), 'failed');
  expect(await shown(app)).toHaveLength(1);
});

test('a module that is stuck is told about while nobody looks', async () => {
  const { app, window, root } = await launch('stuck');
  await startServer(window);
  await setGreeting(root, 'api', 'Hello, stuck');
  await expect.poll(() => toolbarReload(window).textContent(), { timeout: PATIENCE_MS }).toMatch(/3/);
  await untilStatus(buildStatus(window), 'ok');
  await lookAway(app);
  await toolbarReload(window).click();
  await expect.poll(() => shown(app), { timeout: PATIENCE_MS }).toHaveLength(1);
  const [told] = await shown(app);
  expect(told?.title).toMatch(/^Reload 1 of .+: stuck$/);
  expect(told?.body).toMatch(/\bapi\b/);
  await window.getByRole('tab', { name: 'Problems' }).click();
  await clickLast(app);
  await expect
    .poll(() => window.getByRole('tab', { name: 'Server' }).getAttribute('aria-selected'))
    .toBe('true');
});
