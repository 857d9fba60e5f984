/** The stored log of the server, record by record: what a user sees, filters and finds. */
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type LaunchedApp, launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { temporaryFolder } from '../support/folders.ts';
import {
  button,
  planText,
  serverStatus,
  startServer,
  toolbarReload,
  untilStatus,
} from '../support/window.ts';

async function launch(workspace: string, userData: string): Promise<LaunchedApp> {
  const launched = await launchApp({ workspace, userData });
  onTestFinished(() => launched.close());
  return launched;
}

const panel = (window: Page): Locator => window.getByRole('tabpanel', { name: 'Server' });
const feed = (window: Page): Locator => window.getByRole('feed', { name: 'Server log' });
const records = (window: Page): Locator => feed(window).locator('article');
const texts = (window: Page): Promise<string[]> => records(window).allTextContents();
const view = (window: Page, name: 'Log' | 'Terminal'): Promise<void> =>
  window.getByRole('group', { name: 'View' }).getByRole('button', { name, exact: true }).click();

test('records, filters, marks and a search, today and tomorrow', async () => {
  const [root, userData] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  const today = await launch(root, userData);
  const { window } = today;
  await startServer(window);
  await view(window, 'Log');
  await expect.poll(async () => (await texts(window)).join('\n')).toContain('Listening on');

  // Follows what comes.
  await toolbarReload(window).click();
  await window.getByRole('alert').getByRole('button', { name: 'Reload anyway' }).click();
  await expect.poll(() => planText(window)).toMatch(/swapped/);
  await expect.poll(() => feed(window).textContent()).toContain('reload 1: swapped');

  // Filters, one upon another.
  const filters = window.getByRole('search', { name: 'Filters' });
  await filters.getByLabel('Filter by text').fill('module LOADED');
  await expect.poll(() => records(window).count()).toBe(10);
  await filters.getByLabel('Module or target').fill('depot_api');
  await expect.poll(() => records(window).count()).toBe(2);
  await filters.getByRole('button', { name: /^Error/ }).click();
  await expect.poll(() => records(window).count()).toBe(0);
  await filters.getByRole('button', { name: 'Clear filters' }).click();
  await filters.getByLabel('Filter by text').fill('(');
  await filters.getByRole('button', { name: 'Regular expression' }).click();
  await expect.poll(() => filters.textContent()).toMatch(/Invalid regular expression/);
  await filters.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(() => records(window).count()).toBeGreaterThan(10);
  const all = await records(window).count();
  await filters.getByRole('button', { name: 'Since last reload' }).click();
  await expect.poll(() => records(window).count()).toBeLessThan(all);
  await filters.getByRole('button', { name: 'Clear filters' }).click();

  // A search over the whole run.
  await window.keyboard.press('Control+f');
  await window.keyboard.type('listening on');
  await expect.poll(() => window.getByLabel('Matches').textContent()).toBe('3');
  await window.keyboard.press('Enter');
  await expect.poll(() => window.getByLabel('Matches').textContent()).toMatch(/^\d of 3$/);
  await window.keyboard.press('Escape');

  await button(window, 'Shut down').click();
  await untilStatus(serverStatus(window), 'stopped');
  // The search went elsewhere, so the log does not follow until it is told to.
  await feed(window).press('End');
  await expect.poll(() => feed(window).textContent()).toContain('run ended: exit 0');
  expect(today.complaints).toEqual([]);
  await today.close();

  // It is still there, in the terminal and in the log.
  const tomorrow = await launch(root, userData);
  await view(tomorrow.window, 'Log');
  await expect.poll(() => feed(tomorrow.window).textContent()).toContain('run ended: exit 0');
  await view(tomorrow.window, 'Terminal');
  await expect.poll(() => panel(tomorrow.window).textContent()).toContain('the end of the last run');
});
