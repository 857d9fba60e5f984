import type { ILinkHandler } from '@xterm/xterm';
import { askApp } from '../state/actions.ts';
import { modifierKey } from '../ui/modifierKey.ts';
import { mayOpen } from '../ui/openableUrl.ts';

/** Opens a link from the terminal: only http and https, only on Ctrl- or Cmd-click, and the app decides last. */
export function openLink(event: MouseEvent, url: string): void {
  if (!(event.ctrlKey || event.metaKey) || !mayOpen(url)) return;
  void askApp('openLink', { url });
}

/** Shows over a link what a click does. */
export function hints(host: HTMLElement) {
  return {
    hover: (_event: MouseEvent, url: string) => {
      host.title = mayOpen(url)
        ? `${modifierKey()}+click opens ${url}`
        : 'Only http and https links are opened from here.';
    },
    leave: () => host.removeAttribute('title'),
  };
}

/** Handles links that a program names itself (OSC 8) like those found in the text. */
export function namedLinks(host: HTMLElement): ILinkHandler {
  return { ...hints(host), activate: openLink, allowNonHttpProtocols: false };
}
