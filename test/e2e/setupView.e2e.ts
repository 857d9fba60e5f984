/** The Setup view as a window: opened and left, read, folded and copied from. What it does to files is tested elsewhere. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, type LaunchedApp, launchApp } from '../support/app.ts';
import { writeFiles } from '../support/fixtures/files.ts';
import { temporaryFolder } from '../support/folders.ts';
import { button } from '../support/window.ts';

/** What there is to know takes a few runs of cargo. */
const PATIENCE_MS = 60_000;

const manifest = (name: string, more = ''): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;

/** A workspace like any other: no crate of it is a dynamic library. */
const PLAIN = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["rules", "server"]\n',
  'rules/Cargo.toml': manifest('rules'),
  'rules/src/lib.rs': 'pub fn rule() -> u32 {\n    1\n}\n',
  'server/Cargo.toml': manifest('server', '\n[dependencies]\nrules = { path = "../rules" }\n'),
  'server/src/main.rs': 'fn main() {\n    println!("{}", rules::rule());\n}\n',
};

async function launch(files: Readonly<Record<string, string>>): Promise<LaunchedApp & { root: string }> {
  const root = await temporaryFolder();
  await writeFiles(root, files);
  const launched = await launchApp({ workspace: root });
  onTestFinished(() => launched.close());
  return { ...launched, root };
}

const view = (window: Page): Locator => window.getByRole('region', { name: 'Setup', exact: true });
const checks = (window: Page): Locator => view(window).getByRole('region', { name: 'Checks', exact: true });
const focusIsInside = (window: Page): Promise<boolean> =>
  window.evaluate(() => document.activeElement?.closest('dialog') != null);
/** What has the focus, by its name. */
const focused = (window: Page): Promise<string | null> =>
  window.evaluate(() => {
    const { activeElement: element } = document;
    if (element === null || element === document.body) return null;
    return element.getAttribute('aria-label') ?? element.textContent;
  });

