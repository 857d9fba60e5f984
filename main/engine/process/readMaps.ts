import { existsSync, readFileSync } from 'node:fs';
import { codeOf } from '../result.ts';

/** Why the memory maps of a process that runs can't be read. */
export interface Blindness {
  /** `refused`: the kernel won't; `hidden`: /proc does not show the process; `no proc`: there is none here. */
  kind: 'refused' | 'hidden' | 'no proc' | 'failed';
  /** The system's own word for it: EACCES, ENOENT, … */
  code: string;
}

export type MapsText =
  | { kind: 'read'; text: string }
  | { kind: 'gone' }
  | ({ kind: 'blind' } & { why: Blindness });

/**
 * The text of /proc/PID/maps. It is read at a stroke and without waiting for other threads: that takes a thirtieth of
 * the time, and the less time it takes, the less of what moves meanwhile shows half-way.
 */
export function readMaps(pid: number): MapsText {
  try {
    const text = readFileSync(`/proc/${pid}/maps`, 'utf8');
    // A process that has ended and waits for its parent to notice has no memory any more.
    return text === '' ? { kind: 'gone' } : { kind: 'read', text };
  } catch (error) {
    const code = codeOf(error) ?? 'unknown';
    if (code === 'ESRCH' || !isThere(pid)) return { kind: 'gone' };
    return { kind: 'blind', why: { kind: kindOf(code), code } };
  }
}

function kindOf(code: string): Blindness['kind'] {
  if (code === 'EACCES' || code === 'EPERM') return 'refused';
  if (code !== 'ENOENT') return 'failed';
  return existsSync('/proc/self/maps') ? 'hidden' : 'no proc';
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and not ours.
    return codeOf(error) === 'EPERM';
  }
}
