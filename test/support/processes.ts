import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that descend from it, as of now; from the kernel's process table. */
export function processTree(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  const tree = [pid];
  for (const member of tree) {
    for (const [child, parent] of parents) if (parent === member) tree.push(child);
  }
  return tree;
}

function parentOf(pid: string): number {
  return Number(statOf(pid)?.[1] ?? 0);
}

/** Does any process of this group still run? One that has ended and waits for its parent to notice does not. */
export function groupIsAlive(group: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((name) => {
      const stat = statOf(name);
      return stat !== null && Number(stat[2]) === group && stat[0] !== 'Z' && stat[0] !== 'X';
    });
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

/** Ends processes at once; those that are gone already are none of anybody's worry. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone.
    }
  }
}
