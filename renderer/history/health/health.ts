/** Since when has this been broken? */

import type { HistoryEntry } from '#shared/contract.ts';
import { clock } from '#shared/time.ts';
import { writtenAt } from '../entryTexts.ts';
import type { ListedEntry } from '../historyStore.ts';

/** What is wrong now: since when, and the record that it began with. */
interface Trouble {
  readonly about: 'build' | 'reload' | 'server';
  readonly since: number;
  readonly item: ListedEntry;
  /** The last one before it that went well; null: none is known. */
  readonly before: ListedEntry | null;
}

export interface Health {
  /** The earliest first; empty: all is well. */
  readonly troubles: readonly Trouble[];
  /** What all was well again with; null: nothing was ever wrong, as far as is known. */
  readonly mended: ListedEntry | null;
  /** Whether more of the past could change what is said. */
  readonly open: boolean;
}

type Verdict = 'wrong' | 'well' | 'no word';

/** What a record says of each of the three. */
function verdictOn(about: Trouble['about'], { kind, outcome, tone }: HistoryEntry): Verdict {
  if (about === 'build') {
    if (kind !== 'build' || outcome === 'cancelled' || outcome === 'interrupted') return 'no word';
    return outcome === 'failed' ? 'wrong' : 'well';
  }
  if (about === 'server') {
    if (kind !== 'server' || outcome === 'unseen') return 'no word';
    return outcome === 'crash' ? 'wrong' : 'well';
  }
  // A fresh server has the files on disk, and so has one that swapped them.
  if (kind === 'server') return outcome === 'start' ? 'well' : 'no word';
  if (kind !== 'reload' || outcome === 'nothing' || outcome === 'interrupted') return 'no word';
  return tone === 'good' ? 'well' : 'wrong';
}

/**
 * Works out what is broken now, and since when.
 * @param items builds, reloads and the server, the latest first.
 * @param all those are all that there is.
 */
export function healthOf(items: readonly ListedEntry[], all: boolean): Health {
  const troubles: Trouble[] = [];
  let mended: ListedEntry | null = null;
  let open = false;
  for (const about of ['build', 'reload', 'server'] as const) {
    const now = trace(items, about);
    if (now.trouble !== null) troubles.push(now.trouble);
    if (!now.closed && !all) open = true;
    if (now.mended !== null && (mended === null || writtenAt(now.mended.entry) > writtenAt(mended.entry)))
      mended = now.mended;
  }
  // Of a crash the reload that brought it about says no more than the crash does.
  const told = troubles.some(({ about }) => about === 'server')
    ? troubles.filter(({ about }) => about !== 'reload')
    : troubles;
  return { troubles: [...told].sort((a, b) => a.since - b.since), mended, open: open && mended === null };
}

/** Goes back until what is so now was otherwise. */
function trace(
  items: readonly ListedEntry[],
  about: Trouble['about'],
): { trouble: Trouble | null; mended: ListedEntry | null; closed: boolean } {
  let first: ListedEntry | null = null;
  let state: Verdict = 'no word';
  for (const item of items) {
    const verdict = verdictOn(about, item.entry);
    if (verdict === 'no word') continue;
    if (state === 'no word') state = verdict;
    else if (verdict !== state)
      return state === 'wrong'
        ? { trouble: troubleOf(about, first, item), mended: null, closed: true }
        : { trouble: null, mended: first, closed: true };
    first = item;
  }
  const trouble = state === 'wrong' ? troubleOf(about, first, null) : null;
  return { trouble, mended: null, closed: false };
}

const troubleOf = (
  about: Trouble['about'],
  item: ListedEntry | null,
  before: ListedEntry | null,
): Trouble | null => (item === null ? null : { about, since: writtenAt(item.entry), item, before });

/** A part of the line at the top, and the record that it is about; null: about none. */
export interface HealthPart {
  readonly text: string;
  readonly item: ListedEntry | null;
}

/**
 * Words the line at the top, a part for each trouble.
 * @param begun when the history begins. Times in ms since the epoch.
 */
export function healthParts(standing: Health, begun: number, now: number): HealthPart[] {
  const { troubles, mended, open } = standing;
  if (troubles.length > 0) {
    return troubles.map(({ item, since }, i) => {
      const when = clock(since, now);
      return {
        item,
        text: i === 0 ? `Broken since ${when} (${item.text})` : `; since ${when}: ${item.text}`,
      };
    });
  }
  if (mended !== null) {
    return [{ item: mended, text: `OK since ${clock(writtenAt(mended.entry), now)} (${mended.text})` }];
  }
  const since = open ? ' for a long time' : ` since ${clock(begun, now)}, the start of this history`;
  return [{ item: null, text: `OK${since}` }];
}

/** Joins the parts of the line at the top. */
export const healthText = (standing: Health, begun: number, now: number): string =>
  healthParts(standing, begun, now)
    .map(({ text }) => text)
    .join('');
