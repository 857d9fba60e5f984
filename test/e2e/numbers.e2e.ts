/** The history in numbers, with many records, few and none; in both themes. */
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../support/app.ts';
import { workBefore } from '../support/fixtures/pastWork.ts';
import { copySample } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import { button } from '../support/window.ts';

const HOUR = 60 * 60 * 1000;
const PATIENT = { timeout: 20_000 };

async function openNumbers(root: string, userData: string): Promise<{ window: Page; complaints: string[] }> {
  const { window, complaints, close } = await launchApp({ workspace: root, userData });
  onTestFinished(close);
  await window.getByRole('tab', { name: 'History' }).click();
  const view = window.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Numbers' });
  await view.click();
  return { window, complaints };
}

const table = (window: Page): Locator => window.getByRole('table', { name: 'Numbers by module' });
const names = (window: Page): Promise<string[]> => table(window).locator('tbody .row-pick').allTextContents();

async function pictures(window: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme });
    await evidence(window, `${name}-${colorScheme}`);
  }
}

test('many records: a table to sort, a module to look at, and from what was slow to its record', async () => {
  const [root, userData] = [await temporaryFolder(), await temporaryFolder()];
  await copySample(root);
  await workBefore({ data: userData, root, times: 90, until: Date.now() - HOUR, apart: 4 * HOUR, slow: 70 });
  const { window, complaints } = await openNumbers(root, userData);
  await expect.poll(() => names(window), PATIENT).toContain('api');
  await pictures(window, 'numbers-many');

  // The whole stays on top, whatever the order.
  await table(window).getByRole('button', { name: 'Build', exact: true }).click();
  const down = await names(window);
  await table(window).getByRole('button', { name: 'Builds', exact: true }).click();
  await table(window).getByRole('button', { name: 'Build', exact: true }).click();
  await expect
    .poll(() => names(window), PATIENT)
    .toEqual(expect.arrayContaining(['Overall', 'api', 'router']));
  const again = await names(window);
  expect([down[0], again[0], again[1]]).toEqual(['Overall', 'Overall', 'api']);
  expect(await table(window).locator('[aria-sort="descending"]').textContent()).toMatch(/^Build/);

  // By keys to a module, whose figures come up.
  await table(window).getByRole('button', { name: 'Overall' }).focus();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  const figures = window.getByRole('region', { name: 'Numbers for depot_api' });
  await expect.poll(() => figures.getByRole('img').count(), PATIENT).toBe(5);
  expect(await figures.textContent()).toMatch(/slower/);
  await pictures(window, 'numbers-module');

  // Each measurement can be read by key, and leads to its record.
  const reader = figures.getByRole('slider', { name: /^Build/ });
  await reader.focus();
  const latest = await reader.getAttribute('aria-valuetext');
  await window.keyboard.press('ArrowLeft');
  await expect.poll(() => reader.getAttribute('aria-valuetext'), PATIENT).not.toBe(latest);
  const told = (await reader.getAttribute('aria-valuetext')) ?? '';
  expect(told).toMatch(/^[\d.]+ m?s, /);
  await evidence(window, 'numbers-read');
  await window.keyboard.press('Enter');
  await expect.poll(() => window.locator('.record-panel').textContent(), PATIENT).toMatch(/Build ok/);
  expect(await window.locator('.record-panel').textContent()).toContain(told.split(', ').at(-1) ?? '?');
  await window.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Numbers' }).click();
  await figures.waitFor();

  // What took unusually long is marked, and leads to the record.
  const slow = window.getByRole('region', { name: 'Unusually slow' });
  expect(await slow.textContent()).toMatch(/Build.*usually/);
  const path = window.getByRole('region', { name: 'Critical path of the last build' });
  expect(await path.textContent()).toMatch(/api .*, then router /);
  await path.scrollIntoViewIfNeeded();
  await pictures(window, 'numbers-path');
  await button(window, 'Show overall numbers').click();
  const whole = window.getByRole('region', { name: 'Numbers for all modules' });
  await expect.poll(() => whole.getByRole('img').count(), PATIENT).toBe(5);
  await slow.getByRole('button').last().click();
  await expect.poll(() => window.locator('.record-panel').textContent(), PATIENT).toMatch(/Build ok/);
  await pictures(window, 'numbers-jumped');
  expect(complaints).toEqual([]);
});

test('few records say what is missing, none what will be there', async () => {
  const [root, few, none] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  await copySample(root);
  await workBefore({ data: few, root, times: 3, until: Date.now() - HOUR, apart: HOUR, timed: false });
  const { window } = await openNumbers(root, few);
  const history = window.getByRole('tabpanel', { name: 'History' });
  await expect
    .poll(() => history.textContent(), PATIENT)
    .toMatch(/From 3 builds and 3 reloads of the last 30 days/);
  const text = (await history.textContent()) ?? '';
  expect(text).toMatch(/At least 10 samples are needed/);
  expect(text).toMatch(/Linking was not measured/);
  expect(text).toMatch(/Start times of crates were not measured/);
  await pictures(window, 'numbers-few');

  await workBefore({ data: none, root, times: 2, until: Date.now() - 40 * 24 * HOUR, apart: HOUR });
  const old = await openNumbers(root, none);
  const oldHistory = old.window.getByRole('tabpanel', { name: 'History' });
  await expect
    .poll(() => oldHistory.textContent(), PATIENT)
    .toMatch(/Nothing was built or reloaded in the last 30 days/);
  await pictures(old.window, 'numbers-none');
  await old.window.getByRole('button', { name: 'Show the last year' }).click();
  await expect
    .poll(() => oldHistory.textContent(), PATIENT)
    .toMatch(/From 2 builds and 2 reloads of the last year/);
});
