import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { codeOf } from '../../result.ts';
import type { Owner } from './format.ts';

/** The owner of the runs that this process writes. */
export const ourselves = (): Owner => ({
  pid: process.pid,
  started: startOf(process.pid) ?? 0,
  boot: bootOf() ?? 0,
});

/** Whether the process that owns a run is alive; where it can't be told from another with its id: taken to be. */
export function isAlive(owner: Owner): boolean {
  const boot = bootOf();
  if (owner.boot !== 0 && boot !== null && boot !== owner.boot) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const started = startOf(owner.pid);
  return owner.started === 0 || started === null || started === owner.started;
}

/** When a process started, in ticks since the boot (proc_pid_stat(5), field 22); null where there is no /proc. */
function startOf(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets, whatever that holds.
  const field = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return field !== undefined && /^\d{1,14}$/.test(field) ? Number(field) : null;
}

function bootOf(): number | null {
  const id = read('/proc/sys/kernel/random/boot_id');
  return id === null ? null : crc32(id);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // No /proc here, or no such process: whoever asks can do without.
    return null;
  }
}
