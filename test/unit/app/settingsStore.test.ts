import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreferences } from '#shared/contract.ts';
import { defaultSettings, withOpened } from '../../../main/app/settings.ts';
import { SettingsStore } from '../../../main/app/settingsStore.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotdeck-settings-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const window = { x: 1, y: 2, width: 1000, height: 700, maximized: false };

describe('the settings file', () => {
  it('is not there at first', () => {
    expect(new SettingsStore(file).current).toEqual(defaultSettings);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives back what was saved', () => {
    const store = new SettingsStore(join(folder, 'new', 'folder', 'settings.json'));
    store.update((settings) => withOpened({ ...settings, window }, '/srv/depot', 'depot'));
    store.flush();
    const again = new SettingsStore(join(folder, 'new', 'folder', 'settings.json'));
    expect(again.current).toEqual(store.current);
    expect(again.current.window).toEqual(window);
  });

  it('of a time when less could be set has the defaults for the rest', () => {
    const preferences = { editor: 'zed', keepLogs: { megabytes: 100, days: 7 } };
    writeFileSync(file, JSON.stringify({ window: null, workspaces: [], preferences }));
    expect(new SettingsStore(file).current.preferences).toEqual({ ...defaultPreferences, ...preferences });
  });

  it('is written a moment after the last of many changes, and no half file is left beside it', async () => {
    const store = new SettingsStore(file);
    for (let x = 0; x < 50; x += 1) store.update((settings) => ({ ...settings, window: { ...window, x } }));
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual(['settings.json']));
    expect(new SettingsStore(file).current.window?.x).toBe(49);
  });

  it('is not written when nothing changed', () => {
    new SettingsStore(file).flush();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['no JSON', '{"window": nu'],
    ['empty', ''],
    ['of another shape', '{"window": null, "workspaces": [{"root": 5}]}'],
    ['a list', '[]'],
  ])('that is %s is kept aside, and the defaults are used', (_what, text) => {
    writeFileSync(file, text);
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const store = new SettingsStore(file);
    expect(written.mock.calls.join()).toContain('settings.broken.json');
    written.mockRestore();
    expect(store.current).toEqual(defaultSettings);
    expect(readFileSync(join(folder, 'settings.broken.json'), 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['settings.broken.json']);
  });

  it('that can’t be written is said in the log and changes nothing else', () => {
    const store = new SettingsStore(join(file, 'below', 'a', 'file.json'));
    writeFileSync(file, 'a file where a folder is needed');
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    store.update((settings) => ({ ...settings, window }));
    store.flush();
    expect(written.mock.calls.join()).toContain('not saved');
    written.mockRestore();
    expect(store.current.window).toEqual(window);
  });
});
