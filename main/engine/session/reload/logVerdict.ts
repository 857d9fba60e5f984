import type { LastReload } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { lastSeen, namesIn, type Outcome, seconds, tense, whyNothing } from './outcome.ts';

const BLIND = "the memory maps can't be read here";

/**
 * What the log says that a reload came to, where the memory maps can't be read: never that modules were swapped, since
 * a log proves nothing.
 */
export function byTheLog(outcome: Outcome): Pick<LastReload, 'verdict' | 'message'> {
  const { observed, log } = outcome;
  const { swapped, stayed, missing } = observed;
  const names = namesIn(outcome);
  const label = 'According to its log,';

  if (observed.end === 'refused') {
    return {
      verdict: 'refused',
      message:
        outcome.failure ?? `${label} the server refused the reload: ${log.refused ?? 'no reason given'}.`,
    };
  }
  if (observed.end === 'timed out' && swapped.length === 0 && missing.length === 0 && !observed.served) {
    const message = `${label} the server did not reload within ${seconds(outcome)}. ${lastSeen(outcome)}`;
    return { verdict: 'timed out', message };
  }
  if (!outcome.logSpeaks) {
    const sent = outcome.by === 'command' ? 'The command was run' : 'The signal was sent';
    const served = observed.served ? 'The server says that it serves again' : sent;
    return {
      verdict: 'unproven',
      message: `${served}; its log ${tense(outcome)('does', 'did')} not name modules and ${BLIND}, so what was swapped is not known.`,
    };
  }
  const also =
    swapped.length === 0
      ? ''
      : ` It says that ${names(swapped)} ${plural(swapped.length, 'was', 'were')} loaded.`;
  if (stayed.length > 0) {
    const told = stayed.filter((name) => log.stuck.includes(name.replaceAll('-', '_')));
    const said = tense(outcome);
    const are = (modules: readonly string[]): string =>
      modules.length === 1 ? said('is', 'was') : said('are', 'were');
    const message =
      told.length > 0
        ? `${label} ${names(told)} ${are(told)} stuck and ${said(plural(told.length, 'runs', 'run'), 'ran')} the old code.`
        : `${label} ${names(stayed)} ${are(stayed)} still the old code: it ${said('does', 'did')} not report loading ${plural(stayed.length, 'it', 'them')}.`;
    return { verdict: 'stuck', message: `${message}${also}` };
  }
  if (missing.length > 0) {
    return { verdict: 'partial', message: `${label} ${names(missing)} did not come back.${also}` };
  }
  if (swapped.length > 0) {
    const were = plural(swapped.length, 'was', 'were');
    return {
      verdict: 'unproven',
      message: `The log says that ${names(swapped)} ${were} loaded; ${BLIND}, so this is not proven.`,
    };
  }
  return { verdict: 'nothing', message: `As far as the log tells: ${lowered(whyNothing(outcome))}` };
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
