/** What goes wrong, as the user sees it: a message of its own each time, and the app goes on. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type LaunchedApp, type LaunchOptions, launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { copySample } from '../support/fixtures/sample.ts';
import { writeStubborn } from '../support/fixtures/stubborn.ts';
import { temporaryFolder } from '../support/folders.ts';
import { button, node, serverPid, serverStatus, untilGone, untilStatus } from '../support/window.ts';

async function launch(options: LaunchOptions): Promise<LaunchedApp> {
  const launched = await launchApp(options);
  onTestFinished(() => launched.close());
  return launched;
}

const untilAlert = (window: Page, text: RegExp): Promise<void> =>
  expect
    .poll(() => window.getByRole('alert').allTextContents(), { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(text));

const untilOpen = (window: Page): Promise<void> => node(window, 'depot_core').waitFor({ timeout: 60_000 });

test('a folder without Cargo.toml: says so, and opens once there is one', async () => {
  const root = await temporaryFolder();
  const { window } = await launch({ workspace: root });
  await untilAlert(window, /has no Cargo\.toml/);
  await copySample(root);
  await button(window, 'Try again').click();
  await untilOpen(window);
});

test('a broken manifest: cargo’s own words', async () => {
  const root = await temporaryFolder();
  await copySample(root);
  await writeFile(join(root, 'api/Cargo.toml'), '[package\n');
  const { window } = await launch({ workspace: root });
  await untilAlert(window, /api\/Cargo\.toml/);
});

test('no toolchain: what to install', async () => {
  const root = await temporaryFolder();
  await copySample(root);
  const home = await temporaryFolder();
  await mkdir(join(home, '.cargo'));
  const { window } = await launch({
    workspace: root,
    env: { PATH: '/usr/bin:/bin', HOME: home, CARGO_HOME: undefined },
  });
  await untilAlert(window, /cargo was not found/);
});

test('a port in use: which fault it is, and Start again works', async () => {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const address = blocker.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await writeFile(
    join(root, 'hotdeck.json'),
    JSON.stringify({ rule: 'stack', environment: { DEPOT_PORT: String(port) } }),
  );
  const { window } = await launch({ workspace: root });
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'crashed');
  await untilAlert(window, /already in use/);
  await new Promise<void>((resolve) => blocker.close(() => resolve()));
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
});

test('the workspace is deleted while it is open: an alert, and the app goes on', async () => {
  const root = await temporaryFolder();
  await copySample(root);
  const { window } = await launch({ workspace: root });
  await untilOpen(window);
  await rm(root, { recursive: true });
  await untilAlert(window, /is gone/);
  await button(window, 'Build').click();
  await untilAlert(window, /folder, is gone/);
});

test('a server that ignores every signal does not outlive an app that is killed', async () => {
  const root = await temporaryFolder();
  await writeStubborn(root);
  const { window, app } = await launch({ workspace: root });
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
  const pid = await serverPid(window);
  app.process().kill('SIGKILL');
  await untilGone(pid, 2_000);
});

test('a first start opens a copy of the sample, and it runs', async () => {
  const { window } = await launch({});
  await untilOpen(window);
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
});
