/** The app's whole job, as a user does it: shared by the e2e on the checkout and the one on the packaged app. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type LaunchedApp, launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { copySample, setGreeting } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import {
  answer,
  buildStatus,
  button,
  node,
  planList,
  serverPid,
  serverStatus,
  serverUrl,
  startServer,
  toolbarReload,
  untilGone,
  untilInState,
  untilStatus,
} from '../support/window.ts';

const STALE = ['depot_admin', 'depot_api', 'depot_router'];
const DOWN = ['depot_router', 'depot_admin', 'depot_api'];

interface Opened extends LaunchedApp {
  root: string;
}

export function describeMainJob(packaged: boolean): void {
  /** @param copy how the sample comes into its folder: built, or as it is. */
  async function openSample(copy = copyBuiltSample): Promise<Opened> {
    const root = await temporaryFolder();
    await copy(root);
    const launched = await launchApp({ workspace: root, packaged });
    onTestFinished(() => launched.close());
    return { ...launched, root };
  }

  async function editApi(window: Page, root: string, text: string): Promise<void> {
    await setGreeting(root, 'api', text);
    await untilInState(window, 'stale', STALE);
    await untilStatus(buildStatus(window), 'ok');
  }

  /** After a reload: the same process, the new text, the counter kept, nothing stale. */
  async function expectSwapped(
    window: Page,
    url: string,
    before: Record<string, string>,
    text: string,
  ): Promise<void> {
    await untilInState(window, 'stale', []);
    await untilStatus(serverStatus(window), 'running');
    const after = await answer(url);
    expect(after).toMatchObject({ api: text, service: before.service, pid: before.pid });
    expect(Number(after.count)).toBe(Number(before.count) + 1);
  }

  describe('from an edit to swapped libraries', () => {
    test('by the Reload button, with the plan shown before', async () => {
      // Start has to build it first.
      const { window, root } = await openSample(copySample);
      const { url } = await startServer(window);
      const before = await answer(url);
      await editApi(window, root, 'Hello, reloaded');
      expect(await planList(window, 'Unload order')).toEqual(DOWN);
      expect(await planList(window, 'Load order')).toEqual(DOWN.toReversed());
      const plan = window.getByRole('region', { name: 'Reload plan' });
      expect(await plan.textContent()).toContain('api/src/lib.rs');
      await toolbarReload(window).click();
      await expectSwapped(window, url, before, 'Hello, reloaded');
      await expect.poll(() => plan.textContent()).toMatch(/swapped/i);
    });

    test('by Ctrl+C in the terminal', async () => {
      const { window, root } = await openSample();
      const { url } = await startServer(window);
      const before = await answer(url);
      await editApi(window, root, 'By Ctrl+C');
      await window.getByRole('tab', { name: 'Server' }).click();
      await window.getByRole('tabpanel', { name: 'Server' }).locator('.xterm').click();
      await window.keyboard.press('Control+c');
      await expectSwapped(window, url, before, 'By Ctrl+C');
    });

    test("by the node's own reload button", async () => {
      const { window, root } = await openSample();
      const { url } = await startServer(window);
      const before = await answer(url);
      await editApi(window, root, 'By node');
      await window
        .getByRole('region', { name: 'Module graph' })
        .getByRole('button', { name: 'Reload api' })
        .click();
      await expectSwapped(window, url, before, 'By node');
    });

    test('by itself, with Reload after build', async () => {
      const { window, root } = await openSample();
      const { url } = await startServer(window);
      const before = await answer(url);
      await window.getByRole('switch', { name: 'Reload after build' }).click();
      await setGreeting(root, 'api', 'By itself');
      await expect.poll(async () => (await answer(url)).api, { timeout: 60_000 }).toBe('By itself');
      const after = await answer(url);
      expect(after.pid).toBe(before.pid);
      expect(Number(after.count)).toBeGreaterThan(Number(before.count));
      await untilInState(window, 'stale', []);
    });
  });

  test('an edit of the pinned library asks for a restart, and Restart works', async () => {
    const { window, root } = await openSample();
    const { pid } = await startServer(window);
    await appendFile(join(root, 'core/src/lib.rs'), '\n/// An edit.\npub fn edited() {}\n');
    await expect
      .poll(() => node(window, 'depot_core').getAttribute('data-state'), { timeout: 60_000 })
      .toBe('stale');
    await untilStatus(buildStatus(window), 'ok');
    const plan = window.getByRole('region', { name: 'Reload plan' });
    await expect.poll(() => plan.textContent()).toMatch(/restart/i);
    await toolbarReload(window).click();
    await expect
      .poll(() => window.getByRole('alert').allTextContents())
      .toContainEqual(expect.stringMatching(/restart/i));
    await window.getByRole('banner').getByRole('button', { name: 'Restart', exact: true }).click();
    await expect.poll(() => serverPid(window), { timeout: 60_000 }).not.toBe(pid);
    await untilStatus(serverStatus(window), 'running');
    await untilInState(window, 'stale', []);
    expect((await answer(await serverUrl(await serverPid(window)))).pid).toBe(
      String(await serverPid(window)),
    );
  });

  test('a compile error is shown with file and line; nothing is reloaded', async () => {
    const { window, root } = await openSample();
    const { url } = await startServer(window);
    const before = await answer(url);
    await window.getByRole('switch', { name: 'Reload after build' }).click();
    const file = join(root, 'api/src/lib.rs');
    const good = await readFile(file, 'utf8');
    await writeFile(file, `${good}\nfn broken() -> u32 { "no" }\n`);
    await untilStatus(buildStatus(window), 'failed');
    await window.getByRole('tab', { name: /^Problems/ }).click();
    const problems = window.getByRole('tabpanel', { name: /^Problems/ });
    expect(await problems.textContent()).toContain(`api/src/lib.rs:${good.split('\n').length + 1}`);
    expect(await problems.textContent()).toContain('mismatched types');
    await untilStatus(serverStatus(window), 'running');
    expect(await answer(url)).toMatchObject({ api: before.api, pid: before.pid });
  });

  test('Shut down says so, and leaves no process', async () => {
    const { window } = await openSample();
    const { pid } = await startServer(window);
    await button(window, 'Shut down').click();
    await untilStatus(serverStatus(window), 'stopped');
    await untilGone(pid, 1_000);
  });

  test('quitting the app ends the server within two seconds', async () => {
    const { window, app } = await openSample();
    const { pid } = await startServer(window);
    const closed = app.waitForEvent('close');
    await app.evaluate(({ app: electron }) => electron.quit());
    await untilGone(pid, 2_000);
    await closed;
  });

  test('killing the app ends the server within two seconds', async () => {
    const { window, app } = await openSample();
    const { pid } = await startServer(window);
    app.process().kill('SIGKILL');
    await untilGone(pid, 2_000);
  });
}
