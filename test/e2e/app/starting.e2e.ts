import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';
import { temporaryFolder } from '../../support/folders.ts';

let launched: LaunchedApp | undefined;
afterEach(() => launched?.close());

const title = () =>
  launched?.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '');
const recents = () =>
  launched?.window.evaluate(async () => {
    const reply = await window.hotdeck.app('appState', {});
    return reply.ok ? reply.state.recents.map(({ name }) => name) : [];
  });

describe('the first start', () => {
  it('opens the sample, in a copy of the user’s own', async () => {
    launched = await launchApp();
    await expect.poll(title, { timeout: 30_000 }).toBe('depot – Hotdeck');
    await expect.poll(recents, { timeout: 30_000 }).toEqual(['depot']);
    const manifest = join(launched.userData, 'sample', 'depot', 'Cargo.toml');
    expect(await readFile(manifest, 'utf8')).toContain('[workspace');
  });
});

describe('another start', () => {
  it('finds the window as it was left, and the workspace', async () => {
    const userData = await temporaryFolder();
    launched = await launchApp({ userData });
    await expect.poll(recents, { timeout: 30_000 }).toEqual(['depot']);
    const bounds = { x: 40, y: 60, width: 1011, height: 722 };
    await launched.app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
      bounds,
    );
    const present = () =>
      launched?.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await expect.poll(present).toEqual(bounds);
    await launched.close();

    launched = await launchApp({ userData });
    expect(await present()).toEqual(bounds);
    expect(await title()).toBe('depot – Hotdeck');
  });

  it('with broken settings keeps them aside and starts all the same', async () => {
    const userData = await temporaryFolder();
    await writeFile(join(userData, 'settings.json'), '{"window": ');
    launched = await launchApp({ userData });
    expect(await readFile(join(userData, 'settings.broken.json'), 'utf8')).toBe('{"window": ');
  });

  it('while the app runs shows its workspace in the window that is there', async () => {
    const userData = await temporaryFolder();
    launched = await launchApp({ userData });
    const elsewhere = join(userData, 'elsewhere');
    await mkdir(elsewhere);
    const { spawnfile, spawnargs } = launched.app.process();
    const args = spawnargs
      .slice(1)
      .filter((arg) => !arg.startsWith('--inspect') && !arg.startsWith('--remote'));
    // A path of its own folder: the app that runs was started in another.
    const second = spawn(spawnfile, [...args, 'elsewhere'], { cwd: userData, stdio: 'ignore' });
    expect((await once(second, 'exit'))[0]).toBe(0);
    await expect.poll(title, { timeout: 30_000 }).toBe('elsewhere – Hotdeck');
    expect(await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});
