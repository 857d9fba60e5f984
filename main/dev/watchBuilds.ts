import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { appFolderOf } from './appFolder.ts';

export interface BuildEvents {
  /** Everything is built, and differs from what was built before. */
  onBuilt(first: boolean): void;
  onFailed(message: string): void;
}

/** What a build of vite gives when it watches, as far as it is used here. */
interface Watcher {
  on(event: 'event', listener: (event: { code: string; error?: { message: string } }) => unknown): unknown;
  close(): Promise<void>;
}

const NAMES = ['main', 'preload'] as const;

/** Builds main, engine and preload with source maps, now and after each change of their sources. */
export async function watchBuilds(root: string, events: BuildEvents): Promise<{ close(): Promise<unknown> }> {
  const folder = appFolderOf(root);
  const build = (name: string) => ({ outDir: join(folder, name), sourcemap: true, watch: {} });
  const builder = await createBuilder({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'silent',
    clearScreen: false,
    environments: {
      main: {
        build: {
          ...build('main'),
          rollupOptions: {
            input: {
              app: join(import.meta.dirname, 'app.ts'),
              engine: join(import.meta.dirname, 'engine.ts'),
            },
          },
        },
      },
      preload: { build: build('preload') },
    },
  });

  const done = new Set<string>();
  let built: string | null = null;
  const onEnd = async (name: string) => {
    done.add(name);
    if (done.size < NAMES.length) return;
    // A file that was saved as it was, or a test beside it, changes nothing.
    const next = await digest(folder);
    if (done.size < NAMES.length || next === built) return;
    const first = built === null;
    built = next;
    events.onBuilt(first);
  };
  const watchers = await Promise.all(
    NAMES.map(async (name) => {
      const environment = builder.environments[name];
      if (environment === undefined) throw new Error(`vite.config.ts has no environment "${name}".`);
      const watcher: unknown = await builder.build(environment);
      if (!isWatcher(watcher)) throw new Error('vite does not watch.');
      watcher.on('event', (event) => {
        if (event.code === 'START') done.delete(name);
        else if (event.code === 'END') return onEnd(name);
        else if (event.code === 'ERROR') events.onFailed(event.error?.message ?? 'vite does not say why.');
        return undefined;
      });
      return watcher;
    }),
  );
  return { close: () => Promise.all(watchers.map((watcher) => watcher.close())) };
}

function isWatcher(value: unknown): value is Watcher {
  return typeof value === 'object' && value !== null && 'on' in value && 'close' in value;
}

/** A hash over all programs that were built. */
async function digest(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of NAMES) {
    const files = await readdir(join(folder, name), { recursive: true });
    for (const file of files.filter((each) => /\.c?js$/.test(each)).sort()) {
      hash.update(`${file}\n`).update(await readFile(join(folder, name, file)));
    }
  }
  return hash.digest('hex');
}
