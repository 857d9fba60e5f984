import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Auto, Preferences } from '#shared/contract.ts';
import { AppController } from '../../../main/app/appController.ts';
import type { EngineHealth } from '../../../main/app/engineSupervisor.ts';
import { recentId } from '../../../main/app/settings.ts';
import { SettingsStore } from '../../../main/app/settingsStore.ts';

let folder: string;
let settings: SettingsStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotdeck-app-'));
  settings = new SettingsStore(join(folder, 'settings.json'));
  for (const name of ['one', 'two']) mkdirSync(join(folder, name));
});
afterEach(() => {
  settings.flush();
  rmSync(folder, { recursive: true });
});

const defaults = { buildOnSave: true, reloadAfterBuild: false };
const at = (name: string) => join(folder, name);

function setUp() {
  const world = {
    opened: [] as { root: string; auto: Auto }[],
    connected: [] as string[],
    titles: [] as string[],
    published: 0,
    restarts: 0,
    preferred: [] as Preferences[],
    exported: [] as string[][],
    chosen: null as string | null,
    health: { name: 'running' } as EngineHealth,
  };
  const controller = new AppController<string>({
    version: '1.2.3',
    platform: 'linux',
    limitation: () => null,
    settings,
    engine: {
      get health() {
        return world.health;
      },
      open: (root, auto) => world.opened.push({ root, auto }),
      exportLog: async (run, form, path) => {
        world.exported.push([run, form, path]);
        return null;
      },
      prefer: (preferences) => world.preferred.push(preferences),
      async restart() {
        world.restarts += 1;
      },
    },
    chooseFolder: async () => world.chosen,
    chooseFile: async (suggested) => world.chosen && join(world.chosen, suggested),
    connect: (window) => world.connected.push(window) > 0,
    provideSample: async () => ({ ok: true, root: at('sample') }),
    openLink: async () => null,
    collectBugReport: async () => 'The report',
    publish() {
      world.published += 1;
    },
    showTitle: (title) => world.titles.push(title),
  });
  return { controller, world };
}

const opened = (name: string) => ({ type: 'opened', root: at(name), name }) as const;

describe('at the start', () => {
  it('the workspace that was named is opened', async () => {
    const { controller, world } = setUp();
    controller.onEngineMessage(opened('one'));
    await controller.openFirst(at('two'));
    expect(world.opened).toEqual([{ root: at('two'), auto: defaults }]);
    expect(world.titles.at(-1)).toBe('two');
  });

  it('else the last one, with its switches', async () => {
    const { controller, world } = setUp();
    controller.onEngineMessage(opened('one'));
    const auto = { buildOnSave: false, reloadAfterBuild: true };
    controller.onEngineMessage({ type: 'auto', root: at('one'), auto });
    await controller.openFirst(null);
    expect(world.opened).toEqual([{ root: at('one'), auto }]);
  });

  it.each([
    ['there is none', () => {}],
    ['its folder is gone', (controller: AppController<string>) => controller.onEngineMessage(opened('gone'))],
  ])('else, when %s, the sample', async (_why, prepare) => {
    const { controller, world } = setUp();
    prepare(controller);
    await controller.openFirst(null);
    expect(world.opened.map(({ root }) => root)).toEqual([at('sample')]);
  });
});

describe('recent workspaces', () => {
  it('are opened by their id', () => {
    const { controller, world } = setUp();
    controller.onEngineMessage(opened('one'));
    controller.onEngineMessage(opened('two'));
    expect(controller.state.recents.map(({ name }) => name)).toEqual(['two', 'one']);
    expect(controller.openRecent(recentId(at('one')))).toBeNull();
    expect(world.opened.map(({ root }) => root)).toEqual([at('one')]);
  });

  it('that are gone are dropped, and opening one says so', () => {
    const { controller, world } = setUp();
    controller.onEngineMessage(opened('one'));
    controller.onEngineMessage(opened('two'));
    rmSync(at('one'), { recursive: true });
    expect(controller.openRecent(recentId(at('one')))).toMatchObject({ kind: 'unknown-recent' });
    expect(controller.state.recents.map(({ name }) => name)).toEqual(['two']);
    expect(world.opened).toEqual([]);
  });

  it('can’t be a path', () => {
    const { controller, world } = setUp();
    expect(controller.openRecent(at('one'))).toMatchObject({ kind: 'unknown-recent' });
    expect(world.opened).toEqual([]);
  });
});

