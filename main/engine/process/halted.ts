import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Halted, Signal } from '#shared/contract.ts';

/**
 * Whether a process stands still, in the text of its /proc/PID/stat (proc_pid_stat(5)): `T` where a signal stopped it, `t`
 * where a debugger holds it; null where neither does. The name before the state, in parentheses, may hold anything. Pure.
 */
export function haltedIn(stat: string): Halted | null {
  const state = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[0];
  return state === 'T' || state === 't' ? state : null;
}

/** Whether a process stands still; null also where nobody can tell. */
export const readHalted = (pid: number): Halted | null => haltedIn(textOf(`/proc/${pid}/stat`));

/** Whether a signal waits for the process, in the text of its /proc/PID/status: ShdPnd, SigPnd (proc_pid_status(5)). Pure. */
export function isPendingIn(status: string, signal: Signal): boolean {
  const bit = 1n << BigInt(constants.signals[signal] - 1);
  return ['ShdPnd', 'SigPnd'].some((name) => {
    const hex = new RegExp(`^${name}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1];
    return hex !== undefined && (BigInt(`0x${hex}`) & bit) !== 0n;
  });
}

/** Whether a signal was sent to a process and not delivered yet. */
export const isPending = (pid: number, signal: Signal): boolean =>
  isPendingIn(textOf(`/proc/${pid}/status`), signal);

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // It has ended, or this system has no /proc.
    return '';
  }
}
