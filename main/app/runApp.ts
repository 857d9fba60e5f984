import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, type MessagePortMain, session, type WebContents } from 'electron';
import { type Command, channels, type Failure } from '#shared/contract.ts';
import { AppController, quitLimits } from './appController.ts';
import { serveApp } from './appProtocol.ts';
import { bringToFront, createAttention } from './attention.ts';
import { collectBugReport } from './collectBugReport.ts';
import { chooseFile, chooseFolder, showFailure } from './dialogs.ts';
import { connectToEngine, forkEngine } from './engineProcess.ts';
import { EngineSupervisor } from './engineSupervisor.ts';
import { handleRequests } from './ipc.ts';
import { limitation } from './limitation.ts';
import { describe, keepLogIn, log, logAt } from './log.ts';
import { thisMachine } from './machine.ts';
import { installMenu } from './menu.ts';
import { openLink } from './openLink.ts';
import type { PageSource } from './pageSource.ts';
import { quitInOrder } from './quit.ts';
import { provideSample } from './sample.ts';
import { guardSession } from './security.ts';
import { SettingsStore } from './settingsStore.ts';
import { createWindow, titleOf } from './window.ts';

export interface RunningApp {
  /** The app was started once more: its window comes to the front, and shows the workspace that was named. */
  showAgain(workspace: string | null): void;
}

/** What differs between the app as it is shipped and as it is developed. */
export interface AppParts {
  /** The page, given the folder that its built files lie in. */
  page(folder: string): PageSource;
  /** Node's own arguments for the engine's process. */
  readonly engineArguments: readonly string[];
}

/** Wires the app together and shows its window, on `workspace` if one was named. Call once, when Electron is ready. */
export function runApp(workspace: string | null, parts: AppParts): RunningApp {
  const paths = findPaths();
  const file = keepLogIn(app.getPath('logs'));
  logAt('info', `Hotdeck ${app.getVersion()} on Electron ${process.versions.electron}`, process.platform);
  const source = parts.page(paths.renderer);
  guardSession(session.defaultSession, source);
  serveApp(session.defaultSession, source);
  const settings = new SettingsStore(join(app.getPath('userData'), 'settings.json'));

  let created: BrowserWindow | null = null;
  const page = () => (created === null || created.isDestroyed() ? null : created);

  const sendCommand = (command: Command) => page()?.webContents.send(channels.command, command);
  const attention = createAttention({
    window: page,
    preferences: () => settings.current.preferences,
    command: sendCommand,
  });
  const engine: EngineSupervisor<MessagePortMain> = new EngineSupervisor({
    fork: (events) =>
      forkEngine(
        { script: paths.engine, execArgv: parts.engineArguments, data: app.getPath('userData') },
        events,
      ),
    onHealth: () => {
      if (engine.health.name !== 'running') attention.onEngineGone();
      if (created !== null) controller.publish();
    },
    onMessage(message) {
      controller.onEngineMessage(message);
      attention.onEngineMessage(message);
    },
    onReplaced: () => controller.onEngineReplaced(),
  });
  const controller: AppController<WebContents> = new AppController<WebContents>({
    version: app.getVersion(),
    platform: process.platform,
    limitation: () => limitation(thisMachine()),
    settings,
    engine,
    chooseFolder: () => chooseFolder(page()),
    chooseFile: (suggested, title) => chooseFile(page(), suggested, title),
    connect: (contents) => connectToEngine(engine, contents),
    provideSample: () => provideSample(paths.sample, join(app.getPath('userData'), 'sample', 'depot')),
    openLink,
    collectBugReport: () => collectBugReport(engine, settings, file),
    publish(state) {
      page()?.webContents.send(channels.appState, state);
      showMenu(state.recents);
    },
    showTitle: (name) => page()?.setTitle(titleOf(name)),
  });
  const attempt = (action: Promise<Failure | null>) => {
    action
      .then((failure) => failure !== null && showFailure(page(), failure))
      .catch((error: unknown) => log('The app failed', describe(error)));
  };
  const showMenu = installMenu({
    command: sendCommand,
    openWorkspace: () => attempt(controller.chooseWorkspace()),
    openRecent: (id) => attempt(Promise.resolve(controller.openRecent(id))),
    openSample: () => attempt(controller.openSample()),
    openLink: (url) => attempt(openLink(url)),
    collectBugReport: () => attempt(controller.collectBugReport()),
  });

  const window = createWindow({
    preload: paths.preload,
    packaged: app.isPackaged,
    icon: existsSync(paths.icon) ? paths.icon : null,
    placement: settings.current.window,
    onPlacement: (placement) => settings.update((old) => ({ ...old, window: placement })),
  });
  created = window;
  // After the window, whose page loads in its own process meanwhile: to fork takes this one some 50 ms.
  engine.prefer(settings.current.preferences);
  engine.start();
  const { webContents } = window;
  window.on('closed', () => controller.onWindowClosed(webContents));
  handleRequests({
    handlers: controller.handlers,
    windows: () => (window.isDestroyed() ? [] : [window]),
    state: () => controller.state,
  });
  controller.publish();
  attempt(controller.openFirst(workspace));
  quitInOrder(async () => {
    attention.close();
    page()?.hide();
    settings.flush();
    logAt('info', 'Quitting');
    await engine.quit(quitLimits);
    settings.flush();
  });

  return {
    showAgain(other) {
      if (window.isDestroyed()) return;
      bringToFront(window);
      if (other !== null) controller.open(other);
    },
  };
}

/** Where the parts of the app lie; this file is bundled into dist/main. */
function findPaths() {
  const root = app.getAppPath();
  const dist = join(import.meta.dirname, '..');
  return {
    renderer: join(dist, 'renderer'),
    preload: join(dist, 'preload', 'bridge.cjs'),
    engine: join(dist, 'main', 'engine.js'),
    icon: join(root, 'assets', 'icons', 'icon.png'),
    sample: app.isPackaged ? join(process.resourcesPath, 'sample') : join(root, 'assets', 'sample'),
  };
}
