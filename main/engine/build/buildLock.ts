import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LOCK_FILE = '.cargo-lock';

/**
 * Whether some cargo builds into this folder now: it holds the folder's lock file meanwhile (proc_locks(5)). False
 * where that can't be told.
 */
export function isBuildRunning(outputDirectory: string): boolean {
  try {
    const { ino } = statSync(join(outputDirectory, LOCK_FILE), { bigint: true });
    return readFileSync('/proc/locks', 'latin1')
      .split('\n')
      .some((line) => line.includes(' FLOCK ') && line.includes(`:${ino} `));
  } catch {
    // Never built, or a system without this list.
    return false;
  }
}
