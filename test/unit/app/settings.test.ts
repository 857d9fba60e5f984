import { describe, expect, it } from 'vitest';
import {
  autoOf,
  defaultSettings,
  recentId,
  recents,
  type Settings,
  withAuto,
  withOpened,
  withoutWorkspace,
} from '../../../main/app/settings.ts';

const open = (settings: Settings, ...roots: string[]) =>
  roots.reduce((all, root) => withOpened(all, root, ''), settings);
const rootsOf = (settings: Settings) => recents(settings, () => true).map(({ root }) => root);

describe('recent workspaces', () => {
  it('stand with the newest first, each once', () => {
    expect(rootsOf(open(defaultSettings, '/a', '/b', '/c', '/a'))).toEqual(['/a', '/c', '/b']);
  });

  it('are ten at the most', () => {
    const roots = Array.from({ length: 60 }, (_, index) => `/w${index}`);
    const settings = open(defaultSettings, ...roots);
    expect(rootsOf(settings)).toEqual(roots.slice(-10).reverse());
    expect(settings.workspaces).toHaveLength(50);
  });

  it('are offered only while their folders exist', () => {
    const settings = open(defaultSettings, '/a', '/b');
    expect(recents(settings, (root) => root !== '/b').map(({ root }) => root)).toEqual(['/a']);
    expect(rootsOf(withoutWorkspace(settings, '/b'))).toEqual(['/a']);
  });

  it('are named by an id that does not give the path away', () => {
    const [recent] = recents(withOpened(defaultSettings, '/srv/depot', 'depot'), () => true);
    expect(recent).toEqual({ id: recentId('/srv/depot'), name: 'depot', root: '/srv/depot' });
    expect(recent?.id).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('the switches of a workspace', () => {
  it('are build on save, without reload, at first', () => {
    expect(autoOf(defaultSettings, '/a')).toEqual({ buildOnSave: true, reloadAfterBuild: false });
  });

  it('are remembered for each workspace, when it is opened again too', () => {
    const auto = { buildOnSave: false, reloadAfterBuild: true };
    const settings = open(withAuto(open(defaultSettings, '/a', '/b'), '/a', auto), '/b', '/a');
    expect(autoOf(settings, '/a')).toEqual(auto);
    expect(autoOf(settings, '/b')).toEqual({ buildOnSave: true, reloadAfterBuild: false });
  });
});
