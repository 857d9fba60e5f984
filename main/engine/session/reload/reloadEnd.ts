/** When a reload is over: pure. All times in ms. */

/**
 * What is known of the line by which the server says that it serves: `silent`: it has none; `once`: it writes it at its
 * start alone; `unknown`: it wrote it at its start, and no reload has shown yet whether it does so again; `answers`: it
 * writes it after each reload.
 */
export type ReadyWord = 'silent' | 'once' | 'unknown' | 'answers';

export type ReloadEnd = 'complete' | 'quiet' | 'refused' | 'timed out';

export interface Progress {
  /** Since it began. */
  elapsed: number;
  /** When to give it up. */
  timeout: number;
  word: ReadyWord;
  /** Are there modules that have to come in? */
  hasPlan: boolean;
  /** Something went or came. */
  hasMoved: boolean;
  /** Something went and has not come back. */
  isPending: boolean;
  /** Every module of the plan has the file on disk mapped, and nothing older. */
  isAllIn: boolean;
  /** Since something moved last or, later, the server said that it serves. */
  quietFor: number;
  /** It has said that it serves; `doubtful`: that may be an old line, written before it was told to reload. */
  served: 'yes' | 'doubtful' | 'no';
  /** Since it said that it won't; null: it has not. */
  refusedFor: number | null;
  /** Neither the memory maps nor the log can show a step. */
  isUnseen: boolean;
}

/** A process that dies right after it has loaded a module is still there for some of these. */
const SETTLE_MS = 40;
/** All is in: how long to wait for the server's word. */
const WORD_MS: Readonly<Record<ReadyWord, number>> = {
  silent: SETTLE_MS,
  once: SETTLE_MS,
  unknown: 1_000,
  answers: 3_000,
};
/** Nothing moves any more, and the server serves: it is over. */
const QUIET_MS = 400;
const DOUBT_MS = 3_000;
/** Nothing moves at all, and nothing has to. */
const NOTHING_MS = 1_500;
/** A refusal may mean that a reload is under way already: how long to wait for signs of one. */
const REFUSAL_MS = 250;

/** How it ended, or null while it goes on. Waiting for a confirmation is not part of its duration. */
export function endOf(seen: Progress): ReloadEnd | null {
  const { elapsed, word, served, quietFor } = seen;
  if (elapsed > seen.timeout) return 'timed out';
  if (seen.refusedFor !== null && !seen.hasMoved) return seen.refusedFor > REFUSAL_MS ? 'refused' : null;
  if (seen.isAllIn) {
    const isConfirmed = served === 'yes' && seen.hasMoved;
    return isConfirmed || quietFor > WORD_MS[word] ? 'complete' : null;
  }
  if (seen.isPending) return null;
  if (served !== 'no') return quietFor > (served === 'yes' ? QUIET_MS : DOUBT_MS) ? 'quiet' : null;
  const saysNothing = word === 'silent' || word === 'once';
  if (!seen.hasPlan) return quietFor > NOTHING_MS + (saysNothing ? 0 : WORD_MS[word]) ? 'quiet' : null;
  return seen.isUnseen && saysNothing && quietFor > NOTHING_MS ? 'quiet' : null;
}
