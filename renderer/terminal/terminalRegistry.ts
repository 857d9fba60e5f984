import type { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import type { Stream } from '#shared/contract.ts';
import { writeFlag } from '../state/localChoices.ts';

/** A terminal that is on screen. */
export interface TerminalHandle {
  readonly terminal: Terminal;
  readonly search: SearchAddon;
  /** Takes the size of the host element; tells the engine by `onResize` of the terminal. */
  fit(): void;
  dispose(): void;
}

/** Under this key the window remembers whether the terminals' text is laid out for screen readers. */
export const SCREEN_READER = 'hotdeck.screen-reader';

const shown = new Map<Stream, TerminalHandle>();

/** Makes a terminal reachable for the tab bar and the menus while it is on screen. */
export function register(stream: Stream, handle: TerminalHandle): () => void {
  shown.set(stream, handle);
  return () => {
    if (shown.get(stream) === handle) shown.delete(stream);
  };
}

/** Returns the terminal of a stream, if it is on screen. */
export const terminalOf = (stream: Stream): TerminalHandle | undefined => shown.get(stream);

/** Lays the text of all terminals out for screen readers, or stops doing so, and remembers it. */
export function setScreenReader(on: boolean): void {
  writeFlag(SCREEN_READER, on);
  for (const { terminal } of shown.values()) terminal.options.screenReaderMode = on;
}
