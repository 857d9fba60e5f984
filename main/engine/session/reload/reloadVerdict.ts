import type { LastReload } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { panicked, panicLines, panicStory } from '../../explain/panic.ts';
import { notTakenFor } from '../../graph/reasons.ts';
import type { ServerEnd } from '../../process/serverControl.ts';
import { cameBack, unseenReturns } from './cameBack.ts';
import { byTheLog } from './logVerdict.ts';
import { lastSeen, namesIn, type Outcome, seconds, tense, whyNothing } from './outcome.ts';

type Verdict = Pick<LastReload, 'verdict' | 'message' | 'disagreements' | 'lines'>;

const LAST_LINES = 4;

/**
 * What a reload came to, in a word and a sentence. The memory maps decide; the log explains, and where it says
 * otherwise, that is told. Where there are no maps to see, the log is all there is, and the sentence says so.
 */
export function judge(given: Outcome): Verdict {
  const outcome = asItWent(given);
  const { observed, end, tail } = outcome;
  const story = end === null ? null : panicStory(end.recent, end);
  const reason = story?.cause == null ? '' : `: ${panicked(story.cause)}`;
  const lines =
    story?.cause == null ? tail.filter((line) => line.trim() !== '').slice(-LAST_LINES) : panicLines(story);
  const decided =
    observed.end === 'gone'
      ? gone(end, reason, outcome.uncaught)
      : outcome.evidence === 'maps'
        ? byTheMaps(outcome)
        : byTheLog(outcome);
  return {
    ...decided,
    disagreements: outcome.evidence === 'maps' ? contradictions(outcome) : [],
    lines: isUnexplained(decided.verdict, observed) ? lines : [],
  };
}

/** A server that was shut down, or ended with exit code 0, did not die. */
function gone(
  end: ServerEnd | null,
  reason: string,
  uncaught: string | null,
): Pick<LastReload, 'verdict' | 'message'> {
  if (uncaught !== null && end?.signal === uncaught) {
    return {
      verdict: 'crashed',
      message: `${uncaught} ended the server: it does not catch that signal.`,
    };
  }
  return end?.crashed === false
    ? { verdict: 'ended', message: `The server ended before the reload was over (${howEnded(end)}).` }
    : { verdict: 'crashed', message: `The server died during the reload (${howEnded(end)})${reason}.` };
}

/** The plan less what came in though it was not to: of that nobody says that it still runs the old code. */
function asItWent(outcome: Outcome): Outcome {
  const { plan, observed } = outcome;
  if (observed.fresh.length === 0) return outcome;
  const isOpen = (name: string): boolean => !observed.fresh.includes(name);
  const { restart, leftBehind, notTaken } = plan;
  const left = { leftBehind: leftBehind.filter(isOpen), notTaken: notTaken.filter(isOpen) };
  return { ...outcome, plan: { ...plan, ...left, restart: restart.filter(isOpen) } };
}

/** Where the server's last lines may tell more. */
const isUnexplained = (verdict: Verdict['verdict'], { missing }: Outcome['observed']): boolean =>
  verdict === 'crashed' || verdict === 'timed out' || (verdict === 'partial' && missing.length > 0);

function byTheMaps(outcome: Outcome): Pick<LastReload, 'verdict' | 'message'> {
  const { observed, log } = outcome;
  const { swapped, stayed, missing } = observed;
  const names = namesIn(outcome);
  const run = (modules: readonly string[]): string =>
    tense(outcome)(plural(modules.length, 'runs', 'run'), 'ran');
  const also = swapped.length === 0 ? '' : ` ${names(swapped)} ${run(swapped)} the new code.`;

  if (observed.end === 'refused') {
    return {
      verdict: 'refused',
      message: outcome.failure ?? `The server refused the reload: ${log.refused ?? 'no reason given'}.`,
    };
  }
  if (stayed.length > 0 && observed.end === 'timed out' && swapped.length === 0 && missing.length === 0) {
    const still = `${names(stayed)} still ${run(stayed)} the old code`;
    const message = `The server did not reload within ${seconds(outcome)}: ${still}. ${lastSeen(outcome)}`;
    return { verdict: 'timed out', message };
  }
  if (stayed.length > 0) return { verdict: 'stuck', message: `${stuckSentence(outcome)}${also}` };
  if (missing.length > 0) {
    const until = observed.end === 'timed out' ? ` within ${seconds(outcome)}. ${lastSeen(outcome)}` : '.';
    return { verdict: 'partial', message: `${names(missing)} did not come back${until}${also}` };
  }
  if (swapped.length > 0) {
    const left = notTaken(outcome);
    // What was edited and still runs as it was makes a success of the rest a half one.
    if (left !== '') return { verdict: 'partial', message: `${left}${also}${unseen(outcome)}` };
    return {
      verdict: 'swapped',
      message: `Swapped ${names(swapped)}.${cameBack(outcome)}${olderCopies(outcome)}${unseen(outcome)}`,
    };
  }
  return { verdict: 'nothing', message: sameCodeBack(outcome) ?? whyNothing(outcome) };
}

