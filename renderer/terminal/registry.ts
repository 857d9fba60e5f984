import type { Stream } from '../../preload/contract.ts';
import type { TerminalHandle } from './create.ts';

const shown = new Map<Stream, TerminalHandle>();

/** Makes a terminal reachable for the tab bar and the menus while it is on screen. */
export function register(stream: Stream, handle: TerminalHandle): () => void {
  shown.set(stream, handle);
  return () => {
    if (shown.get(stream) === handle) shown.delete(stream);
  };
}

/** The terminal of a stream, if it is on screen. */
export const terminalOf = (stream: Stream): TerminalHandle | undefined => shown.get(stream);
