/** `npm run dev`: components are replaced in the running page; the other processes are built and started again. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startDevelopment } from '../support/development.ts';

/** What main, or the engine, answers to a request that it doesn't know. */
const refusalOf = (page: Page, whose: 'app' | 'request'): Promise<unknown> =>
  page.evaluate((name) => Reflect.apply(window.hotdeck[name], null, ['nonsense', {}]), whose);

test('a saved component is on screen without a reload, a saved main or engine file restarts the app, and Ctrl-C ends all', async () => {
  const development = await startDevelopment();
  const page = await development.page(1);
  // The rule of the shipped app holds: the page's own address is app://, whoever serves its files.
  expect(page.url()).toBe('app://hotdeck/index.html');

  await page.evaluate(() => Reflect.set(window, 'sinceLoading', 'kept'));
  const tab = page.getByRole('tab', { name: 'Problems' });
  await tab.click();
  const view = '<div className="problems-view">';
  const saved = performance.now();
  await development.edit('renderer', view, `${view}<p>Not a single problem</p>`);
  await page.getByText('Not a single problem').waitFor();
  console.info(`On screen ${Math.round(performance.now() - saved)} ms after it was saved.`);
  expect(await page.evaluate(() => Reflect.get(window, 'sinceLoading'))).toBe('kept');
  expect(await tab.getAttribute('aria-selected')).toBe('true');

  await development.edit('main/app', "'unknown-request'", "'unknown-to-main'");
  const second = await development.page(2);
  expect(await refusalOf(second, 'app')).toMatchObject({ failure: { kind: 'unknown-to-main' } });

  await development.edit('main/engine', "failed('unknown-request'", "failed('unknown-to-engine'");
  const third = await development.page(3);
  expect(await refusalOf(third, 'request')).toMatchObject({ failure: { kind: 'unknown-to-engine' } });

  expect(await development.interrupt()).toEqual([]);
});

test('a file that can’t be built leaves the app as it is, and the next save goes on', async () => {
  const development = await startDevelopment();
  const page = await development.page(1);
  await development.edit('main/app', "'unknown-request'", "'unknown-request' +");
  await expect.poll(() => development.output(), { timeout: 30_000 }).toContain('The build failed');
  expect(await refusalOf(page, 'app')).toMatchObject({ failure: { kind: 'unknown-request' } });
  await development.edit('main/app', "'unknown-request' +", "'mended'");
  expect(await refusalOf(await development.page(2), 'app')).toMatchObject({ failure: { kind: 'mended' } });
  expect(await development.interrupt()).toEqual([]);
});
