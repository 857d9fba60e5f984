/** Whether Chromium can put its processes into a sandbox here. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './runCommand.ts';
import { findProgram } from './systemPackages.ts';

/** Undefined where the sandbox works; otherwise why it can't, as the end of a sentence. */
export async function sandboxObstacle(dist: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'the sandbox doesn’t work as root';
  if (isSetuidRoot(join(dist, 'chrome-sandbox'))) return undefined;
  // What Chromium does, tried with the system's own tool; Ubuntu 24.04 and many containers forbid it.
  if (findProgram('unshare') === undefined) return undefined;
  const tried = await runCommand('unshare', ['--user', '--map-root-user', 'true'], { timeout: 5_000 });
  return tried.ok ? undefined : 'users can’t create namespaces on this system';
}

function isSetuidRoot(file: string): boolean {
  try {
    const { mode, uid } = statSync(file);
    return uid === 0 && (mode & 0o4000) !== 0;
  } catch {
    return false;
  }
}
