/** Serves the page, rebuilds the other processes, and keeps the app running on both. */
import { checkoutRoot } from '../launch/checkout.ts';
import type { Opened } from '../launch/openApp.ts';
import { prepareApp } from '../launch/prepareApp.ts';
import { makeAppFolder } from './appFolder.ts';
import { AppRunner } from './appRunner.ts';
import { debugFlags } from './debugPorts.ts';
import { startPageServer } from './pageServer.ts';
import { watchBuilds } from './watchBuilds.ts';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs until the window is closed or a signal arrives. On top of what `npm start` takes, `args` may hold `--debug`,
 * which opens the ports that a debugger attaches to. `say` gets one line for each thing that was done.
 */
export async function develop(
  args: readonly string[],
  cwd: string,
  say: (line: string) => void,
): Promise<Opened> {
  const debug = args.includes('--debug');
  const forApp = args.filter((arg) => arg !== '--debug');
  const prepared = await prepareApp([...forApp, ...(debug ? debugFlags : [])], cwd, say);
  if (!prepared.ok) return prepared;
  const ends: (() => Promise<unknown>)[] = [() => prepared.release()];
  try {
    const root = checkoutRoot();
    const folder = await makeAppFolder(root);
    const page = await startPageServer(root);
    ends.push(() => page.close());
    const runner = new AppRunner(() => prepared.start(folder, { ...page.environment, ...debugOf(debug) }));
    const end = () => runner.end();
    for (const signal of ENDING) process.on(signal, end);
    ends.push(async () => {
      for (const signal of ENDING) process.off(signal, end);
    });
    const builds = await watchBuilds(root, {
      onBuilt(first) {
        say(first ? 'Built; starting the app.' : 'Rebuilt; restarting the app.');
        runner.restart();
      },
      onFailed: (message) => say(`The build failed, and the app stays as it is:\n${message}`),
    });
    ends.push(() => builds.close());
    return await runner.ended;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

const debugOf = (on: boolean): NodeJS.ProcessEnv => (on ? { HOTDECK_DEV_DEBUG: '1' } : {});
