import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PATIENCE_MS = 500;
/** Major number of the first pseudo-terminals (Documentation/admin-guide/devices.txt: 136 to 143). */
const FIRST_MAJOR = 136;

/**
 * Whether a key of a process's terminal becomes a signal: not where the program has made it raw (ISIG off, termios(3)),
 * or has given the signal another key. Null where that can't be asked (no /proc, no stty).
 * @param key the control character: '\x03' is Ctrl+C.
 */
export async function isSignalKey(pid: number, key: string): Promise<boolean | null> {
  const terminal = terminalOf(statOf(pid));
  if (terminal === null) return null;
  const settings = await sttyOf(terminal);
  return settings === null ? null : hasSignalKey(settings, key);
}

/** The terminal in the text of /proc/PID/stat (tty_nr, proc_pid_stat(5)); null where it has no pseudo-terminal. Pure. */
export function terminalOf(stat: string): string | null {
  const device = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[4]);
  const major = (device >> 8) & 0xfff;
  if (!Number.isInteger(device) || major < FIRST_MAJOR || major > FIRST_MAJOR + 7) return null;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  return `/dev/pts/${(major - FIRST_MAJOR) * 256 + minor}`;
}

/** Whether `stty -a` says that a key is the one of a signal. Pure. */
export function hasSignalKey(settings: string, key: string): boolean {
  if (/(?:^|\s)-isig\b/.test(settings)) return false;
  const shown = `^${String.fromCharCode(key.charCodeAt(0) + 64)}`;
  return ['intr', 'quit'].some((name) => settings.includes(`${name} = ${shown};`));
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return '';
  }
}

function sttyOf(terminal: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      'stty',
      ['-a', '-F', terminal],
      { timeout: PATIENCE_MS, env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout) => resolve(error === null ? stdout : null),
    );
  });
}
