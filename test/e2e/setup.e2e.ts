/** From a clean checkout to the first reload, and back to the last byte, through the window alone. */
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../support/app.ts';
import { FAMILY_MODULES, setFamilyGreeting, writeFamilyServer } from '../support/fixtures/familyServer.ts';
import { temporaryFolder } from '../support/folders.ts';
import { treeHash } from '../support/treeHash.ts';
import {
  answer,
  buildStatus,
  button,
  serverStatus,
  startServer,
  toolbarReload,
  untilInState,
  untilStatus,
} from '../support/window.ts';

/** cargo and rustup are asked several things, beside everything else that runs on a small machine. */
const LOOK_MS = 60_000;
const ABOVE = ['conduwuit_api', 'conduwuit_admin', 'conduwuit_router'];

const view = (window: Page) => window.getByRole('dialog', { name: 'Setup' });

async function showSetup(window: Page): Promise<void> {
  await button(window, 'Set up').first().click();
  await view(window).getByRole('tablist', { name: 'Ways' }).waitFor({ timeout: LOOK_MS });
}

/** The state of a check, as its item says. */
const checkTexts = (window: Page): Promise<string[]> =>
  view(window).getByRole('region', { name: 'Checks' }).getByRole('listitem').allTextContents();

describe.each([
  ['almost without touching files', 'Almost without touching files', /^Apply: 6 files, 6 lines, and cargo/],
  ['in the files', 'In the files', /^Apply: 7 files, 68 lines$/],
])('%s', (_, title, apply) => {
  test('open, look, apply, build, start, edit, reload, revert', { timeout: 400_000 }, async () => {
    const root = await temporaryFolder();
    await writeFamilyServer(root);
    const before = await treeHash(root);
    const { window, complaints } = await launch(root);

    // Nothing can be reloaded as it is, and the button says so.
    const reload = toolbarReload(window);
    expect(await reload.isDisabled()).toBe(true);
    expect(await reload.getAttribute('title')).toContain('None of the modules');

    await showSetup(window);
    expect((await checkTexts(window)).length).toBeGreaterThan(5);
    await view(window).getByRole('tab', { name: title }).click();
    // Cargo confirms the way before it is taken, and no file is touched by that.
    const says = () => view(window).getByRole('tabpanel').textContent();
    await expect.poll(says, { timeout: LOOK_MS }).toContain('Confirmed by cargo');
    await evidence(window, `setup ${title}`);
    expect(await treeHash(root)).toBe(before);
    await view(window).getByRole('button', { name: apply }).click();
    const revert = view(window).getByRole('button', { name: 'Revert' });
    await revert.waitFor({ timeout: LOOK_MS });
    await expect
      .poll(() => view(window).getByRole('tabpanel').textContent(), { timeout: LOOK_MS })
      .toContain('Confirmed by cargo');
    await evidence(window, `setup applied ${title}`);
    await view(window).getByRole('button', { name: 'Close Setup' }).click();

    await untilStatus(buildStatus(window), 'ok');
    const { pid, url } = await startServer(window);
    await untilInState(window, 'loaded', ['conduwuit', ...FAMILY_MODULES]);
    const first = await answer(url);
    await setFamilyGreeting(root, 'api', 'Hello from a setup');
    await untilInState(window, 'stale', ABOVE);
    await untilStatus(buildStatus(window), 'ok');
    await reload.click();
    await expect
      .poll(() => window.getByRole('region', { name: 'Reload plan' }).textContent(), { timeout: 60_000 })
      .toMatch(/swapped/i);
    await untilInState(window, 'stale', []);
    expect(await answer(url)).toMatchObject({ api: 'Hello from a setup', pid: String(pid) });
    expect(first).toMatchObject({ api: 'Hello from api', pid: String(pid) });
    await evidence(window, `setup first reload ${title}`);

    await setFamilyGreeting(root, 'api', 'Hello from api');
    await untilStatus(buildStatus(window), 'ok');
    await button(window, 'Shut down').click();
    await untilStatus(serverStatus(window), 'stopped');
    await showSetup(window);
    await revert.click();
    await revert.waitFor({ state: 'detached', timeout: LOOK_MS });
    expect(await treeHash(root)).toBe(before);
    await view(window).getByRole('button', { name: 'Close Setup' }).click();
    await expect.poll(() => reload.isDisabled(), { timeout: 60_000 }).toBe(true);
    expect(complaints).toEqual([]);
  });
});

async function launch(workspace: string) {
  const launched = await launchApp({ workspace });
  onTestFinished(() => launched.close());
  return launched;
}
