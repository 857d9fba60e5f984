import { stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { z } from 'zod';
import { messageOf } from '../result.ts';
import { IgnoreRules, isDefinition, isSource } from './sourceFiles.ts';

export interface SourceWatcher {
  /** Resolves once every folder is watched: edits from then on are seen. */
  readonly ready: Promise<void>;
  /** Watches these folders that lie outside of the workspace, and no others outside of it. */
  watchOutside(folders: readonly string[]): void;
  close(): Promise<void>;
}

interface Listeners {
  /** Files that changed, relative to the workspace, in one save. */
  onEdit(files: string[]): void;
  /** The workspace folder itself was removed or moved. */
  onGone(): void;
  onError(message: string): void;
}

const WatchedSchema = z.object({ watchedPath: z.string() });

// Editors save in several steps, and "save all" writes several files: wait for the flurry, and hardly longer.
const SETTLE_MS = 4;

/** Returns the folders that are not in the workspace and not inside of another one of them. Pure. */
function outermost(folders: readonly string[], root: string): string[] {
  const within = (folder: string, other: string): boolean => `${folder}${sep}`.startsWith(`${other}${sep}`);
  const outside = [...new Set(folders)].filter((each) => !within(each, root));
  return outside.filter((each) => !outside.some((other) => other !== each && within(each, other))).sort();
}

/**
 * Watches the sources of a workspace.
 * @param made the folders that cargo writes to now; they may become others while it watches.
 */
export function watchSources(
  root: string,
  made: () => readonly string[],
  listeners: Listeners,
): SourceWatcher {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const outside = new Map<string, WatchedFolder>();
  const closing: Promise<void>[] = [];

  const settle = (): void => {
    timer = undefined;
    const files = [...changed].sort();
    changed.clear();
    listeners.onEdit(files);
  };
  const note = (path: string): void => {
    changed.add(relative(root, path));
    timer ??= setTimeout(settle, SETTLE_MS);
  };
  const { onError } = listeners;
  const rules = new IgnoreRules(root, made);
  const own = watchFolder(root, (path, directory) => rules.ignores(path, directory), { note, onError });
  own.watcher.on('unlinkDir', async () => {
    if ((await stat(root).catch(() => null)) === null) listeners.onGone();
  });
  const begin = (folder: string): void => {
    // A package outside may be a workspace of its own, with a target folder of its own.
    const others = new IgnoreRules(folder, () => [...made(), join(folder, 'target')]);
    const ignores = (path: string, directory: boolean): boolean =>
      path === root || others.ignores(path, directory);
    outside.set(folder, watchFolder(folder, ignores, { note, onError }));
  };
  return {
    get ready() {
      return Promise.all([own, ...outside.values()].map((each) => each.ready)).then(() => undefined);
    },
    watchOutside(folders) {
      const wanted = outermost(folders, root);
      for (const [folder, { watcher }] of outside) {
        if (wanted.includes(folder)) continue;
        outside.delete(folder);
        closing.push(watcher.close());
      }
      for (const folder of wanted) if (!outside.has(folder)) begin(folder);
    },
    async close() {
      clearTimeout(timer);
      await Promise.all([own, ...outside.values()].map(({ watcher }) => watcher.close()));
      await Promise.all(closing);
    },
  };
}

interface WatchedFolder {
  watcher: FSWatcher;
  ready: Promise<void>;
}

/** Watches a folder for files that can change what is built. @param on `note` gets their paths. */
function watchFolder(
  folder: string,
  ignores: (path: string, directory: boolean) => boolean,
  on: { note(path: string): void; onError(message: string): void },
): WatchedFolder {
  const watcher = watch(folder, {
    ignored: (path, stats) => ignores(path, stats?.isDirectory() ?? false),
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
  });
  const note = (path: string): void => {
    const file = relative(folder, path);
    if (!ignores(path, false) && (isSource(file) || isDefinition(file))) on.note(path);
  };
  // chokidar drops a change that comes within 50 ms of another one of the same file; a formatter that runs on save is
  // quicker than that. The raw events are all there.
  watcher.on('raw', (_event, name, details) => {
    const watched = WatchedSchema.safeParse(details);
    if (!watched.success) return;
    const { watchedPath } = watched.data;
    note(basename(watchedPath) === name ? watchedPath : join(watchedPath, name ?? ''));
  });
  watcher.on('add', note).on('unlink', note);
  watcher.on('error', (error) => on.onError(messageOf(error)));
  return { watcher, ready: new Promise((resolve) => watcher.once('ready', () => resolve())) };
}
