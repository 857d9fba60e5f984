import { lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WayId } from '#shared/contract.ts';
import type { Result } from '../../../../main/engine/result.ts';
import type { FileEdit, SetupWay } from '../../../../main/engine/setup/types.ts';
import { temporaryFolder } from '../../../support/folders.ts';

export type Files = Record<string, string>;

/** A folder with these files, and a place to remember its setup in. */
export async function placeWith(files: Files): Promise<{ root: string; folder: string }> {
  const both = await temporaryFolder();
  const root = join(both, 'work space');
  await writeFiles(root, files);
  return { root, folder: join(both, 'data', 'setup', 'it') };
}

export async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text, 'latin1');
  }
}

/** Everything below a folder: files with their modes, links with their goals, folders. */
export async function treeOf(root: string, below = ''): Promise<Files> {
  const found: Files = {};
  for (const name of (await readdir(join(root, below))).sort()) {
    const file = below === '' ? name : `${below}/${name}`;
    const stats = await lstat(join(root, file));
    if (stats.isDirectory()) Object.assign(found, { [file]: 'folder' }, await treeOf(root, file));
    else if (stats.isSymbolicLink()) found[file] = `link to ${await readlink(join(root, file))}`;
    else found[file] = `${(stats.mode & 0o7777).toString(8)} ${await readFile(join(root, file), 'latin1')}`;
  }
  return found;
}

/** A way that takes files from one text to another; null: there is none yet. */
export const wayOf = (
  edits: Record<string, readonly [string | null, string]>,
  id: WayId = 'edits',
  args: string[] = [],
): SetupWay => ({
  id,
  arguments: args,
  edits: Object.entries(edits).map(
    ([file, [before, after]]): FileEdit => ({
      file,
      before: before === null ? null : Buffer.from(before, 'latin1'),
      after: Buffer.from(after, 'latin1'),
      steps: ['changed'],
      lines: 1,
    }),
  ),
  refusals: [],
});

export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.value;
}

export const kindIn = (result: Result<unknown>): string => (result.ok ? 'ok' : result.failure.kind);
