import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Signal } from '#shared/contract.ts';
import { familyOf } from './processTree.ts';

/** What a process does with a signal: its own code runs, nothing happens, or what the kernel does by default. */
type SignalAction = 'caught' | 'ignored' | 'default';

/** One process: what it does with each signal. */
export type SignalActions = (signal: Signal) => SignalAction;

/** Reads SigCgt and SigIgn out of /proc/PID/status (proc_pid_status(5)); null where they are not in there. */
export function parseSignalActions(status: string): SignalActions | null {
  const maskOf = (name: string): bigint | null => {
    const hex = new RegExp(`^${name}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1];
    return hex === undefined ? null : BigInt(`0x${hex}`);
  };
  const [caught, ignored] = [maskOf('SigCgt'), maskOf('SigIgn')];
  if (caught === null || ignored === null) return null;
  return (signal) => {
    const bit = 1n << BigInt(constants.signals[signal] - 1);
    if ((caught & bit) !== 0n) return 'caught';
    return (ignored & bit) === 0n ? 'default' : 'ignored';
  };
}

/** A process and all that descend from it, as far as they can be seen. */
export function readSignalActions(pid: number): SignalActions[] {
  return familyOf(pid).flatMap((each) => {
    try {
      return parseSignalActions(readFileSync(`/proc/${each}/status`, 'latin1')) ?? [];
    } catch {
      // It has ended, or this system has no /proc.
      return [];
    }
  });
}

/**
 * The signal to begin a shutdown with: the wanted one where somebody listens to it. SIGQUIT kills a program that does
 * not, and has it dump its core; SIGTERM is what such a program expects.
 * @param wanted what this kind of server is asked by.
 * @param isStatic it has nothing to reload: then SIGINT, too, asks it to end.
 */
export function shutdownSignal(
  wanted: Signal,
  isStatic: boolean,
  processes: readonly SignalActions[],
): Signal {
  if (processes.length === 0) return wanted;
  const candidates: Signal[] = [wanted, 'SIGTERM', ...(isStatic ? (['SIGINT'] as const) : [])];
  const heard = candidates.find((signal) => processes.some((actionOf) => actionOf(signal) === 'caught'));
  if (heard !== undefined) return heard;
  return processes.every((actionOf) => actionOf(wanted) === 'ignored') ? wanted : 'SIGTERM';
}
