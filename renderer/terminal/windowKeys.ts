import type { Terminal } from '@xterm/xterm';
import { copyText } from '../ui/clipboard.ts';

/** Accelerators of the menu and keys of the window: they hold in the terminal too. */
const MENU = new Set(['b', 'f', 'l', 'o', 'q', 'r', '1', '2', '3', '0', '+', '=', '-', ',']);

/**
 * Handles the keys that are the window's and not the program's. False keeps xterm from sending them on; pasting itself
 * is the browser's, xterm brackets it where the program asked for that.
 */
export function windowKeys(terminal: Terminal): (event: KeyboardEvent) => boolean {
  return (event) => {
    if (event.type !== 'keydown') return true;
    if (event.key === 'F8') return false;
    const ctrl = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!ctrl) return true;
    const key = event.key.toLowerCase();
    if (event.shiftKey && key === 'c') {
      event.preventDefault();
      if (terminal.hasSelection()) void copyText(terminal.getSelection());
      return false;
    }
    if (event.shiftKey && key === 'v') return false;
    return !MENU.has(key);
  };
}
