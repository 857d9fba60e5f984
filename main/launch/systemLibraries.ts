/** Sees to the shared libraries that an Electron needs from the system (Linux). */
import { dirname } from 'node:path';
import { runCommand } from './runCommand.ts';
import { type Ensured, installMissing } from './systemPackages.ts';

/** Chromium opens these itself once it runs, so that no link names them. */
const openedLater = ['libgtk-3.so.0'];

/** Names the libraries that `ldd` could not find, each once. */
export function parseLdd(output: string): string[] {
  const missing = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  return [...new Set(missing)].sort();
}

/** The `wanted` libraries that the linker's cache, as `ldconfig -p` prints it, does not have. */
export function missingFromCache(cache: string, wanted: readonly string[]): string[] {
  const known = new Set([...cache.matchAll(/^\s*(\S+) \(/gm)].map((match) => match[1]));
  return wanted.filter((name) => !known.has(name));
}

/** Names what is missing for `executable` to run; nothing where that can't be found out. */
async function missingLibraries(executable: string): Promise<string[]> {
  const env = { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: dirname(executable) };
  const linked = await runCommand('ldd', [executable], { env });
  const sbin = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  const cache = await runCommand('ldconfig', ['-p'], { env: sbin });
  const later = cache.ok ? missingFromCache(cache.stdout, openedLater) : [];
  return [...new Set([...parseLdd(linked.stdout), ...later])].sort();
}

/** Installs what is missing where it may, or says what to install. */
export async function ensureLibraries(executable: string, say: (line: string) => void): Promise<Ensured> {
  if (process.platform !== 'linux') return { ok: true };
  const missing = await missingLibraries(executable);
  return missing.length === 0 ? { ok: true } : installMissing(missing, 'library', say);
}
