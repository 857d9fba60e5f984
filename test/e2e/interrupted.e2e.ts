/** The engine is killed in the middle of a build, with a server running: the window that comes back says so. */
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../support/app.ts';
import { enginePid } from '../support/engineProcess.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { setGreeting } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import { buildStatus, startServer, untilStatus } from '../support/window.ts';

const PATIENT = { timeout: 30_000 };

const texts = async (window: Page): Promise<string[]> =>
  window.getByRole('list', { name: 'Events' }).locator('.entry-text').allTextContents();
const record = (window: Page): Locator => window.getByRole('region', { name: 'Event details' });

async function pictures(window: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme });
    await evidence(window, `${name}-${colorScheme}`);
  }
}

test('what was cut off is there, with its records; and how much is kept can be set', async () => {
  const [root, userData] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  const { app, window, close } = await launchApp({ workspace: root, userData });
  onTestFinished(close);
  await startServer(window);
  await window.getByRole('tab', { name: 'History' }).click();
  await expect.poll(() => texts(window), PATIENT).toContainEqual(expect.stringMatching(/^server ready/));
  const engine = await enginePid(app);
  await setGreeting(root, 'service', 'Hello from a build that never ends');
  await untilStatus(buildStatus(window), 'building');
  process.kill(engine, 'SIGKILL');
  await enginePid(app, engine);

  const told = [
    expect.stringMatching(/^server ended while Hotdeck was not running, after at least /),
    expect.stringMatching(
      /^build interrupted, after at least .*, Hotdeck exited meanwhile, because service\//,
    ),
  ];
  await expect.poll(() => texts(window), PATIENT).toEqual(expect.arrayContaining(told));
  await window
    .getByRole('list', { name: 'Events' })
    .getByRole('button', { name: /ended while Hotdeck was not running/ })
    .click();
  await expect.poll(() => record(window).textContent()).toContain('Not observed: Hotdeck was terminated');
  await pictures(window, 'history-unseen');
  await window
    .getByRole('list', { name: 'Events' })
    .getByRole('button', { name: /interrupted/ })
    .click();
  await expect
    .poll(() => record(window).textContent())
    .toMatch(/Ran at least.*Hotdeck exited during this build\./);
  await pictures(window, 'history-interrupted');

  const size = window.getByRole('spinbutton', { name: 'Keep history up to' });
  await size.scrollIntoViewIfNeeded();
  await expect.poll(() => size.inputValue()).toBe('256');
  await size.fill('5');
  await window.getByText('from 16 to 100,000').waitFor();
  await pictures(window, 'history-setting');
  await size.fill('64');
  await size.press('Enter');
  await expect.poll(() => size.inputValue()).toBe('64');
});
