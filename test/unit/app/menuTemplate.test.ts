import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { CommandSchema } from '#shared/contract.ts';
import { type MenuContext, menuTemplate } from '../../../main/app/menuTemplate.ts';

const recents = [{ id: 'a1', name: 'a&b', root: '/srv/a&b' }];
const linux: MenuContext = { platform: 'linux', packaged: true, homepage: 'https://example.org/', recents };

function setUp(context: MenuContext) {
  const actions = {
    command: vi.fn(),
    openWorkspace: vi.fn(),
    openRecent: vi.fn(),
    openSample: vi.fn(),
    openLink: vi.fn(),
    collectBugReport: vi.fn(),
  };
  return { actions, items: flatten(menuTemplate(context, actions)) };
}

function flatten(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
}

/** Electron hands a click the item, the window and the event; none of ours looks at them. */
function click(item: MenuItemConstructorOptions): void {
  if (item.click !== undefined) Reflect.apply(item.click, undefined, []);
}

describe('the menu', () => {
  it('sends every command that the window knows, once', () => {
    const { actions, items } = setUp(linux);
    for (const item of items) click(item);
    const sent = actions.command.mock.calls.map(([command]) => command);
    expect([...sent].sort()).toEqual([...CommandSchema.options].sort());
  });

  it('reloads modules, not the page, with Ctrl+R', () => {
    const { actions, items } = setUp(linux);
    const item = items.find(({ accelerator }) => accelerator === 'CmdOrCtrl+R');
    if (item !== undefined) click(item);
    expect(actions.command).toHaveBeenCalledExactlyOnceWith('reload');
    expect(items.map(({ role }) => role)).not.toContain('reload');
    expect(items.map(({ role }) => role)).not.toContain('forceReload');
  });

  it('leaves Ctrl+C to the terminal where Ctrl is the copy key', () => {
    const { items } = setUp(linux);
    const roles = items.map(({ role }) => role);
    for (const role of ['copy', 'cut', 'paste', 'selectAll', 'editMenu'] as const)
      expect(roles).not.toContain(role);
    expect(setUp({ ...linux, platform: 'darwin' }).items.map(({ role }) => role)).toContain('editMenu');
  });

  it('gives no key to two items', () => {
    const keys = setUp(linux).items.flatMap(({ accelerator }) => (accelerator == null ? [] : [accelerator]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining(['CmdOrCtrl+O', 'CmdOrCtrl+B', 'CmdOrCtrl+Shift+R', 'CmdOrCtrl+F']),
    );
  });

  it('opens a recent workspace by its id and shows its name as it is', () => {
    const { actions, items } = setUp(linux);
    const item = items.find(({ label }) => label === 'a&&b — /srv/a&&b');
    if (item !== undefined) click(item);
    expect(actions.openRecent).toHaveBeenCalledExactlyOnceWith('a1');
  });

  it('has developer tools in development only', () => {
    expect(setUp(linux).items.map(({ role }) => role)).not.toContain('toggleDevTools');
    expect(setUp({ ...linux, packaged: false }).items.map(({ role }) => role)).toContain('toggleDevTools');
  });

  it('offers no link where there is none', () => {
    const { actions, items } = setUp({ ...linux, homepage: null });
    for (const item of items) click(item);
    expect(actions.openLink).not.toHaveBeenCalled();
  });
});
