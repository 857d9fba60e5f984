import type { LastReload, Newness, ReloadBy, StuckImage } from '#shared/contract.ts';
import { linesSince } from '../../lineSplitter.ts';
import type { LogSummary } from '../../logs/events/summary.ts';
import { coreSince } from '../../process/coreFile.ts';
import type { ServerEnd } from '../../process/serverControl.ts';
import { deviationsOf } from './deviations.ts';
import type { Observed } from './observed.ts';
import type { Outcome } from './outcome.ts';
import { judge } from './reloadVerdict.ts';
import type { ReloadWatch } from './reloadWatch.ts';

/** All that a finished reload is described by. */
export interface Ending
  extends Pick<Outcome, 'failure' | 'uncaught' | 'halted' | 'label' | 'holder' | 'timeout'> {
  started: LastReload;
  watch: Pick<ReloadWatch, 'evidence' | 'steps' | 'elapsed' | 'worked'>;
  observed: Observed;
  /** How the server ended, if it did. */
  end: ServerEnd | null;
  log: LogSummary;
  logSpeaks: boolean;
  stuckBefore: readonly string[];
  /** The server's last lines, when the reload began and now. */
  saidBefore: readonly string[];
  tail: readonly string[];
  by: ReloadBy['by'];
  newness: Newness;
}

/** Describes a reload that is over: its verdict, how long it took, what stayed and where. Pure but for the core file it looks for. */
export function finishedReload(ending: Ending): LastReload {
  const { started, watch, observed, end, saidBefore, tail, holder, label } = ending;
  const { plan, startedAt } = started;
  const { evidence, steps } = watch;
  const { swapped, stayed } = observed;
  const { failure, uncaught, halted, log, logSpeaks, stuckBefore, by, newness, timeout } = ending;
  const outcome: Outcome = {
    ...{ plan, evidence, observed, steps, end, tail, label, holder, cause: started.cause, isPast: false },
    ...{ failure, uncaught, halted, log, logSpeaks, stuckBefore, by, newness, timeout },
    said: linesSince(saidBefore, tail),
  };
  const verdict = judge(outcome);
  return {
    ...started,
    ...verdict,
    past: judge({ ...outcome, isPast: true }).message,
    evidence,
    took: Math.round(durationOf(watch, observed, startedAt, end)),
    steps,
    swapped,
    stayed,
    unchanged: observed.returned,
    along: observed.along,
    stuck: verdict.verdict === 'stuck' ? stuckImages(observed, holder) : [],
    deviations: observed.end === 'gone' ? [] : deviationsOf({ plan, steps, stayed, label }),
    coreFile: end === null ? null : coreSince(end.core, startedAt),
  };
}

/** ms that it took: to the last thing that was seen of it. What was waited for after that does not count. */
function durationOf(
  { elapsed, worked }: Ending['watch'],
  observed: Observed,
  startedAt: number,
  end: ServerEnd | null,
): number {
  if (end !== null) return Math.min(elapsed, Math.max(0, end.at - startedAt));
  return observed.end === 'timed out' || observed.end === 'gone' ? elapsed : (worked ?? 0);
}

/** Where the old images of modules that stayed are mapped, as far as that was seen. */
function stuckImages({ held, server }: Observed, holder: (name: string) => string | null): StuckImage[] {
  return held.flatMap(({ module, image: { pid, address, inode } }) => {
    if (address === null) return [];
    // What the files tell is about the server that opened it; a child merely inherited it.
    return [{ module, pid, address, inode, holder: pid === server ? holder(module) : null }];
  });
}
