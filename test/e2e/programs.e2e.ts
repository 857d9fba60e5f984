/** A workspace with several programs in the real window: the choice, the change of it, and the features that it takes. */
import { expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../support/app.ts';
import { writeHarbor } from '../support/fixtures/harbor.ts';
import { temporaryFolder } from '../support/folders.ts';
import { button, serverStatus, untilStatus } from '../support/window.ts';

const bin = (name: string, features: readonly string[] = []): string =>
  `\n[[bin]]\nname = "${name}"\npath = "src/main.rs"\nrequired-features = ${JSON.stringify(features)}\n`;

test('the programs are offered, one is chosen and started, and another is chosen after it', async () => {
  const root = await temporaryFolder();
  const manifest = `\n[features]\nserver = []\n${bin('quay')}${bin('pier')}${bin('ferry', ['server'])}`;
  await writeHarbor(root, { plain: true, manifest });
  const { window, complaints, close } = await launchApp({ workspace: root });
  onTestFinished(close);

  const choice = window.getByRole('region', { name: 'Choose the server' });
  const programs = choice.getByRole('list', { name: 'Programs' }).getByRole('button');
  await programs.first().waitFor();
  expect(await programs.allTextContents()).toEqual([
    'ferrypackage harbor; turns on the feature server',
    'pierpackage harbor',
    'quaypackage harbor',
  ]);
  await evidence(window, 'programs-choose');
  await window.emulateMedia({ colorScheme: 'dark' });
  await evidence(window, 'programs-choose-dark');
  await window.emulateMedia({ colorScheme: 'light' });
  await programs.filter({ hasText: 'pier' }).click();

  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
  const setting = window.getByLabel('Server program', { exact: true });
  expect(await setting.locator('option:checked').textContent()).toContain('pier');
  expect(await setting.isDisabled()).toBe(true);
  await evidence(window, 'programs-settings');
  await button(window, 'Shut down').click();
  await untilStatus(serverStatus(window), 'stopped');

  await setting.selectOption({ value: 'bin harbor/ferry' });
  await expect.poll(() => setting.locator('option:checked').textContent()).toBe('ferry (package harbor)');
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
  expect(complaints).toEqual([]);
});
