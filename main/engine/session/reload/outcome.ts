import type { Halted, LastReload, Newness, Plan, ReloadBy, ReloadStep } from '#shared/contract.ts';
import { duration, timeLimit } from '#shared/duration.ts';
import { notTakenFor } from '../../graph/reasons.ts';
import type { LogSummary } from '../../logs/events/summary.ts';
import type { ServerEnd } from '../../process/serverControl.ts';
import type { Observed } from './observed.ts';

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
  /** The server's last lines, without colors, and those of them that came since the reload began. */
  tail: readonly string[];
  said: readonly string[];
  /** Who asked for it. */
  cause: LastReload['cause'];
  /** What asks this server for one. */
  by: ReloadBy['by'];
  /** By what the server tells that a library is new. */
  newness: Newness;
  /** The process stands still; null where it doesn't. */
  halted: { state: Halted; pid: number } | null;
  /** It is told about a process that is gone. */
  isPast: boolean;
  /** When a reload is given up, in ms. */
  timeout: number;
  label(name: string): string;
  /** What keeps a module mapped, as far as its files tell; null where they don't. */
  holder(name: string): string | null;
}

/** The words for a process that runs, or for one that is gone. */
export const tense =
  ({ isPast }: Pick<Outcome, 'isPast'>) =>
  (present: string, past: string): string =>
    isPast ? past : present;

/** Why nothing was swapped: one of these is always so. */
export function whyNothing(outcome: Outcome): string {
  const { plan, steps, log, observed } = outcome;
  const names = namesIn(outcome);
  const said = tense(outcome);
  const moved = [...new Set(steps.map(({ module }) => module))];
  if (moved.length > 0) {
    return `Nothing was swapped: ${names(moved)} went and came back from the same file${moved.length === 1 ? '' : 's'}.`;
  }
  const stuck = plan.leftBehind.filter((name) => outcome.stuckBefore.includes(name));
  if (stuck.length > 0) {
    const [are, were] = stuck.length === 1 ? ['is', 'was'] : ['are', 'were'];
    return `Nothing was swapped: ${names(stuck)} ${said(are, were)} stuck since an earlier reload, and the server ${said('takes', 'took')} the old code for new.${said(' Restart it.', '')}`;
  }
  if (plan.leftBehind.length > 0) {
    const refused = plan.notTaken;
    if (refused.length > 0) {
      const [file, is] = refused.length === 1 ? ['its file', 'is'] : ['their files', 'are'];
      return `Nothing was swapped: the code of ${names(refused)} on disk ${said('is', 'was')} another, but to the server ${file} ${is} not new (${notTakenFor(outcome.newness)}).${said(' Reload anyway makes the files look new first.', '')}`;
    }
    const left = names(plan.leftBehind);
    return `The server left all modules as they were: ${left} on disk ${said('is', 'was')} new, but the server's rule ${said('does', 'did')} not reach it.${said(' Build everything, then reload.', '')}`;
  }
  const isSilent = outcome.logSpeaks && !log.requested && !observed.served;
  const heard = isSilent ? ` The log ${said('does', 'did')} not show that the server heard of it.` : '';
  if (plan.restart.length > 0) {
    return `Nothing to swap: what ${said('is', 'was')} new on disk (${names(plan.restart)}) ${said('takes', 'took')} a restart.${heard}`;
  }
  const counted =
    log.stale !== null && log.stale > 0 ? ` (The server's own count of stale modules was ${log.stale}.)` : '';
  return `Nothing to do: every loaded module was the one on disk.${counted}${heard}`;
}

/** That a process stands still, and what makes it go on; a clause. */
function standsStill(halted: Halted, pid: number, isPast: boolean): string {
  const how = `process ${pid} ${isPast ? 'was' : 'is'} stopped${halted === 't' ? ' by a debugger' : ''} (${halted})`;
  const waits = halted === 't' ? 'the debugger continues it' : `somebody continues it (kill -CONT ${pid})`;
  return isPast ? how : `${how}, and the signal waits until ${waits}`;
}

/** What the server did last before it was given up, or why it did nothing. */
export function lastSeen(
  outcome: Pick<Outcome, 'steps' | 'said' | 'label' | 'cause' | 'by' | 'halted' | 'isPast'>,
): string {
  const { steps, said, label, cause, by, halted } = outcome;
  if (halted !== null) return `Its ${standsStill(halted.state, halted.pid, outcome.isPast)}.`;
  const step = steps.at(-1);
  const line = said.findLast((each) => each.trim() !== '');
  const isUnasked = cause === 'outside' || cause === 'late' || cause === 'self';
  const since = isUnasked || by === 'self' ? 'since' : `since the ${by}`;
  const words =
    line === undefined
      ? tense(outcome)(`It has said nothing ${since}.`, `It had said nothing ${since}.`)
      : `Its last line: ${line.trim()}`;
  if (step === undefined) return words;
  return `Last, ${label(step.module)} was ${step.step}ed after ${duration(step.at)}. ${words}`;
}

export const seconds = ({ timeout }: Outcome): string => timeLimit(timeout);

export const namesIn =
  ({ label }: Pick<Outcome, 'label'>) =>
  (modules: readonly string[]): string =>
    modules.map(label).join(', ');
