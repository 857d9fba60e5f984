import { app } from 'electron';
import { describe, log } from './log.ts';

/**
 * Every way to quit (the menu, the last window, a signal) goes through here: `finish` ends the engine and
 * saves, within its own time limit, and only then does the app exit.
 */
export function quitInOrder(finish: () => Promise<void>): void {
  let finishing = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (finishing) return;
    finishing = true;
    finish()
      .catch((error: unknown) => log('Quitting did not go in order', describe(error)))
      // Not quit(): a page could hold that up.
      .finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
