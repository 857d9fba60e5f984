/** The History view: what happens in the real window shows up in it, in order, each with its record and its place in the log. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { setGreeting } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import { entries, historyTab, record, standing, entryTexts as texts } from '../support/historyTab.ts';
import { buildStatus, button, planText, startServer, toolbarReload, untilStatus } from '../support/window.ts';

const PATIENCE_MS = 60_000;

test('edits, a failed build, its repair and a reload, as they happen', async () => {
  const [root, userData] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  const { window, complaints, close } = await launchApp({ workspace: root, userData });
  onTestFinished(close);
  const tab = historyTab(window);

  // Nothing yet: it says what will be there.
  await tab.click();
  await window.getByText('No history yet').waitFor();

  await startServer(window);
  await tab.click();
  await window.getByRole('region', { name: 'Timeline' }).waitFor();
  await expect.poll(() => texts(window)).toContainEqual(expect.stringMatching(/^server ready after/));
  await expect.poll(() => standing(window).textContent()).toMatch(/^OK since/);

  // Broken.
  const source = join(root, 'api/src/lib.rs');
  const good = await readFile(source, 'utf8');
  await appendFile(source, '\nfn broken() -> u32 { "no number" }\n');
  await untilStatus(buildStatus(window), 'failed');
  await expect
    .poll(() => texts(window).then(([first]) => first), { timeout: PATIENCE_MS })
    .toMatch(/^build failed, .*1 error, because api\/src\/lib\.rs changed$/);
  await expect
    .poll(() => standing(window).textContent())
    .toMatch(/^Broken since \d\d:\d\d:\d\d \(build failed, .*because api\/src\/lib\.rs changed\)$/);

  // The line at the top leads to its record, and that to the file.
  await standing(window).getByRole('button').click();
  await expect.poll(() => record(window).textContent()).toContain('mismatched types');
  await record(window).getByRole('button', { name: 'api/src/lib.rs', exact: true }).waitFor();

  // Mended, and reloaded.
  await writeFile(source, good);
  await setGreeting(root, 'api', 'Hello from a mended api');
  await untilStatus(buildStatus(window), 'ok');
  await expect
    .poll(() => standing(window).textContent(), { timeout: PATIENCE_MS })
    .toMatch(/^OK since .*build ok/);
  await toolbarReload(window).click();
  await expect.poll(() => planText(window), { timeout: PATIENCE_MS }).toMatch(/swapped/);
  await expect
    .poll(() => texts(window).then(([first]) => first), { timeout: PATIENCE_MS })
    .toMatch(/^reload 1: \w+ modules, .*because api\/src\/lib\.rs changed$/);

  // All of it, the latest first.
  const kinds = (await texts(window)).reverse().map((text) => text.split(/[:,]| (?:started|ready)/)[0]);
  expect(kinds.filter((kind, i) => kind !== kinds[i - 1])).toEqual(
    expect.arrayContaining(['server', 'edit', 'build failed', 'build ok', 'reload 1']),
  );
  const place = (kind: string): number => kinds.indexOf(kind);
  expect(place('server')).toBeLessThan(place('edit'));
  expect(place('edit')).toBeLessThan(place('build failed'));
  expect(place('build failed')).toBeLessThan(place('build ok'));
  expect(place('build ok')).toBeLessThan(place('reload 1'));

  // By key through the list; the record goes along.
  await entries(window).first().focus();
  await window.keyboard.press('Home');
  await expect.poll(() => record(window).textContent()).toMatch(/Reload 1: swapped/);
  const steps = record(window).getByRole('list', { name: 'Observed order' }).getByRole('listitem');
  expect(await steps.count()).toBeGreaterThan(1);
  await record(window)
    .getByRole('img', { name: /^Module graph at that time/ })
    .waitFor();
  await window.keyboard.press('ArrowDown');
  await expect.poll(() => record(window).textContent()).toMatch(/Build ok/);
  await record(window).getByRole('list', { name: 'Crates' }).waitFor();

  // Filters.
  await button(window, 'Failures only').click();
  await expect
    .poll(async () => (await texts(window)).every((text) => text.startsWith('build failed')))
    .toBe(true);
  await button(window, 'Failures only').click();
  await button(window, 'Reloads').click();
  await expect.poll(() => entries(window).count()).toBe(1);

  // The reload's place in the server's log.
  await entries(window).first().click();
  await expect.poll(() => record(window).textContent()).toMatch(/Reload 1/);
  await record(window).getByRole('button', { name: 'Show in log' }).click();
  const feed = window.getByRole('feed', { name: 'Server log' });
  await expect.poll(() => feed.textContent()).toContain('reload 1: swapped');
  expect(await window.getByRole('tab', { name: 'Server', exact: true }).getAttribute('aria-selected')).toBe(
    'true',
  );

  // The timeline by key.
  await tab.click();
  const stage = window.getByRole('region', { name: 'Timeline' }).getByRole('group');
  await stage.focus();
  await window.keyboard.press('Escape');
  await expect.poll(() => record(window).count()).toBe(0);
  await window.keyboard.press('ArrowLeft');
  await expect.poll(() => record(window).textContent()).toMatch(/Build/);
  await window.keyboard.press('ArrowDown');
  await expect.poll(() => record(window).textContent()).toMatch(/Reload 1/);

  // Whoever goes back in time lets go of now, until told to follow.
  expect(await button(window, 'Follow').count()).toBe(0);
  for (let i = 0; i < 8; i += 1) await window.keyboard.press('+');
  await window.keyboard.press('PageUp');
  await button(window, 'Follow').click();
  await expect.poll(() => button(window, 'Follow').count()).toBe(0);
  expect(complaints).toEqual([]);
});