describe('a window', () => {
  it('gets another port when the engine was replaced, until it is closed', async () => {
    const { controller, world } = setUp();
    expect(await controller.handlers.connect({}, 'window')).toBeNull();
    controller.onEngineReplaced();
    controller.onWindowClosed('window');
    controller.onEngineReplaced();
    expect(world.connected).toEqual(['window', 'window']);
  });

  it('is told when the engine has failed, and connected once it runs again', async () => {
    const { controller, world } = setUp();
    world.health = { name: 'failed', message: 'It broke.' };
    expect(await controller.handlers.connect({}, 'window')).toMatchObject({ kind: 'engine-failed' });
    expect(await controller.handlers.restartEngine({}, 'window')).toBeNull();
    expect(world.restarts).toBe(1);
  });

  it('opens a folder only when the user has picked one', async () => {
    const { controller, world } = setUp();
    await controller.handlers.openWorkspace({}, 'window');
    expect(world.opened).toEqual([]);
    world.chosen = at('one');
    await controller.handlers.openWorkspace({}, 'window');
    expect(world.opened.map(({ root }) => root)).toEqual([at('one')]);
  });

  it('sets the preferences: kept, told to the engine, and in the state', async () => {
    const { controller, world } = setUp();
    const notify = { build: true, crash: false, reload: true };
    const preferences = {
      editor: 'zed',
      keepLogs: { megabytes: 100, days: 7 },
      keepHistory: { megabytes: 64, days: 90 },
      notify,
    };
    expect(await controller.handlers.setPreferences(preferences, 'window')).toBeNull();
    expect(world.preferred).toEqual([preferences]);
    expect(controller.state.preferences).toEqual(preferences);
    settings.flush();
    expect(new SettingsStore(join(folder, 'settings.json')).current.preferences).toEqual(preferences);
  });

  it('saves a log where the user wants it, or not at all', async () => {
    const { controller, world } = setUp();
    const asked = { run: 'server-1', form: 'text' } as const;
    expect(await controller.handlers.saveLog(asked, 'window')).toMatchObject({ kind: 'cancelled' });
    world.chosen = at('one');
    expect(await controller.handlers.saveLog(asked, 'window')).toBeNull();
    expect(world.exported).toEqual([['server-1', 'text', join(at('one'), 'server-1.txt')]]);
  });
});

describe('the title', () => {
  it('stays with the workspace that was asked for last, though the one before is only now open', () => {
    const { controller, world } = setUp();
    controller.open(at('one'));
    controller.open(at('two'));
    controller.onEngineMessage({ type: 'opened', root: at('one'), name: 'First', asked: at('one') });
    expect(world.titles.at(-1)).toBe('two');
    controller.onEngineMessage({ type: 'opened', root: folder, name: 'Second', asked: at('two') });
    expect(world.titles.at(-1)).toBe('Second');
    controller.onEngineMessage({ type: 'opened', root: folder, name: 'Renamed', asked: folder });
    expect(world.titles.at(-1)).toBe('Renamed');
  });
});

describe('a bug report', () => {
  it('is in the state while it is shown, and saved as it was shown', async () => {
    const { controller, world } = setUp();
    expect(await controller.handlers.saveBugReport({}, 'window')).toMatchObject({ kind: 'no-report' });
    await controller.collectBugReport();
    expect(controller.state.bugReport).toBe('The report');
    expect(await controller.handlers.saveBugReport({}, 'window')).toMatchObject({ kind: 'cancelled' });
    world.chosen = folder;
    expect(await controller.handlers.saveBugReport({}, 'window')).toBeNull();
    expect(readFileSync(join(folder, 'hotdeck-bug-report.md'), 'utf8')).toBe('The report');
    world.chosen = join(folder, 'nowhere');
    expect(await controller.handlers.saveBugReport({}, 'window')).toMatchObject({ kind: 'not-saved' });
    await controller.handlers.closeBugReport({}, 'window');
    expect(controller.state.bugReport).toBeNull();
  });
});
