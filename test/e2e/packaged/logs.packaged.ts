/** The packaged app's worker thread, whose program lies in an archive, reads and searches stored logs. */
import { expect, onTestFinished, test } from 'vitest';
import { launchApp } from '../../support/app.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { startServer } from '../../support/window.ts';

test('reads and searches the log', async () => {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const launched = await launchApp({ workspace: root, packaged: true });
  onTestFinished(() => launched.close());
  const { window } = launched;
  await startServer(window);
  await window.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Log', exact: true }).click();
  const feed = window.getByRole('feed', { name: 'Server log' });
  await expect.poll(() => feed.textContent()).toContain('Listening on');
  await window.keyboard.press('Control+f');
  await window.keyboard.type('Module loaded');
  await expect.poll(() => window.getByLabel('Matches').textContent()).toBe('5');
});
