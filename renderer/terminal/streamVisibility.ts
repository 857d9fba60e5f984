import type { Stream } from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';

/**
 * Tells the engine, and every later one, that a stream is on screen, for as long as the window itself is.
 * @returns what ends it: the stream is on screen no longer.
 */
export function reportVisibility(stream: Stream): () => void {
  const tell = () => bridge().show(stream, !document.hidden);
  tell();
  document.addEventListener('visibilitychange', tell);
  // An engine says its whole state to begin with.
  const end = bridge().onMessage((message) => {
    if (message.type === 'state') tell();
  });
  return () => {
    end();
    document.removeEventListener('visibilitychange', tell);
    bridge().show(stream, false);
  };
}
