import { BrowserWindow, nativeTheme, screen } from 'electron';
import { log } from './log.ts';
import { minimumSize, type Placement, placeWindow } from './placement.ts';
import { appUrl, webPreferences } from './policy.ts';
import { afterCrash } from './restartPolicy.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly packaged: boolean;
  /** Null where the system takes it from the app itself. */
  readonly icon: string | null;
  readonly placement: Placement | null;
  /** The window was moved or resized, or is about to close. */
  onPlacement(placement: Placement): void;
}

/** The page's canvas (renderer/ui/tokens.css), shown before its style sheet is there: no flash of white in the dark. */
const background = { dark: '#0c1017', light: '#f3f5f8' };

/** Opens the window; it shows itself once the page has been drawn. */
export function createWindow({
  preload,
  packaged,
  icon,
  placement,
  onPlacement,
}: WindowOptions): BrowserWindow {
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, ...place } = placeWindow(placement, displays);
  const window = new BrowserWindow({
    ...place,
    ...(icon === null ? {} : { icon }),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: titleOf(null),
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: webPreferences(preload, packaged),
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  // The title is the app's to set: the page doesn't know the workspace when it loads.
  window.on('page-title-updated', (event) => event.preventDefault());
  const remember = () => onPlacement({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  window.on('resize', remember);
  window.on('move', remember);
  window.on('close', remember);
  reviveCrashedPage(window);
  load(window);
  return window;
}

export function titleOf(workspace: string | null): string {
  return workspace === null ? 'Hotdeck' : `${workspace} – Hotdeck`;
}

function load(window: BrowserWindow): void {
  window.loadURL(appUrl).catch((error: unknown) => log('The page did not load', error));
}

/** The page holds nothing that the engine hasn't: after a crash it is loaded again. */
function reviveCrashedPage(window: BrowserWindow): void {
  let crashes: readonly number[] = [];
  let timer: NodeJS.Timeout | undefined;
  window.on('closed', () => clearTimeout(timer));
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const verdict = afterCrash(crashes, Date.now());
    log('The page’s process is gone', `${reason}, ${verdict.kind}`);
    if (verdict.kind === 'give-up') return;
    crashes = verdict.crashes;
    timer = setTimeout(() => load(window), verdict.afterMs);
  });
}
