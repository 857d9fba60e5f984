/** What a program prints is drawn and stored, and does nothing else: not to the window, the clipboard, the system or the app. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';
import { heardBytes, printBytes, writePrinter } from '../../support/fixtures/printer.ts';
import { build } from '../../support/fixtures/program.ts';
import { storedBytes, storedRuns } from '../../support/logs.ts';
import { button, planText, serverStatus, toolbarReload, untilStatus } from '../../support/window.ts';
import { base64, DISORDER, KEPT, LINK, LINK_LINES, LINKS, OUTPUT, STOLEN } from './hostileOutput.ts';

let folder = '';
let printer = '';
let launched: LaunchedApp;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-output-')));
  const root = join(folder, 'workspace');
  printer = await mkdtemp(join(folder, 'printer-'));
  await writePrinter(root, printer);
  await build(root);
  launched = await launchApp({ workspace: root, userData: join(folder, 'data') });
  await launched.window.getByRole('switch', { name: 'Build on save' }).click();
  await button(launched.window, 'Start').click();
  await serverStatus(launched.window)
    .getByText(/^running/)
    .waitFor();
  await watchTheApp();
});
afterAll(async () => {
  await launched?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** From now on nothing leaves the app, and it is noted what would have. */
const watchTheApp = () =>
  launched.app.evaluate(({ app, dialog, shell, clipboard }, kept) => {
    const done: string[] = [];
    Reflect.set(globalThis, 'done', done);
    Reflect.set(shell, 'openExternal', async (url: string) => void done.push(`opened ${url}`));
    Reflect.set(shell, 'openPath', async (path: string) => void done.push(`opened ${path}`));
    Reflect.set(shell, 'beep', () => void done.push('beep'));
    for (const name of ['showMessageBox', 'showOpenDialog', 'showSaveDialog', 'showErrorBox'])
      Reflect.set(dialog, name, async () => void done.push(name));
    app.on('browser-window-created', () => done.push('a window'));
    clipboard.writeText(kept);
  }, KEPT);
const done = () => launched.app.evaluate((): string[] => Reflect.get(globalThis, 'done').splice(0));

/** All that a program might like to change. */
const surroundings = () =>
  launched.app.evaluate(({ BrowserWindow, clipboard, webContents }) => ({
    windows: BrowserWindow.getAllWindows().map((each) => [
      each.getTitle(),
      each.getBounds(),
      each.isVisible(),
      each.isMinimized(),
      each.isMaximized(),
      each.isFullScreen(),
    ]),
    pages: webContents.getAllWebContents().map((each) => each.getURL()),
    clipboard: clipboard.readText(),
  }));

const stored = async (): Promise<Buffer> => {
  const data = join(folder, 'data');
  const run = (await storedRuns(data)).find((id) => id.startsWith('server'));
  return storedBytes(data, run ?? null);
};
const screen = () => launched.window.getByRole('tabpanel', { name: 'Server' }).locator('.xterm-rows');
const heard = async (): Promise<string> => (await heardBytes(printer)).toString('latin1');

it.each(Object.entries(OUTPUT))('%s', async (_what, bytes) => {
  const before = await surroundings();
  const from = (await heard()).length;
  await printBytes(printer, bytes, 60_000);
  expect(await surroundings()).toEqual(before);
  expect(before.clipboard).toBe(KEPT);
  expect(await done()).toEqual([]);
  expect(launched.complaints).toEqual([]);
  await expect.poll(async () => (await stored()).includes(bytes)).toBe(true);
  const answers = (await heard()).slice(from);
  for (const secret of [STOLEN, KEPT, 'Hotdeck', 'depot', ...[STOLEN, KEPT].map(base64)]) {
    expect(answers).not.toContain(secret);
  }
});

it('links: one that may be opened says where it really goes, and goes to the app; the others do nothing', async () => {
  const { window } = launched;
  await printBytes(printer, Buffer.from(LINK_LINES));
  const title = () => window.locator('.terminal[data-stream="server"]').getAttribute('title');
  const pointAt = async (text: string) => {
    // The terminal may be drawing it again just now.
    const look = () => screen().getByText(text).first().boundingBox();
    await expect.poll(look).not.toBeNull();
    const box = (await look()) ?? { x: 0, y: 0, height: 0 };
    await window.mouse.move(box.x + 2, box.y + box.height + 200);
    await window.mouse.move(box.x + 20, box.y + box.height / 2, { steps: 5 });
    return async () => {
      await window.mouse.down();
      await window.mouse.up();
    };
  };
  const plain = await pointAt('click-here');
  await expect.poll(title).toBe(`Ctrl+click opens ${LINK}`);
  await plain();
  expect(await done()).toEqual([]);
  await window.keyboard.down('Control');
  await plain();
  await expect.poll(done).toEqual([`opened ${LINK}`]);
  for (const text of Object.keys(LINKS)) await (await pointAt(text))();
  await window.keyboard.up('Control');
  // An answer from the engine comes after all that was asked for before.
  await printBytes(printer, Buffer.from('after the clicks'));
  expect(await done()).toEqual([]);
  expect(launched.complaints).toEqual([]);
});

it('whatever state it leaves the terminal in, keys arrive, the server reloads, and its log can be read', async () => {
  const { window } = launched;
  const before = await surroundings();
  await printBytes(printer, DISORDER);
  await window.getByRole('tabpanel', { name: 'Server' }).locator('.xterm').click();
  await window.keyboard.type('nobody is lost');
  await expect.poll(heard).toContain('nobody is lost');
  await toolbarReload(window).click();
  await window.getByRole('alert').getByRole('button', { name: 'Reload anyway' }).click();
  await expect.poll(() => planText(window), { timeout: 30_000 }).toMatch(/swapped/);
  await button(window, 'Log').click();
  await expect.poll(() => window.locator('article.record').count()).toBeGreaterThan(0);
  await button(window, 'Terminal').click();
  await button(window, 'Shut down').click();
  await untilStatus(serverStatus(window), 'stopped');
  expect(await surroundings()).toEqual(before);
  expect(await done()).toEqual([]);
  expect(launched.complaints).toEqual([]);
});
