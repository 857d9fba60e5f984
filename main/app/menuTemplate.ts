import type { MenuItemConstructorOptions } from 'electron';
import type { Command, Recent } from '#shared/contract.ts';

export interface MenuActions {
  command(command: Command): void;
  openWorkspace(): void;
  openRecent(id: string): void;
  openSample(): void;
  openLink(url: string): void;
  collectBugReport(): void;
}

export interface MenuContext {
  readonly platform: string;
  readonly packaged: boolean;
  /** Where the documentation is; null when the build does not say. */
  readonly homepage: string | null;
  readonly recents: readonly Recent[];
}

/** The menu bar. Whatever concerns the server is sent to the window, which knows its state. */
export function menuTemplate(context: MenuContext, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = context.platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    fileMenu(context, actions),
    // Elsewhere text fields know their keys themselves, and a copy item would take Ctrl+C from the terminal.
    ...(mac ? [{ role: 'editMenu' } as const] : []),
    serverMenu(actions),
    buildMenu(actions),
    viewMenu(context, actions),
    helpMenu(context, actions),
  ];
}

function fileMenu({ platform, recents }: MenuContext, actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'Open Workspace…', accelerator: 'CmdOrCtrl+O', click: () => actions.openWorkspace() },
      {
        label: 'Open Recent',
        enabled: recents.length > 0,
        submenu: recents.map(({ id, name, root }) => ({
          label: `${literal(name)} — ${literal(root)}`,
          click: () => actions.openRecent(id),
        })),
      },
      { label: 'Open Sample', click: () => actions.openSample() },
      { type: 'separator' },
      item('Setup', 'show-setup', actions, 'CmdOrCtrl+,'),
      { type: 'separator' },
      platform === 'darwin' ? { role: 'close' } : { role: 'quit', accelerator: 'Ctrl+Q' },
    ],
  };
}

function serverMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&Server',
    submenu: [
      item('Start', 'start', actions),
      item('Reload Modules', 'reload', actions, 'CmdOrCtrl+R'),
      item('Restart', 'restart', actions, 'CmdOrCtrl+Shift+R'),
      item('Shut Down', 'shutdown', actions),
    ],
  };
}

function buildMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&Build',
    submenu: [
      item('Build', 'build', actions, 'CmdOrCtrl+B'),
      { type: 'separator' },
      item('Toggle Build on Save', 'toggle-build-on-save', actions),
      item('Toggle Reload after Build', 'toggle-reload-after-build', actions),
    ],
  };
}

function viewMenu({ packaged }: MenuContext, actions: MenuActions): MenuItemConstructorOptions {
  const developer: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'toggleDevTools' }];
  return {
    label: '&View',
    submenu: [
      item('Server', 'show-server', actions, 'CmdOrCtrl+1'),
      item('Build', 'show-build', actions, 'CmdOrCtrl+2'),
      item('Problems', 'show-problems', actions, 'CmdOrCtrl+3'),
      item('Next Problem', 'next-problem', actions, 'F8'),
      item('Previous Problem', 'previous-problem', actions, 'Shift+F8'),
      item('History', 'show-history', actions, 'CmdOrCtrl+4'),
      item('Toggle Terminal/Log', 'toggle-log', actions, 'CmdOrCtrl+L'),
      { type: 'separator' },
      item('Find', 'find', actions, 'CmdOrCtrl+F'),
      item('Clear Terminal', 'clear-terminal', actions),
      { type: 'separator' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { role: 'togglefullscreen' },
      ...(packaged ? [] : developer),
    ],
  };
}

function helpMenu({ homepage }: MenuContext, actions: MenuActions): MenuItemConstructorOptions {
  const documentation =
    homepage === null ? [] : [{ label: 'Documentation', click: () => actions.openLink(homepage) }];
  const report = { label: 'Collect Bug Report…', click: () => actions.collectBugReport() };
  return {
    label: '&Help',
    role: 'help',
    submenu: [...documentation, report, { type: 'separator' }, { role: 'about' }],
  };
}

function item(
  label: string,
  command: Command,
  actions: MenuActions,
  accelerator?: string,
): MenuItemConstructorOptions {
  const click = () => actions.command(command);
  return accelerator === undefined ? { label, click } : { label, click, accelerator };
}

/** In a label, & marks the letter that picks the item. */
function literal(text: string): string {
  return text.replaceAll('&', '&&');
}