/** That modules went and came back with the code that they had; null where that is not what happened. */
function sameCodeBack(outcome: Outcome): string | null {
  const { plan, observed, log, steps } = outcome;
  const isSeen = observed.returned.length > 0;
  const isHeard = steps.length > 0 || observed.served || log.requested;
  if (!isSeen && (unseenReturns(outcome).length === 0 || !isHeard)) return null;
  const head = plan.leftBehind.length === 0 ? 'Nothing new was swapped.' : notTaken(outcome);
  return `${head}${cameBack(outcome)}`;
}

/** What is new on disk and still runs as it was; empty if there is no such thing. */
function notTaken(outcome: Outcome): string {
  const { plan, observed, newness } = outcome;
  const names = namesIn(outcome);
  const said = tense(outcome);
  const runs = (modules: readonly string[]): string =>
    `${names(modules)} still ${said(plural(modules.length, 'runs', 'run'), 'ran')} the old code`;
  const behind = plan.leftBehind.filter((name) => !observed.swapped.includes(name));
  const refused = behind.filter((name) => plan.notTaken.includes(name));
  const left = behind.filter((name) => !refused.includes(name));
  return [
    ...(plan.restart.length === 0
      ? []
      : [`${runs(plan.restart)}: what ${said('is', 'was')} new ${said('takes', 'took')} a restart.`]),
    ...(left.length === 0
      ? []
      : [`${runs(left)}: the server's rule ${said('does', 'did')} not reach what ${said('is', 'was')} new.`]),
    ...(refused.length === 0
      ? []
      : [
          `${runs(refused)}: to the server, ${plural(refused.length, 'its file is', 'their files are')} not new (${notTakenFor(newness)}).`,
        ]),
  ].join(' ');
}

/** Who is stuck, where, and what holds it. */
function stuckSentence(outcome: Outcome): string {
  const { observed, holder } = outcome;
  const { stayed, held, server } = observed;
  const [first] = stayed;
  const pids = [...new Set(held.map(({ image }) => image.pid))];
  const isChildsOnly = pids.length > 0 && !pids.includes(server ?? -1);
  const children = `its child process${pids.length === 1 ? '' : 'es'} ${pids.join(', ')}`;
  const where = isChildsOnly ? ` in ${children}` : '';
  const said = tense(outcome);
  const runs = isChildsOnly
    ? `; the server itself ${said('has', 'had')} let go of ${plural(stayed.length, 'it', 'them')}`
    : said(', and runs', ', and ran');
  // What the files tell is about the server that opened the module; a child merely inherited it.
  const why = first === undefined || isChildsOnly || outcome.isPast ? null : holder(first);
  const [are, were] = stayed.length === 1 ? ['is', 'was'] : ['are', 'were'];
  const subject = `${namesIn(outcome)(stayed)} ${said(are, were)} stuck`;
  return `${subject}: the old code ${said('is still', 'stayed')} mapped${where}${runs}.${why === null ? '' : ` ${why}`}`;
}

/** Modules that the log calls loaded though their old image never went. */
function contradictions({ observed, log, label }: Outcome): string[] {
  // A child that holds an image contradicts nobody: the server loaded what it says.
  const own = observed.held.filter(({ image }) => image.pid === observed.server);
  return observed.stayed
    .filter((name) => log.loaded.includes(name.replaceAll('-', '_')))
    .filter((name) => observed.server === null || own.some((each) => each.module === name))
    .map((name) => `The log says that ${label(name)} was loaded; the memory maps show its old image.`);
}

/** A server that opens copies may keep the old ones: whether it still calls them can't be seen. */
function olderCopies({ observed, label }: Outcome): string {
  const all = observed.olderCopies;
  const count = all.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return '';
  const of = all.map((each) => label(each.module)).join(', ');
  return ` The new code is loaded; ${count === 1 ? 'one old copy' : `${count} old copies`} of ${of} ${count === 1 ? 'is' : 'are'} still mapped.`;
}

function unseen({ observed: { hidden }, isPast }: Outcome): string {
  if (hidden.length === 0) return '';
  const many = hidden.length > 1;
  return ` What its child process${many ? 'es' : ''} ${hidden.join(', ')} ${isPast ? 'had' : many ? 'have' : 'has'} mapped ${isPast ? "couldn't" : "can't"} be read.`;
}

function howEnded(end: ServerEnd | null): string {
  if (end === null) return 'it is gone';
  return end.signal ?? `exit code ${end.code}`;
}
