import { copyFile, mkdir, mkdtemp, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { codeOf } from '../../result.ts';
import type { FileEdit } from '../types.ts';

// cargo would write into what is linked: its own folder is left out, and the lock file is a copy.
const LEFT_OUT = new Set(['target', '.git']);
const COPIED = new Set(['Cargo.lock']);

/**
 * Has something done in a folder that looks like a workspace after some edits. Only the edited files are written, into a
 * temporary folder; all else in it is a link to the workspace's own, which stays as it is. The folder is removed in the
 * end. Throws what the file system throws.
 * @param links files by which the edited ones go too, relative to the workspace.
 */
export async function inShadow<T>(
  root: string,
  edits: readonly FileEdit[],
  links: readonly string[],
  use: (shadow: string) => Promise<T>,
): Promise<T> {
  const shadow = await mkdtemp(join(tmpdir(), 'hotdeck-shadow-'));
  try {
    const edited = new Map(edits.map((edit) => [edit.file, edit.after]));
    const folders = new Set([''].concat([...edited.keys(), ...links].flatMap(foldersOf)));
    // A folder comes after the one that it lies in.
    for (const folder of [...folders].sort()) await fill(root, shadow, folder, folders, edited);
    return await use(shadow);
  } finally {
    await rm(shadow, { recursive: true, force: true });
  }
}

function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
}

async function fill(
  root: string,
  shadow: string,
  folder: string,
  own: ReadonlySet<string>,
  edited: ReadonlyMap<string, Buffer>,
): Promise<void> {
  await mkdir(join(shadow, folder), { recursive: true });
  for (const name of await namesIn(join(root, folder))) {
    const path = join(folder, name);
    if (own.has(path) || edited.has(path) || (folder === '' && LEFT_OUT.has(name))) continue;
    const [from, to] = [join(root, path), join(shadow, path)];
    if (COPIED.has(path)) await copyFile(from, to);
    else await symlink(await aimOf(from), to);
  }
  for (const [file, bytes] of edited) {
    if (dirname(file) === (folder === '' ? '.' : folder)) await writeFile(join(shadow, file), bytes);
  }
}

/** A link within the workspace leads to the same place in the shadow, where that may be edited. */
async function aimOf(path: string): Promise<string> {
  const aim = await readlink(path).catch(() => null);
  return aim === null || isAbsolute(aim) ? path : aim;
}

/** A folder that an edit is only to make holds nothing yet. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