test('opens from everywhere, keeps the focus, and gives it back', async () => {
  const { window, complaints } = await launch(PLAIN);
  const opener = button(window, 'Set up');

  // The workspace has no modules, and says where to go.
  await window.getByRole('region', { name: 'Module graph' }).getByText('no modules yet').waitFor();
  await button(window, 'Set up workspace').click();
  await checks(window).waitFor();
  await window.keyboard.press('Escape');
  await expect.poll(() => view(window).count()).toBe(0);
  expect(await focused(window)).toBe('Set up workspace');
  await expect.poll(() => opener.textContent(), { timeout: PATIENCE_MS }).toMatch(/^Set up\d+$/);

  // By its button, with the focus inside however long one tabs.
  await opener.click();
  await checks(window).waitFor();
  expect(await focused(window)).toBe('Setup');
  const stops = new Set<string | null>();
  for (let i = 0; i < 60; i += 1) {
    await window.keyboard.press('Tab');
    // Between the last and the first stop the focus is on the page itself.
    if ((await focused(window)) === null) continue;
    expect(await focusIsInside(window)).toBe(true);
    stops.add(await focused(window));
  }
  for (const name of ['Check again', 'Close Setup', 'Copy cargo arguments', 'Fold all'])
    expect(stops).toContain(name);
  await button(window, 'Close Setup').click();
  await expect.poll(() => view(window).count()).toBe(0);
  expect(await focused(window)).toBe('Set up');

  // By its key; keys for what lies behind the view do nothing meanwhile.
  await window.keyboard.press('Control+,');
  await view(window).waitFor();
  await window.keyboard.press('Control+f');
  expect(await window.getByRole('searchbox').count()).toBe(0);
  expect(await focusIsInside(window)).toBe(true);
  await window.keyboard.press('Escape');
  await expect.poll(() => view(window).count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('shows what there is and what would change, and changes nothing', async () => {
  const { app, window, root, complaints } = await launch(PLAIN);
  await button(window, 'Set up').click();

  // The checks: what is wrong open, what is right folded.
  const wrong = checks(window).locator('[data-check][data-state="problem"]');
  await wrong.first().waitFor();
  expect(await view(window).getByRole('status').textContent()).toMatch(/^\d+ problems?, .*\d+ ok$/);
  expect(await wrong.first().textContent()).toMatch(/^Problem/);
  const right = checks(window).locator('[data-check][data-state="ok"]').first();
  const folded = right.locator('details');
  expect(await folded.getAttribute('open')).toBeNull();
  await right.locator('summary').focus();
  await window.keyboard.press('Enter');
  expect(await folded.getAttribute('open')).not.toBeNull();
  await window.keyboard.press('Enter');
  expect(await folded.getAttribute('open')).toBeNull();
  await checks(window).getByRole('button', { name: 'See the changes' }).first().click();
  expect(await focused(window)).toBe('What the setup changes');

  // The first way: what cargo gets can be copied.
  const ways = view(window).getByRole('tab');
  expect(await ways.first().getAttribute('aria-selected')).toBe('true');
  await button(window, 'Copy cargo arguments').click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^--config '?build\.rustflags=/);

  // The other one, by key: every file with its lines, which can be folded.
  await ways.first().focus();
  await window.keyboard.press('ArrowRight');
  expect(await focused(window)).toBe('In the files');
  expect(await button(window, 'Copy cargo arguments').count()).toBe(0);
  const files = view(window).getByRole('list', { name: 'Files' });
  const rules = files.locator('[data-file="rules/Cargo.toml"]');
  const added = rules.locator('tr[data-kind="added"]');
  await expect.poll(() => added.allTextContents()).toContain('7+crate-type = ["rlib", "dylib"]');
  const all = await view(window)
    .getByRole('button', { name: /^Apply: / })
    .textContent();
  expect(all).toMatch(/^Apply: 2 files, \d+ lines$/);
  await rules.getByRole('button', { name: /rules\/Cargo\.toml/ }).click();
  expect(await added.count()).toBe(0);
  await button(window, 'Fold all').click();
  expect(await files.locator('table').count()).toBe(0);
  await button(window, 'Unfold all').click();
  expect(await files.locator('table').count()).toBe(2);
  await button(window, 'Copy diff').click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain('+++ b/rules/Cargo.toml');

  await button(window, 'Check again').click();
  const checking = () => button(window, 'Check again').getAttribute('aria-disabled');
  await expect.poll(checking, { timeout: PATIENCE_MS }).toBe('false');
  expect(await focused(window)).toBe('Check again');
  for (const [file, text] of Object.entries(PLAIN))
    expect(await readFile(join(root, file), 'utf8')).toBe(text);
  expect(complaints).toEqual([]);
});

test('says what kind of workspace it is; whatever is chosen, what was applied can be taken back', async () => {
  const dylib = {
    ...PLAIN,
    'rules/Cargo.toml': manifest('rules', '\n[lib]\ncrate-type = ["rlib", "dylib"]\n'),
  };
  const { window, complaints } = await launch(dylib);
  await button(window, 'Set up').click();
  const kind = view(window).getByRole('region', { name: 'Kind of workspace' });
  await kind.waitFor();
  const words = (): Promise<string | null> => kind.textContent();
  expect(await words()).toContain('rules is a dylib, and nothing says yet how server uses it.');
  await evidence(window, 'kind unknown');
  // It is not known to need a setup, so what is not done is no problem.
  expect(await checks(window).locator('[data-check^="step:"][data-state="problem"]').count()).toBe(0);
  const changes = view(window).getByRole('region', { name: 'Changes' });
  await changes.getByRole('button', { name: /^Apply: / }).click();
  const revert = changes.getByRole('button', { name: 'Revert' });
  await revert.waitFor({ timeout: PATIENCE_MS });
  await expect.poll(words, { timeout: PATIENCE_MS }).toContain("cargo's command line sets -Cprefer-dynamic");

  const select = kind.getByRole('combobox', { name: 'Kind' });
  await select.selectOption('hot-lib-reloader');
  await expect
    .poll(words, { timeout: PATIENCE_MS })
    .toContain('chosen here, detected: Shared standard library');
  expect(await changes.textContent()).toContain('Its modules can be swapped without this setup');
  expect(await changes.getByRole('tab').count()).toBe(0);
  const flags = checks(window).locator('[data-check="rustflags"]');
  expect(await flags.textContent()).toContain('#88737');
  await evidence(window, 'kind chosen');
  await window.emulateMedia({ colorScheme: 'dark' });
  await evidence(window, 'kind chosen dark');
  await revert.click();
  await revert.waitFor({ state: 'detached', timeout: PATIENCE_MS });
  expect(await changes.textContent()).toContain('Nothing needs to be set up');
  expect(await checks(window).locator('[data-state="problem"]').count()).toBe(0);
  await evidence(window, 'kind nothing to do dark');
  expect(complaints).toEqual([]);
});

test('opens where the workspace could not be opened', async () => {
  const broken = { ...PLAIN, 'rules/Cargo.toml': 'no manifest at all' };
  const { window, complaints } = await launch(broken);
  await window.getByText('This workspace could not be opened').waitFor();
  await button(window, 'Set up').click();
  await checks(window).locator('[data-state="problem"]').first().waitFor();
  expect(await view(window).textContent()).toContain('rules/Cargo.toml');
  await window.keyboard.press('Escape');
  expect(await focused(window)).toBe('Set up');
  expect(complaints).toEqual([]);
});
