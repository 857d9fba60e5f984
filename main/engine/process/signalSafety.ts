import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { type Signal, SignalSchema } from '#shared/contract.ts';
import { parseSignalActions, type SignalActions } from './signalActions.ts';

/**
 * What a signal would do to a process: its own code gets it (a handler, or a thread that waits for it, as signalfd(2)
 * does), nothing happens, or the kernel ends the process. `unknown` where /proc does not say.
 */
type SignalFate = 'taken' | 'ignored' | 'fatal' | 'unknown';

/** What the process that serves would do with a signal now, and which signals its own code gets. */
export interface SignalSafety {
  fate: SignalFate;
  taken: Signal[];
}

/** Asks /proc at this very moment: a server that is still starting has not installed its handlers. */
export function signalSafety(pid: number, signal: Signal): SignalSafety {
  const actionOf = actionsOf(pid);
  if (actionOf === null) return { fate: 'unknown', taken: [] };
  const blocked = blockedIn(threadStatuses(pid));
  const isTaken = (each: Signal): boolean => actionOf(each) === 'caught' || blocked(each);
  const taken = SignalSchema.options.filter(isTaken);
  if (taken.includes(signal)) return { fate: 'taken', taken };
  return { fate: actionOf(signal) === 'ignored' ? 'ignored' : 'fatal', taken };
}

/**
 * Whom a reload signal goes to: the whole process group where a terminal has a key for it and nobody in the server's
 * way would die of it (a shell that waits for its program may), else the process that serves.
 * @param root the process that was started. @param server the one that serves: the same, or one below it.
 */
export function signalTarget(signal: Signal, root: number, server: number, hasKey: boolean): number {
  if (!hasKey) return server;
  return server === root || signalSafety(root, signal).fate !== 'fatal' ? -root : server;
}

/** Whether every thread of a process blocks a signal (SigBlk of its /proc/PID/task/TID/status texts). Pure. */
export function blockedIn(statuses: readonly string[]): (signal: Signal) => boolean {
  const masks = statuses.flatMap((status) => {
    const hex = /^SigBlk:\s*([0-9a-f]+)$/m.exec(status)?.[1];
    return hex === undefined ? [] : [BigInt(`0x${hex}`)];
  });
  return (signal) =>
    masks.length > 0 && masks.every((mask) => (mask & (1n << BigInt(constants.signals[signal] - 1))) !== 0n);
}

function actionsOf(pid: number): SignalActions | null {
  return parseSignalActions(textOf(`/proc/${pid}/status`));
}

function threadStatuses(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => textOf(`/proc/${pid}/task/${thread}/status`));
  } catch {
    // It has ended: then nothing is known of it.
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
