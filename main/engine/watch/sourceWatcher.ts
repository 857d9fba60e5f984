import { stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { watch } from 'chokidar';
import { z } from 'zod';
import { messageOf } from '../result.ts';
import { IgnoreRules, isDefinition, isSource } from './sourceFiles.ts';

export interface SourceWatcher {
  /** Resolves once every folder is watched: edits from then on are seen. */
  ready: Promise<void>;
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

/**
 * Watches the sources of a workspace.
 * @param made the folders that cargo writes to now; they may become others while it watches.
 */
export function watchSources(
  root: string,
  made: () => readonly string[],
  listeners: Listeners,
): SourceWatcher {
  const rules = new IgnoreRules(root, made);
  const watcher = watch(root, {
    ignored: (path, stats) => rules.ignores(path, stats?.isDirectory() ?? false),
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
  });
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const settle = (): void => {
    timer = undefined;
    const files = [...changed].sort();
    changed.clear();
    listeners.onEdit(files);
  };
  const note = (path: string): void => {
    const file = relative(root, path);
    if (!isSource(file) && !isDefinition(file)) return;
    changed.add(file);
    timer ??= setTimeout(settle, SETTLE_MS);
  };
  const noteUnlessIgnored = (path: string): void => {
    if (!rules.ignores(path, false)) note(path);
  };
  const look = async (): Promise<void> => {
    if ((await stat(root).catch(() => null)) === null) listeners.onGone();
  };
  // chokidar drops a change that comes within 50 ms of another one of the same file; a formatter that runs on save is
  // quicker than that. The raw events are all there.
  watcher.on('raw', (_event, name, details) => {
    const watched = WatchedSchema.safeParse(details);
    if (!watched.success) return;
    const { watchedPath } = watched.data;
    const path = basename(watchedPath) === name ? watchedPath : join(watchedPath, name ?? '');
    noteUnlessIgnored(path);
  });
  watcher.on('add', noteUnlessIgnored).on('unlink', noteUnlessIgnored);
  watcher.on('unlinkDir', () => void look());
  watcher.on('error', (error) => listeners.onError(messageOf(error)));
  return {
    ready: new Promise((resolve) => watcher.once('ready', () => resolve())),
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
