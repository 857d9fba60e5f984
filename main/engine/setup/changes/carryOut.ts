import { dirname, join } from 'node:path';
import { type Result, success } from '../../result.ts';
import { type Disk, unless } from './disk.ts';
import { hashAt, writeWhole } from './fileContents.ts';
import type { Move } from './journal.ts';

interface Tools {
  root: string;
  disk: Disk;
  content: (hash: string) => Promise<Result<Buffer>>;
}

/** The way back. */
export const reversed = (moves: readonly Move[]): Move[] =>
  moves.map((move) => ({ ...move, from: move.to, to: move.from })).toReversed();

/**
 * Takes files from one content to another, one after the other; each is at every moment wholly the old or wholly the
 * new one. All that takes room on the disk is done before the first is replaced. A file that has many names (hard
 * links) is replaced under this one: the others keep what they had. Files that are where they shall be already are
 * left alone, so it can be called again after it was cut off anywhere.
 * @param strict stop before the first file that is neither the old nor the new one; else such files are left as they are.
 * @returns the files that are neither.
 */
export async function carryOut(
  { root, disk, content }: Tools,
  moves: readonly Move[],
  strict: boolean,
): Promise<Result<string[]>> {
  for (const { target, beside, from, to, keep, folders } of moves) {
    if (to === null || (await hashAt(join(root, target))) !== from) continue;
    const bytes = await content(to);
    if (!bytes.ok) return bytes;
    for (const folder of folders) {
      await unless(['EEXIST'], disk.makeFolder(join(root, folder)));
      await disk.syncFolder(dirname(join(root, folder)));
    }
    await writeWhole(disk, join(root, beside), bytes.value, keep);
  }
  const strangers: string[] = [];
  for (const { file, target, beside, from, to, folders } of moves) {
    const path = join(root, target);
    const current = await hashAt(path);
    if (current === from && to !== null) {
      await disk.rename(join(root, beside), path);
      await disk.syncFolder(dirname(path));
      continue;
    }
    if (current !== from && current !== to) {
      strangers.push(file);
      if (strict) break;
    }
    // What was prepared, and is not needed any more; its folder may not be there.
    await unless(['ENOENT', 'ENOTDIR'], disk.remove(join(root, beside)));
    if (to !== null || strangers.includes(file)) continue;
    if (current !== null) {
      await disk.remove(path);
      await disk.syncFolder(dirname(path));
    }
    for (const folder of folders.toReversed()) {
      await unless(['ENOENT', 'ENOTEMPTY', 'EEXIST'], disk.removeFolder(join(root, folder)));
    }
  }
  return success(strangers);
}
