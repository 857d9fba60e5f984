import { readdir, readFile, stat } from 'node:fs/promises';
import { hostname, constants as os } from 'node:os';
import { basename, join } from 'node:path';
import { type CorePattern, type Dead, readCorePattern } from './corePattern.ts';

/** What a crash left behind. */
export interface Core {
  /** A core file that exists; null where none was found. */
  file: string | null;
  /** When it was written, ms since the epoch. */
  writtenAt: number;
  /** The command that shows what a collector may have kept; null where no known one collects. */
  command: string | null;
}

export const NO_CORE: Core = { file: null, writtenAt: 0, command: null };

interface Crash {
  pids: readonly number[];
  /** The program file. */
  file: string;
  /** A relative pattern counts from here. */
  cwd: string;
  /** The signal that ended it, by name. */
  signal: string | null;
  /** Older files are somebody else's, ms since the epoch. */
  since: number;
}

/** File times are those of the last tick of the kernel's clock. */
const TICK_MS = 50;

/** The core file, if it was not there before this time (ms since the epoch). */
export const coreSince = ({ file, writtenAt }: Core, since: number): string | null =>
  writtenAt < since - TICK_MS ? null : file;

/** Looks for the core file of a process that died, where the kernel's own settings say that it would be. */
export async function findCore(crash: Crash): Promise<Core> {
  const [pattern, usesPid] = await Promise.all([setting('core_pattern'), setting('core_uses_pid')]);
  if (pattern === null) return NO_CORE;
  const read = readCorePattern(pattern, (usesPid ?? '0').trim() !== '0', deadOf(crash));
  if (read === null) return NO_CORE;
  if (read.kind === 'file') return findCoreFile(read, crash.cwd, crash.since);
  const isSystemd = basename(read.program) === 'systemd-coredump';
  return { ...NO_CORE, command: isSystemd ? `coredumpctl info ${crash.pids.at(-1)}` : null };
}

/** The newest file that the pattern can mean and that is not older than `since`. */
export async function findCoreFile(
  pattern: CorePattern & { kind: 'file' },
  cwd: string,
  since: number,
): Promise<Core> {
  let paths = [pattern.absolute ? '/' : cwd];
  for (const part of pattern.parts) {
    paths = (await Promise.all(paths.map((folder) => matchesIn(folder, part)))).flat();
  }
  let core = NO_CORE;
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile() || found.mtimeMs <= core.writtenAt) continue;
    if (found.mtimeMs >= since - TICK_MS) core = { ...NO_CORE, file: path, writtenAt: found.mtimeMs };
  }
  return core;
}

async function matchesIn(folder: string, part: string): Promise<string[]> {
  // A folder may be passed through and not listed, so a plain name is not looked up in a list.
  if (/^[\w-]+$/.test(part) || part === '\\.\\.' || part === '\\.')
    return [join(folder, part.replaceAll('\\', ''))];
  const wanted = new RegExp(`^${part}$`);
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => wanted.test(name)).map((name) => join(folder, name));
}

const deadOf = ({ pids, file, signal }: Crash): Dead => ({
  pids,
  program: basename(file),
  path: file,
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  signal: Object.entries(os.signals).find(([name]) => name === signal)?.[1] ?? null,
  host: hostname(),
});

/** A setting of the kernel; null where there is no such thing. */
const setting = (name: string): Promise<string | null> =>
  readFile(`/proc/sys/kernel/${name}`, 'latin1').catch(() => null);
