import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { lookingOnly, userEnvironment } from '../environment.ts';
import { run } from '../run.ts';
import type { Remark } from './remark.ts';

/** A workspace that was found from a path. */
export interface Located {
  /** Absolute, without links. What is no workspace stays as it was given. */
  root: string;
  /** That it is another folder than the one that was given; null where it is that one. */
  remark: Remark | null;
}

const HAS_WORKSPACE = /^\s*\[\s*workspace\s*[.\]]/m;

/**
 * Finds the root of the workspace that a path belongs to: the path of its folder, of a member or a folder in one, or of a
 * file such as its Cargo.toml. cargo says which that is; a folder whose Cargo.toml has a `[workspace]` is one without asking.
 */
export async function locateWorkspace(
  path: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Located> {
  const given = await realpath(resolve(path)).catch(() => resolve(path));
  const found = await stat(given).catch(() => null);
  if (found === null) return { root: given, remark: null };
  const folder = found.isDirectory() ? given : dirname(given);
  const manifest = await readFile(`${folder}/Cargo.toml`, 'utf8').catch(() => null);
  if (manifest !== null && HAS_WORKSPACE.test(manifest)) return { root: folder, remark: null };
  const asking = {
    cwd: folder,
    env: lookingOnly(userEnvironment(env)),
    ...(signal === undefined ? {} : { signal }),
  };
  const answer = await run('cargo', ['locate-project', '--workspace', '--message-format', 'plain'], asking);
  const line =
    answer.ok && answer.value.code === 0 ? answer.value.stdout.trim().split('\n').at(-1) : undefined;
  // Why there is none is said by whoever opens it.
  if (line === undefined || !line.endsWith('Cargo.toml')) return { root: folder, remark: null };
  const root = await realpath(dirname(line)).catch(() => dirname(line));
  return { root, remark: root === folder ? null : remarkOf(folder, root) };
}

const remarkOf = (folder: string, root: string): Remark => ({
  kind: 'opened-root',
  severity: 'info',
  message: `${folder} is part of the workspace ${root}: that is what was opened.`,
  remedy: null,
});
