import { readdirSync, readFileSync } from 'node:fs';

/** A process, told from a later one with the same number by when it was started (ticks since the machine was). */
export interface Process {
  readonly pid: number;
  readonly started: string;
}

/** A process and all that descend from it, as of now; from the kernel's process table. Empty if it is gone. */
export function processTree(root: number): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), stat: statOf(name) }))
    .map(({ pid, stat }) => ({ pid, parent: Number(stat?.[1]), started: stat?.[19] ?? '' }));
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

/** Does this process still run? One that has ended and waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  const stat = statOf(String(pid));
  return stat !== null && hasNotEnded(stat);
}

/** Does any process of this group still run? One that has ended and waits for its parent to notice does not. */
export function groupIsAlive(group: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((name) => {
      const stat = statOf(name);
      return stat !== null && Number(stat[2]) === group && hasNotEnded(stat);
    });
}

function hasNotEnded(stat: readonly string[]): boolean {
  return stat[0] !== 'Z' && stat[0] !== 'X';
}

/** The fields of /proc/PID/stat from the state on (proc_pid_stat(5)); null for a process that has ended meanwhile. */
function statOf(pid: string): string[] | null {
  try {
    // The name before it, in parentheses, may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** Ends processes at once; those that are gone already are left out, whoever has their numbers now. */
export function killAll(processes: readonly Process[]): void {
  for (const { pid, started } of processes) {
    if (statOf(String(pid))?.[19] !== started) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** The memory that a process holds, in bytes: its own and what it shares (VmRSS). */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

const TICKS_A_SECOND = 100;

/** When a process was started; ms since the epoch, as well as the kernel tells: to 20 ms. */
export function startedAt(pid: number): number {
  const booted = Date.now() - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000;
  return booted + (Number(statOf(String(pid))?.[19]) / TICKS_A_SECOND) * 1000;
}
