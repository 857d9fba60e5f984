import { app, Menu } from 'electron';
import { APP_ID } from './appId.ts';
import { registerAppScheme } from './appProtocol.ts';
import { LaunchSchema, parseLaunch } from './arguments.ts';
import { describe, log, surviveClosedTerminal } from './log.ts';
import { type AppParts, type RunningApp, runApp } from './runApp.ts';
import { guardAllContents } from './security.ts';

/** Starts the app, or hands its workspace to the one that runs already. Call once, before Electron is ready. */
export function startApp(parts: AppParts): void {
  surviveClosedTerminal();
  registerAppScheme();
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  // Where the system can't sandbox (root in a container), who starts the app says so; insisting would only crash it.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  guardAllContents();
  // The default menu would take Ctrl+R for reloading the page.
  Menu.setApplicationMenu(null);

  const launch = parseLaunch({
    argv: process.argv,
    cwd: process.cwd(),
    appPath: app.getAppPath(),
    packaged: app.isPackaged,
  });

  if (app.requestSingleInstanceLock(launch)) {
    let running: RunningApp | null = null;
    let wanted = launch.workspace;

    app.on('second-instance', (_event, _argv, _cwd, data) => {
      const other = LaunchSchema.safeParse(data);
      const workspace = other.success ? other.data.workspace : null;
      if (running === null) wanted = workspace ?? wanted;
      else running.showAgain(workspace);
    });

    app
      .whenReady()
      .then(() => {
        running = runApp(wanted, parts);
      })
      .catch((error: unknown) => {
        log('The app could not start', describe(error));
        app.exit(1);
      });
  } else {
    log('Hotdeck is running already; it was asked to show the workspace');
    app.exit(0);
  }
}
