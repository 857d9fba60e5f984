import { app, BrowserWindow, Notification } from 'electron';
import type { Command, Preferences } from '#shared/contract.ts';
import type { HostMessage, News } from '../engine/protocol.ts';
import { Notifier } from './notifier.ts';

export interface AttentionOptions {
  /** The window, while there is one. */
  window(): BrowserWindow | null;
  preferences(): Preferences;
  command(command: Command): void;
}

export interface Attention {
  onEngineMessage(message: HostMessage): void;
  /** No engine runs: nothing is being built. */
  onEngineGone(): void;
  /** Nothing more is told. */
  close(): void;
}

const TABS: Readonly<Record<News['tab'], Command>> = {
  server: 'show-server',
  build: 'show-build',
  problems: 'show-problems',
};

/** A part that is unknown: moving, where the system can draw that. */
const SOME = 2;
const NONE = -1;

/** What the app shows outside of its window: how far a build is, in the taskbar, and notifications. */
export function createAttention({ window, preferences, command }: AttentionOptions): Attention {
  const notifier = new Notifier({
    isLookedAt: () => BrowserWindow.getFocusedWindow() !== null,
    wants: (kind) => preferences().notify[kind],
    show: showNotification,
    open(tab) {
      const shown = window();
      if (shown !== null) bringToFront(shown);
      command(TABS[tab]);
    },
  });
  const seen = () => notifier.seen();
  app.on('browser-window-focus', seen);
  return {
    onEngineMessage(message) {
      if (message.type === 'news') notifier.tell(message.kind, message.news);
      else if (message.type === 'progress')
        window()?.setProgressBar(message.build === null ? NONE : (message.build.done ?? SOME));
    },
    onEngineGone: () => window()?.setProgressBar(NONE),
    close() {
      app.off('browser-window-focus', seen);
      notifier.seen();
    },
  };
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function showNotification({ title, body }: News, onClick: () => void): { close(): void } {
  if (!Notification.isSupported()) return { close() {} };
  const notification = new Notification({ title, body });
  notification.on('click', onClick);
  notification.show();
  return notification;
}
