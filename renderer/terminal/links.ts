import type { ILinkHandler } from '@xterm/xterm';
import { askApp } from '../state/actions.ts';

/** Whether a link in a program's output may be opened at all. */
export function mayOpen(url: string): boolean {
  try {
    return new URL(url).protocol === 'https:';
  } catch {
    return false;
  }
}

/** Opens a link from the terminal: only https, only on Ctrl- or Cmd-click, and the app decides last. */
export function openLink(event: MouseEvent, url: string): void {
  if (!(event.ctrlKey || event.metaKey) || !mayOpen(url)) return;
  void askApp('openLink', { url });
}

/** Links that a program names itself (OSC 8) go the same way as those found in the text. */
export const namedLinks: ILinkHandler = {
  activate: (event, url) => openLink(event, url),
  allowNonHttpProtocols: false,
};
