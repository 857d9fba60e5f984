import type { LastReload, Plan } from '../../../preload/contract.ts';
import type { LogSummary } from '../logs/events/summary.ts';
import type { ServerEnd } from '../process/serverControl.ts';
import type { Observed } from './reloadWatch.ts';

type Verdict = Pick<LastReload, 'verdict' | 'message' | 'disagreements' | 'lines'>;

/** All that is known when a reload is over. */
export interface Outcome {
  plan: Plan;
  /** What the memory maps showed. */
  observed: Observed;
  /** What the server's log said meanwhile. */
  log: LogSummary;
  /** How the server ended, if it did. */
  end: ServerEnd | null;
  /** The server's last lines, without colours. */
  tail: readonly string[];
  label(name: string): string;
  /** What keeps a module mapped, as far as its files tell; null where they don't. */
  holder(name: string): string | null;
}

const LAST_LINES = 4;

/**
 * What a reload came to, in a word and a sentence. The memory maps decide; the log explains, and where it says
 * otherwise, that is told.
 */
export function judge(outcome: Outcome): Verdict {
  const { observed, log, end, tail, label } = outcome;
  const { swapped, stayed, missing } = observed;
  const names = (modules: readonly string[]): string => modules.map(label).join(', ');
  const also =
    swapped.length === 0 ? '' : ` ${names(swapped)} ${swapped.length === 1 ? 'runs' : 'run'} the new code.`;
  const lines = tail.filter((line) => line.trim() !== '').slice(-LAST_LINES);
  const disagreements = contradictions(outcome);
  const say = (verdict: LastReload['verdict'], message: string, showLines = false): Verdict => ({
    verdict,
    message,
    disagreements,
    lines: showLines ? lines : [],
  });

  if (observed.end === 'gone')
    return say('crashed', `The server died during the reload (${howEnded(end)}).`, true);
  if (observed.end === 'refused')
    return say('refused', `The server refused the reload: ${log.refused ?? 'no reason given'}.`);
  if (stayed.length > 0 && observed.end === 'timed out' && swapped.length === 0) {
    return say('timed out', `The server did not reload: ${names(stayed)} still run the old code.`, true);
  }
  if (stayed.length > 0) {
    const [first] = stayed;
    const holder = first === undefined ? null : outcome.holder(first);
    const why = holder === null ? '' : ` ${holder}`;
    return say(
      'stuck',
      `${names(stayed)} ${stayed.length === 1 ? 'is' : 'are'} stuck: the old code is still mapped, and runs.${why}${also}`,
    );
  }
  if (missing.length > 0) return say('partial', `${names(missing)} did not come back.${also}`, true);
  if (swapped.length > 0) return say('swapped', `Swapped ${names(swapped)}.`);
  return say('nothing', nothingToDo(outcome));
}

function nothingToDo({ plan, label }: Outcome): string {
  if (plan.leftBehind.length === 0) return 'Nothing to do: every loaded module was the one on disk.';
  const names = plan.leftBehind.map(label).join(', ');
  return `The server left all modules as they were: ${names} on disk is new, but the server's rule does not reach it. Build everything, then reload.`;
}

/** Modules that the log calls loaded though their old image never went. */
function contradictions({ observed, log, label }: Outcome): string[] {
  return observed.stayed
    .filter((name) => log.loaded.includes(name))
    .map((name) => `The log says that ${label(name)} was loaded; the memory maps show its old image.`);
}

function howEnded(end: ServerEnd | null): string {
  if (end === null) return 'it is gone';
  return end.signal ?? `exit code ${end.code}`;
}
