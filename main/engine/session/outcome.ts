import type { LastReload, Plan, ReloadStep } from '../../../preload/contract.ts';
import type { LogSummary } from '../logs/events/summary.ts';
import type { ServerEnd } from '../process/serverControl.ts';
import type { Observed } from './reloadWatch.ts';

/** All that is known when a reload is over. */
export interface Outcome {
  plan: Plan;
  /** Where `observed` comes from. */
  evidence: LastReload['evidence'];
  observed: Observed;
  steps: readonly ReloadStep[];
  /** What the server's log said meanwhile, and whether it has named a module in this run at all. */
  log: LogSummary;
  logSpeaks: boolean;
  /** Why what was to set it off failed, a sentence; null where it did not. */
  failure: string | null;
  /** The signal that set it off, where the server does not catch that; else null. */
  uncaught: string | null;
  /** Modules that are stuck since an earlier reload. */
  stuckBefore: readonly string[];
  /** How the server ended, if it did. */
  end: ServerEnd | null;
  /** The server's last lines, without colours, and those of them that came since the reload began. */
  tail: readonly string[];
  said: readonly string[];
  /** When a reload is given up, in ms. */
  timeout: number;
  label(name: string): string;
  /** What keeps a module mapped, as far as its files tell; null where they don't. */
  holder(name: string): string | null;
}

/** Why nothing was swapped: one of these is always so. */
export function whyNothing(outcome: Outcome): string {
  const { plan, steps, log, observed } = outcome;
  const names = namesIn(outcome);
  const moved = [...new Set(steps.map(({ module }) => module))];
  if (moved.length > 0) {
    return `Nothing was swapped: ${names(moved)} went and came back from the same file${moved.length === 1 ? '' : 's'}.`;
  }
  const stuck = plan.leftBehind.filter((name) => outcome.stuckBefore.includes(name));
  if (stuck.length > 0) {
    return `Nothing was swapped: ${names(stuck)} ${stuck.length === 1 ? 'is' : 'are'} stuck since an earlier reload, and the server takes the old code for new. Restart it.`;
  }
  if (plan.leftBehind.length > 0) {
    return `The server left all modules as they were: ${names(plan.leftBehind)} on disk is new, but the server's rule does not reach it. Build everything, then reload.`;
  }
  const isSilent = outcome.logSpeaks && !log.requested && !observed.served;
  const heard = isSilent ? ' The log does not show that the server heard of it.' : '';
  if (plan.restart.length > 0) {
    return `Nothing to swap: what is new on disk (${names(plan.restart)}) takes a restart.${heard}`;
  }
  const counted =
    log.stale !== null && log.stale > 0 ? ` (The server's own count of stale modules was ${log.stale}.)` : '';
  return `Nothing to do: every loaded module was the one on disk.${counted}${heard}`;
}

/** What the server did last before it was given up. */
export function lastSeen({ steps, said, label }: Pick<Outcome, 'steps' | 'said' | 'label'>): string {
  const step = steps.at(-1);
  const line = said.findLast((each) => each.trim() !== '');
  const words =
    line === undefined ? 'It has said nothing since the signal.' : `Its last line: ${line.trim()}`;
  if (step === undefined) return words;
  return `Last, ${label(step.module)} was ${step.step}ed after ${(step.at / 1000).toFixed(1)} s. ${words}`;
}

export const seconds = ({ timeout }: Outcome): string => `${Math.round(timeout / 100) / 10} s`;

export const namesIn =
  ({ label }: Pick<Outcome, 'label'>) =>
  (modules: readonly string[]): string =>
    modules.map(label).join(', ');
