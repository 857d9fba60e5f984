import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';

// Nobody has a workspace this deep; a loop of links has.
const MOST_FOLDERS = 10_000;

export const isGlob = (pattern: string): boolean => /[*?[]/.test(pattern);

/**
 * The folders under `root` that a pattern of `workspace.members` means, relative to it, sorted.
 * `*`, `?` and `[…]` match within a name, `**` any folders between.
 */
export async function matchFolders(root: string, pattern: string): Promise<string[]> {
  let found = [''];
  for (const part of posix.normalize(pattern).split('/')) {
    if (part === '' || part === '.') continue;
    const next: string[] = [];
    for (const folder of found) {
      if (part === '**') next.push(...(await allBelow(root, folder)));
      else if (isGlob(part)) {
        const form = nameForm(part);
        for (const name of await foldersIn(root, folder))
          if (form.test(name)) next.push(posix.join(folder, name));
      } else next.push(posix.join(folder, part));
    }
    found = [...new Set(next)];
  }
  return found.filter((each) => each !== '').sort();
}

async function allBelow(root: string, start: string): Promise<string[]> {
  const found = [start];
  for (const folder of found) {
    if (found.length > MOST_FOLDERS) break;
    for (const name of await foldersIn(root, folder, true)) {
      if (name !== 'target' && !name.startsWith('.')) found.push(posix.join(folder, name));
    }
  }
  return found;
}

/** Names of folders, and of links, which may lead to one. A folder that can't be read has none. */
async function foldersIn(root: string, folder: string, realOnly = false): Promise<string[]> {
  const entries = await readdir(posix.join(root, folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((each) => each.isDirectory() || (!realOnly && each.isSymbolicLink()))
    .map((each) => each.name);
}

function nameForm(part: string): RegExp {
  const source = part.replaceAll(/\*+|\?|\[!?[^\]]+\]|[^*?[]+|\[/g, (piece) => {
    if (piece.startsWith('*')) return '.*';
    if (piece === '?') return '.';
    if (piece.length > 1 && piece.startsWith('[') && piece.endsWith(']')) {
      const inner = piece.slice(1, -1).replaceAll('\\', '\\\\');
      return inner.startsWith('!') ? `[^${inner.slice(1)}]` : `[${inner.replaceAll('^', '\\^')}]`;
    }
    return piece.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return /^$(?!)/;
  }
}
