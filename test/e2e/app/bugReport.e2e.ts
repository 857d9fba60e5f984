/** Help, Collect Bug Report…: what is personal is replaced, the text is shown, and only then saved where the user says. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../../support/app.ts';
import { copySample } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

test('the bug report is shown with personal paths replaced, copied and saved as it is shown', async () => {
  const folder = await temporaryFolder();
  const root = join(folder, 'my-secret-place', 'depot');
  await copySample(root);
  const launched = await launchApp({ workspace: root, env: { HOTDECK_LOG: 'debug' } });
  onTestFinished(() => launched.close());
  const { app, window } = launched;
  const chosen = join(folder, 'report.md');
  const dialogs = await app.evaluateHandle(({ dialog }, path) => {
    const asked: unknown[] = [];
    // The system's own dialog can't be clicked by a test; all before and after it is the app's.
    Reflect.set(dialog, 'showSaveDialog', async (_window: unknown, options: unknown) => {
      asked.push(options);
      return asked.length === 1 ? { canceled: true, filePath: '' } : { canceled: false, filePath: path };
    });
    return asked;
  }, chosen);

  await window.locator('[data-module="depot_api"]').first().waitFor();
  await app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&Help');
    help?.submenu?.items.find(({ label }) => label === 'Collect Bug Report…')?.click();
  });
  const view = window.getByRole('dialog', { name: 'Bug report' });
  const text = view.getByRole('region', { name: 'Bug report text' });
  await text.waitFor();
  const shown = (await text.textContent()) ?? '';
  await evidence(window, 'bug-report');

  expect(shown).toMatch(/- Hotdeck: \d+\.\d+\.\d+ \(from a checkout\)/);
  expect(shown).toMatch(/- Electron: \d+\./);
  expect(shown).toContain('"root": "<workspace>"');
  expect(shown).toContain('None.');
  expect(shown).toMatch(/info +\[engine\] Opened <workspace> in \d+ ms/);
  expect(shown).toMatch(/debug +\[engine\]/);
  expect(shown).not.toContain('my-secret-place');
  expect(shown).not.toContain(`${homedir()}/`);
  if (hostname() !== 'localhost') expect(shown).not.toMatch(new RegExp(`\\b${hostname()}\\b`));

  await view.getByRole('button', { name: 'Copy', exact: true }).click();
  await view.getByText('Copied').waitFor();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(shown);

  await view.getByRole('button', { name: 'Save…' }).click();
  await expect.poll(() => dialogs.evaluate((asked) => asked.length)).toBe(1);
  expect(existsSync(chosen)).toBe(false);
  await view.getByRole('button', { name: 'Save…' }).click();
  await view.getByText('Saved').waitFor();
  expect(await readFile(chosen, 'utf8')).toBe(shown);

  await window.keyboard.press('Escape');
  await view.waitFor({ state: 'detached' });
  // The log that it was taken from lies in the app's own folder.
  const log = await readFile(
    join(await app.evaluate(({ app: own }) => own.getPath('logs')), 'hotdeck.log'),
    'utf8',
  );
  expect(log).toContain(`[engine] Opened ${root}`);
});
