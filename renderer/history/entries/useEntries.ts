import { useCallback, useEffect, useRef, useState } from 'react';
import { askList, LIST_PAGE, type ListedEntry, useHistory } from '../historyStore.ts';

const PAGE = LIST_PAGE;
/** At most this many are kept. */
const KEPT = 3000;
/** What comes quickly one after the other is asked for at once, ms. */
const CALM_MS = 60;

export interface Entries {
  /** Null: not known yet. */
  readonly total: number | null;
  /** By their places from the oldest, those that are here. */
  readonly items: ReadonlyMap<number, ListedEntry>;
  /** Says which ones are on screen. */
  want(first: number, last: number): void;
  /** The place of a record in the list; null: it is not in it. */
  find(id: string): Promise<number | null>;
}

interface Kept {
  total: number | null;
  items: Map<number, ListedEntry>;
}

/** Reads the entries that fit the filters as they come into view. */
export function useEntries(): Entries {
  const kinds = useHistory((history) => history.kinds);
  const wrong = useHistory((history) => history.wrong);
  const recorded = useHistory((history) => history.recorded);
  const known = useHistory((history) => history.known);
  const [kept, setKept] = useState<Kept>({ total: null, items: new Map() });
  const state = useRef({ kept, asking: new Set<number>(), era: 0 });

  const ask = useCallback(
    async (first: number | null, around: string | null) => {
      const { era } = state.current;
      const chosen = kinds.length === 0 ? {} : { kinds: [...kinds] };
      const page = await askList({ ...chosen, wrong, first, around });
      if (page === null || era !== state.current.era) return null;
      const before = state.current.kept;
      const next = merged(before, page.items, page.first, page.total);
      state.current.kept = next;
      setKept(next);
      return page;
    },
    [kinds, wrong],
  );

  // Other filters: another list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the question is another one
  useEffect(() => {
    const { current } = state;
    current.era += 1;
    current.asking.clear();
    current.kept = { total: current.kept.total, items: new Map() };
  }, [ask]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is more
  useEffect(() => {
    if (!known) return;
    const timer = setTimeout(() => void ask(null, null), state.current.kept.items.size === 0 ? 0 : CALM_MS);
    return () => clearTimeout(timer);
  }, [ask, recorded, known]);

  const want = useCallback(
    (first: number, last: number) => {
      const { kept: now, asking } = state.current;
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
        const [from, to] = [page * PAGE, Math.min((page + 1) * PAGE, now.total ?? 0)];
        let missing = false;
        for (let i = Math.max(first, from); i <= last && i < to; i += 1) missing ||= !now.items.has(i);
        if (!missing || asking.has(page)) continue;
        asking.add(page);
        void ask(from, null).finally(() => asking.delete(page));
      }
    },
    [ask],
  );

  const find = useCallback(
    async (id: string) => {
      for (const [place, item] of state.current.kept.items) if (item.entry.id === id) return place;
      return (await ask(null, id))?.place ?? null;
    },
    [ask],
  );

  return { ...kept, want, find };
}

/** Merges a page into what is there. Where the two differ, everything that was there is outdated. */
export function merged(before: Kept, page: readonly ListedEntry[], first: number, total: number): Kept {
  const differs = page.some((item, i) => {
    const there = before.items.get(first + i);
    return there !== undefined && there.entry.id !== item.entry.id;
  });
  const isShorter = before.total !== null && total < before.total;
  const items = new Map(differs || isShorter ? [] : before.items);
  for (const [i, item] of page.entries()) {
    items.delete(first + i);
    items.set(first + i, item);
  }
  for (const [oldest] of items) {
    if (items.size <= KEPT) break;
    items.delete(oldest);
  }
  return { total, items };
}
