/** What the compiler complains about: seen, gone through by key, mended by its own suggestions. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { temporaryFolder } from '../support/folders.ts';
import { buildStatus, button, untilStatus } from '../support/window.ts';

async function openSample(): Promise<{ window: Page; root: string }> {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const { window, close } = await launchApp({ workspace: root });
  onTestFinished(close);
  await window.getByRole('tab', { name: 'Problems' }).click();
  return { window, root };
}

const panel = (window: Page): Locator => window.getByRole('tabpanel', { name: 'Problems' });
const list = (window: Page): Locator => panel(window).getByRole('list', { name: 'Problems' });
const problems = (window: Page): Locator => list(window).locator('[data-problem]');
const head = (problem: Locator): Locator => problem.locator('[aria-expanded]');
const focused = (window: Page): Promise<string | null> =>
  window.evaluate(() => document.activeElement?.textContent ?? null);
const apply = (window: Page): Locator => button(window, 'Apply suggestion');

const WARNS = '\npub fn spare() -> u8 {\n    let mut spare = 1;\n    spare\n}\n';
const BREAKS = '\npub fn squared(n: u8) -> u64 {\n    n as u64.pow(2)\n}\n';

test('a broken build is told by crate and file, gone through by key, and mended by suggestions', async () => {
  const { window, root } = await openSample();
  expect(await panel(window).textContent()).toMatch(/^No build has run yet/);

  const [service, api] = [join(root, 'service/src/lib.rs'), join(root, 'api/src/lib.rs')];
  const [goodService, goodApi] = [await readFile(service, 'utf8'), await readFile(api, 'utf8')];
  await appendFile(service, WARNS);
  await appendFile(api, BREAKS);
  await untilStatus(buildStatus(window), 'failed');

  // The crate with the error comes first, though the compiler came to it last.
  await expect.poll(() => problems(window).count()).toBe(2);
  expect(await list(window).getByRole('heading').allTextContents()).toEqual([
    expect.stringMatching(/^depot_api.*1 error$/),
    'api/src/lib.rs',
    expect.stringMatching(/^depot_service.*1 warning$/),
    'service/src/lib.rs',
  ]);
  const [error, warning] = [problems(window).nth(0), problems(window).nth(1)];
  expect(await head(error).getAttribute('aria-expanded')).toBe('true');
  expect(await head(warning).getAttribute('aria-expanded')).toBe('false');
  expect(await error.locator('.rendered').first().textContent()).toContain('n as u64.pow(2)');

  // By key, from wherever the focus is, round and round.
  await window.getByRole('tab', { name: 'Server' }).click();
  await window.keyboard.press('F8');
  await expect.poll(() => focused(window)).toMatch(/cast cannot be followed/);
  await window.keyboard.press('F8');
  await expect.poll(() => focused(window)).toMatch(/does not need to be mutable/);
  expect(await head(warning).getAttribute('aria-expanded')).toBe('true');
  await window.keyboard.press('F8');
  await expect.poll(() => focused(window)).toMatch(/cast cannot be followed/);
  await window.keyboard.press('Shift+F8');
  await expect.poll(() => focused(window)).toMatch(/does not need to be mutable/);

  // One severity at a time.
  await window.getByRole('button', { name: /^Errors/ }).click();
  await expect.poll(() => problems(window).count()).toBe(1);
  await window.getByRole('button', { name: /^Errors/ }).click();
  await expect.poll(() => problems(window).count()).toBe(2);
  await evidence(window, 'problems');

  // The suggestion says what it does, does it, and the build on save tells the rest.
  expect(await error.getByRole('table').textContent()).toContain('(n as u64).pow(2)');
  await error.getByRole('button', { name: 'Apply suggestion' }).click();
  await untilStatus(buildStatus(window), 'ok');
  expect(await readFile(api, 'utf8')).toBe(`${goodApi}${BREAKS.replace('n as u64', '(n as u64)')}`);
  await expect.poll(() => problems(window).count(), { timeout: 60_000 }).toBe(1);
  await apply(window).click();
  await expect
    .poll(() => panel(window).textContent(), { timeout: 60_000 })
    .toBe('No problems in the last build.');
  expect(await readFile(service, 'utf8')).toBe(`${goodService}${WARNS.replace('mut ', '')}`);
});

test('a suggestion whose file has changed is refused in so many words, and the file stays', async () => {
  const { window, root } = await openSample();
  const api = join(root, 'api/src/lib.rs');
  await appendFile(api, BREAKS);
  await untilStatus(buildStatus(window), 'failed');
  await window.getByRole('switch', { name: 'Build on save' }).click();
  const edited = `// Mine.\n${await readFile(api, 'utf8')}`;
  await writeFile(api, edited);
  await apply(window).click();
  await expect
    .poll(() => window.getByRole('alert').allTextContents())
    .toContainEqual(expect.stringMatching(/api\/src\/lib\.rs changed since the compiler saw it/));
  expect(await readFile(api, 'utf8')).toBe(edited);
});
