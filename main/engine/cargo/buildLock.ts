import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** In the output directory and in the build directory; the latter two since cargo 1.97. */
const LOCK_FILES = ['.cargo-lock', '.cargo-build-lock', '.cargo-artifact-lock'];

/**
 * Whether some cargo builds into one of these folders now: it holds a lock file there meanwhile (proc_locks(5)). False
 * where that can't be told.
 * @param folders the output directory and the build directory.
 */
export function isBuildRunning(folders: readonly string[]): boolean {
  const locks = [...new Set(folders)].flatMap((folder) => LOCK_FILES.map((name) => join(folder, name)));
  const inodes = locks.flatMap(inodeOf);
  if (inodes.length === 0) return false;
  try {
    return readFileSync('/proc/locks', 'latin1')
      .split('\n')
      .some((line) => line.includes(' FLOCK ') && inodes.some((inode) => line.includes(`:${inode} `)));
  } catch {
    // A system without this list.
    return false;
  }
}

function inodeOf(file: string): bigint[] {
  try {
    return [statSync(file, { bigint: true }).ino];
  } catch {
    // Never built, or a cargo that has another one.
    return [];
  }
}
