/** Who waits for a file lock, and who holds it: the kernel's list, proc_locks(5). */
import { readFileSync } from 'node:fs';

export interface BlockedLock {
  /** The process that waits. */
  waiter: number;
  /** The one that holds the lock; null where the kernel does not show it: a process of another container, say. */
  holder: number | null;
}

// `3: -> FLOCK  ADVISORY  WRITE 4711 08:01:123 0 EOF` waits for the lock of the line that bears the same number.
const LINE = /^(?<number>\d+):\s*(?<waits>->)?\s*FLOCK\s+\S+\s+\S+\s+(?<pid>-?\d+) /;

/** The flock(2) locks in the text of /proc/locks that somebody waits for. Pure. */
export function blockedIn(text: string): BlockedLock[] {
  const holders = new Map<string, number>();
  const blocked: BlockedLock[] = [];
  for (const line of text.split('\n')) {
    const { number, waits, pid } = LINE.exec(line)?.groups ?? {};
    if (number === undefined || pid === undefined) continue;
    if (waits === undefined) holders.set(number, Number(pid));
    else {
      const holder = holders.get(number) ?? 0;
      blocked.push({ waiter: Number(pid), holder: holder > 0 ? holder : null });
    }
  }
  return blocked;
}

/** The same as of now; null where there is no such list. */
export function readBlocked(): BlockedLock[] | null {
  try {
    return blockedIn(readFileSync('/proc/locks', 'latin1'));
  } catch {
    // No /proc, or one that hides it.
    return null;
  }
}
