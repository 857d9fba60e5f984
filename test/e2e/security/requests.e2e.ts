import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppReplySchema } from '#shared/contract.ts';
import { type LaunchedApp, launchApp } from '../../support/app.ts';

let launched: LaunchedApp;
beforeAll(async () => {
  // No workspace: the engine has nothing to open, so nothing changes by itself.
  launched = await launchApp({ workspace: import.meta.dirname });
});
afterAll(() => launched?.close());

/** Where the app would reach out to the world, it writes down what it was asked for instead. */
beforeEach(async () => {
  await launched.app.evaluate(({ dialog, shell }) => {
    const asked: string[] = [];
    Reflect.set(globalThis, 'asked', asked);
    dialog.showOpenDialog = async () => {
      asked.push('folder');
      return { canceled: true, filePaths: [] };
    };
    shell.openExternal = async (url) => {
      asked.push(url);
    };
  });
});
const asked = () => launched.app.evaluate((): string[] => Reflect.get(globalThis, 'asked'));

/** Asks with whatever arguments, as a page that was taken over might. */
const askApp = async (page: Page, ...args: readonly unknown[]) =>
  AppReplySchema.parse(
    await page.evaluate((all): unknown => Reflect.apply(window.hotdeck.app, null, all), args),
  );

describe('the app', () => {
  it('answers the page', async () => {
    expect(await askApp(launched.window, 'openWorkspace', {})).toMatchObject({ ok: true });
    expect(await asked()).toEqual(['folder']);
  });

  it.each([
    ['an unknown name', ['runCommand', {}], 'unknown-request'],
    ['a name of the prototype', ['toString', {}], 'unknown-request'],
    ['a name that is no text', [{ name: 'openWorkspace' }, {}], 'bad-request'],
    ['an endless name', ['a'.repeat(100_000), {}], 'bad-request'],
    ['no params', ['openWorkspace'], 'bad-request'],
    ['a path', ['openWorkspace', { root: '/etc' }], 'bad-request'],
    ['an id of another type', ['openRecent', { id: ['x'] }], 'bad-request'],
    ['an id that it never gave out', ['openRecent', { id: '/etc' }], 'unknown-recent'],
    ['an endless link', ['openLink', { url: `https://a/${'b'.repeat(100_000)}` }], 'bad-request'],
  ])('refuses %s, says so and does nothing', async (_what, args, kind) => {
    const before = await askApp(launched.window, 'appState', {});
    expect(await askApp(launched.window, ...args)).toMatchObject({ ok: false, failure: { kind } });
    expect(launched.stderr()).toContain(`Refused a request: ${kind}`);
    expect(await asked()).toEqual([]);
    expect(await askApp(launched.window, 'appState', {})).toEqual(before);
  });

  it.each(['https://example.org/a', 'http://127.0.0.1:8008/'])('opens %s', async (url) => {
    expect(await askApp(launched.window, 'openLink', { url })).toMatchObject({ ok: true });
    expect(await asked()).toEqual([url]);
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    'vscode://file/etc/passwd',
    'https://ann:secret@example.org/',
    `https://example.org/${'a'.repeat(3000)}`,
    'not a link',
  ])('does not open %s', async (url) => {
    expect(await askApp(launched.window, 'openLink', { url })).toMatchObject({
      ok: false,
      failure: { kind: 'refused-link' },
    });
    expect(await asked()).toEqual([]);
  });

  it('is not kept busy by a page that asks without end', async () => {
    const kinds = await launched.window.evaluate(async () => {
      const replies = await Promise.all(
        Array.from({ length: 300 }, () => window.hotdeck.app('appState', {})),
      );
      return replies.map((reply) => (reply.ok ? 'ok' : reply.failure.kind));
    });
    expect(new Set(kinds)).toEqual(new Set(['ok', 'too-many-requests']));
    await expect.poll(async () => (await askApp(launched.window, 'appState', {})).ok).toBe(true);
  });
});

describe('the app does not answer', () => {
  /** Opens a window with the app's own preload script, as no part of the app would, and asks from there. */
  async function askFrom(url: string): Promise<unknown> {
    const opened = launched.app.waitForEvent('window');
    await launched.app.evaluate(async ({ app, BrowserWindow }, address) => {
      const preload = `${app.getAppPath()}/dist/preload/bridge.cjs`;
      const window = new BrowserWindow({ show: false, webPreferences: { preload } });
      await window.loadURL(address);
    }, url);
    const foreign = await opened;
    const reply = await askApp(foreign, 'openWorkspace', {});
    await foreign.close();
    return reply;
  }

  it.each([
    ['another page', 'data:text/html,foreign'],
    ['its own page in a window of another’s', 'app://hotdeck/index.html'],
  ])('%s', async (_what, url) => {
    expect(await askFrom(url)).toMatchObject({ ok: false, failure: { kind: 'forbidden' } });
    expect(await asked()).toEqual([]);
  });

  it('another page in its own window', async () => {
    const show = async (url: string) => {
      await launched.app.evaluate(
        ({ BrowserWindow }, address) => BrowserWindow.getAllWindows()[0]?.loadURL(address),
        url,
      );
      // The app knows that the page is there before the test does.
      await launched.window.waitForURL(({ href }) => href === url);
    };
    await show('data:text/html,foreign');
    expect(await askApp(launched.window, 'openWorkspace', {})).toMatchObject({
      ok: false,
      failure: { kind: 'forbidden' },
    });
    expect(await asked()).toEqual([]);
    await show('app://hotdeck/index.html');
    await launched.window.waitForFunction(() => document.documentElement.dataset.ready === 'true');
    expect(await askApp(launched.window, 'openWorkspace', {})).toMatchObject({ ok: true });
  });
});
