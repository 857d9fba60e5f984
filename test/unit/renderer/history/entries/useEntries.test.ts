import { describe, expect, it } from 'vitest';
import { merged } from '../../../../../renderer/history/entries/useEntries.ts';
import type { ListedEntry } from '../../../../../renderer/history/historyStore.ts';
import { anItem } from '../entries.ts';

describe('pages of the list', () => {
  const page = (first: number, n: number): ListedEntry[] =>
    Array.from({ length: n }, (_, i) => anItem({ at: first + i }));

  it('are put together by their places', () => {
    const one = merged({ total: null, items: new Map() }, page(40, 20), 40, 60);
    const two = merged(one, page(20, 20), 20, 60);
    expect([two.total, two.items.size, two.items.get(20)?.entry.at]).toEqual([60, 40, 20]);
  });

  it('are dropped where the list has changed under them', () => {
    const one = merged({ total: null, items: new Map() }, page(40, 20), 40, 60);
    const other = merged(one, page(141, 20), 41, 61);
    expect([other.total, other.items.size]).toEqual([61, 20]);
  });
});
