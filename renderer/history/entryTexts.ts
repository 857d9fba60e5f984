import type { HistoryEntry, HistoryKind, HistoryOutcome } from '#shared/contract.ts';
import { number } from '#shared/count.ts';
import { duration, shortTime } from '#shared/duration.ts';
import { clock } from '#shared/time.ts';

export const KIND_NAMES: Readonly<Record<HistoryKind, string>> = {
  edit: 'Edits',
  build: 'Builds',
  reload: 'Reloads',
  server: 'Server',
};

/** Says what happened, in two words. */
export function headline(kind: HistoryKind, outcome: HistoryOutcome): string {
  if (kind === 'edit') return 'Edit';
  if (kind === 'build') return `Build ${outcome}`;
  if (kind === 'reload') return outcome === 'nothing' ? 'Reload: nothing to swap' : `Reload ${outcome}`;
  return SERVER[outcome] ?? 'Server';
}

const SERVER: Partial<Record<HistoryOutcome, string>> = {
  start: 'Server started',
  ready: 'Server ready',
  stop: 'Server stopped',
  crash: 'Server crashed',
  unseen: 'Server end not observed',
};

/** Tells whether a server ended with it. */
export const isEnd = (outcome: HistoryOutcome): boolean =>
  outcome === 'stop' || outcome === 'crash' || outcome === 'unseen';

/** Returns when an entry was written, ms since the epoch: the end of a server, else its beginning. */
export const writtenAt = ({ outcome, at, took }: Pick<HistoryEntry, 'outcome' | 'at' | 'took'>): number =>
  isEnd(outcome) ? at + (took ?? 0) : at;

/** Returns the lines of an entry's tooltip, which screen readers get too. */
export function tellEntry(entry: HistoryEntry, now: number): string[] {
  const { kind, outcome, label, at, took, count } = entry;
  if (count > 1) {
    const until = clock(at + (took ?? 0), now);
    const what = `${number(count)} ${KIND_WORDS[kind]}`;
    const from = clock(at, now);
    return [what, from === until ? from : `${from} to ${until}`, worst(entry)];
  }
  const times = [clock(writtenAt(entry), now), took === null ? '' : `${howLong(outcome)}${shortTime(took)}`];
  const text = kind === 'reload' ? `reload ${label}` : label;
  return [headline(kind, outcome), text, times.filter((part) => part !== '').join(' \u00b7 ')].filter(
    (line) => line !== '',
  );
}

/** What stands before a time. */
function howLong(outcome: HistoryOutcome): string {
  if (outcome === 'unseen') return 'ran at least ';
  if (outcome === 'interrupted') return 'after at least ';
  return isEnd(outcome) ? 'ran ' : '';
}

const KIND_WORDS: Readonly<Record<HistoryKind, string>> = {
  edit: 'edits',
  build: 'builds',
  reload: 'reloads',
  server: 'server starts and ends',
};

function worst({ kind, outcome, wrong }: HistoryEntry): string {
  if (kind === 'edit') return 'zoom in to separate them';
  if (wrong === 0) return 'no failures';
  return `${number(wrong)} failed; the worst: ${headline(kind, outcome).toLowerCase()}`;
}

/** Formats how long something took: `3 m 20 s`. */
export const lasted = (ms: number): string => (ms < 1000 ? shortTime(ms) : duration(ms));
