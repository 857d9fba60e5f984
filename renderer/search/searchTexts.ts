import type { Failure } from '#shared/contract.ts';
import { number, plural } from '#shared/count.ts';
import type { RunSearch } from './runSearchStore.ts';

type Standing = Pick<RunSearch, 'pattern' | 'hits' | 'first' | 'count' | 'progress' | 'end' | 'grown' | 'at'>;

/** Words the state of a search: `3 of 1,204`, `1,204 · 62%`, `none`. */
export function hitsText({ pattern, hits, first, count, progress, end, grown, at }: Standing): string {
  if (pattern.text === '' || end.name === 'none' || end.name === 'failed') return '';
  const going = end.name === 'searching' ? ` \u00b7 ${Math.floor(100 * progress)}%` : '';
  const cut = end.name === 'cancelled' || grown ? '+' : '';
  if (count === 0) return end.name === 'done' && !grown ? 'none' : `0${cut}${going}`;
  const all = `${number(Math.max(count, hits.length))}${cut}${going}`;
  return at === null ? all : `${number(first + at + 1)} of ${all}`;
}

/** Returns why a search failed; null: it did not. */
export const failureOf = ({ end }: Pick<RunSearch, 'end'>): Failure | null =>
  end.name === 'failed' ? end.failure : null;

/** Words what the whole run has: `1,204 lines in the whole run`. */
export function wholeRunText({ count, progress, end, grown }: Standing): string {
  const lines = `${number(count)} ${plural(count, 'line')} in the whole run`;
  if (end.name === 'searching') return `${lines} so far, ${Math.floor(100 * progress)}% searched`;
  if (end.name === 'cancelled') return `${lines} so far; the search was stopped`;
  return grown ? `${lines} when it was searched` : lines;
}
