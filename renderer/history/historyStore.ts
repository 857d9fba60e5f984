import { create } from 'zustand';
import type {
  Answer,
  Failure,
  HistoryEntry,
  HistoryKind,
  QuestionName,
  QuestionParams,
} from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';
import { noAnswer } from '../state/noAnswer.ts';
import { useWindow } from '../state/store.ts';
import { TileCache } from './tiles/tileCache.ts';
import { tilesOf } from './tiles/tiles.ts';
import { firstRange, following, keptInReach, spanOf, type TimeRange } from './tiles/timeScale.ts';

export interface History {
  /** What there is; null: nothing yet, or not known. */
  whole: Answer<'history'>['whole'];
  /** Was it asked for? */
  known: boolean;
  failure: Failure | null;
  /** Who still writes: a server whose writer is gone has ended unseen. */
  writers: readonly string[];
  /** All of it in few marks, for the small map. */
  overview: readonly HistoryEntry[];
  view: TimeRange;
  /** The view goes along with now. */
  follows: boolean;
  /** The record whose details are shown, and the entry that was picked: it may stand for several. */
  picked: string | null;
  pickedAs: HistoryEntry | null;
  /** What the list of entries is about; no kinds: all. */
  kinds: readonly HistoryKind[];
  wrong: boolean;
  /** Counts what changed in the records and the tiles: whoever shows them looks again. */
  recorded: number;
  drawn: number;
}

/** At most this many marks: the mini map is no wider. */
const OVERVIEW = 640;

const nothing = {
  whole: null,
  known: false,
  failure: null,
  writers: [],
  overview: [],
  follows: true,
  picked: null,
  pickedAs: null,
  kinds: [],
  wrong: false,
  recorded: 0,
  drawn: 0,
} as const;

const freshRange = (): TimeRange => following(3_600_000, Date.now());

/** Holds the history as far as it is on screen, and how it is looked at. */
export const useHistory = create<History>()(() => ({ ...nothing, view: freshRange() }));

const { setState: set, getState: get } = useHistory;

/** Asks the engine about the history; a failure is shown in the view. */
async function askHistory<N extends Extract<QuestionName, `history${string}`>>(
  name: N,
  params: QuestionParams<N>,
): Promise<Answer<N> | null> {
  try {
    const answer = await bridge().query(name, params);
    if (answer.ok) {
      if (get().failure !== null) set({ failure: null });
      return answer.value;
    }
    set({ failure: answer.failure });
  } catch (error) {
    set({ failure: noAnswer(error, 'Try again.') });
  }
  return null;
}

/** An entry of the list, with its sentence. */
export type ListedEntry = Answer<'historyList'>['items'][number];

/** Records in a page of the list. */
export const LIST_PAGE = 60;

let listAsked: { key: string; answer: Promise<Answer<'historyList'> | null> } | null = null;

/** Reads a page of the list. Callers that ask for the same, with nothing new since, share the answer. */
export function askList(
  params: Omit<QuestionParams<'historyList'>, 'most'>,
): Promise<Answer<'historyList'> | null> {
  const key = `${get().recorded} ${JSON.stringify(params)}`;
  if (listAsked?.key === key) return listAsked.answer;
  const answer = askHistory('historyList', { ...params, most: LIST_PAGE }).then((page) => {
    if (page === null && listAsked?.key === key) listAsked = null;
    return page;
  });
  listAsked = { key, answer };
  return answer;
}

/** Keeps the tiles of the timeline that were seen. */
export const tiles = new TileCache(
  (range) => askHistory('history', range),
  () => set(({ drawn }) => ({ drawn: drawn + 1 })),
);

let asked = 0;
/** What is told while the answer is on its way, which may be of before that; null: none is. */
let late: HistoryEntry[] | null = null;

let firstLook: Promise<void> | null = null;

/**
 * Reads the whole history: the first time, and when the view is opened again. Concurrent first calls share one answer.
 */
export function refreshHistory(): Promise<void> {
  if (get().known) return lookNow();
  firstLook ??= lookNow().finally(() => {
    firstLook = null;
  });
  return firstLook;
}

async function lookNow(): Promise<void> {
  asked += 1;
  const turn = asked;
  late = [];
  const answer = await askHistory('history', { from: null, to: null, most: OVERVIEW });
  if (turn !== asked) return;
  const missed = late ?? [];
  late = null;
  if (answer === null) return;
  const before = get();
  const { whole, writers, entries } = answer;
  const isFirst = !before.known || before.whole === null;
  const changed = before.whole?.count !== whole?.count;
  if (changed && !isFirst) tiles.refresh();
  const start = isFirst && whole !== null ? firstRange(whole, Date.now()) : before;
  set({
    known: true,
    failure: null,
    whole,
    writers,
    overview: [...entries, ...missed],
    view: start.view,
    follows: start.follows,
    recorded: before.recorded + (changed ? 1 : 0),
    drawn: before.drawn + 1,
  });
}

/** What is in view when the very first thing has happened, ms. */
const FIRST_SPAN = 2 * 60_000;

/**
 * Takes over a record that was written, here or by another instance of the app. Before anybody has looked, there is
 * nothing to update.
 * @param more there are others: everything is read again.
 */
export function receiveRecorded(entry: HistoryEntry, more: boolean): void {
  const now = get();
  late?.push(entry);
  if (!now.known) return;
  if (more) {
    void refreshHistory();
    return;
  }
  const until = Math.ceil(entry.at + (entry.took ?? 0));
  const whole = now.whole ?? { from: entry.at, to: until, count: 0 };
  tiles.add(entry);
  set({
    whole: {
      from: Math.min(whole.from, entry.at),
      to: Math.max(whole.to, until),
      count: whole.count + 1,
    },
    overview: [...now.overview, entry],
    ...(now.whole === null ? { view: following(FIRST_SPAN, Date.now()), follows: true } : {}),
    recorded: now.recorded + 1,
    drawn: now.drawn + 1,
  });
  if (now.overview.length > 2 * OVERVIEW) void refreshHistory();
}

/** Returns the range that can be looked at, now included. */
export function reachableRange(): TimeRange {
  const { whole } = get();
  const now = Date.now();
  return { from: Math.min(whole?.from ?? now, now), to: Math.max(whole?.to ?? now, now) };
}

/** Shows a part of time. @param follows whether it goes along with now; without it, if now is in view. */
export function showRange(view: TimeRange, follows?: boolean): void {
  const next = keptInReach(view, reachableRange());
  const keeps = follows ?? next.to >= Date.now();
  set({ view: keeps ? following(spanOf(next), Date.now()) : next, follows: keeps });
}

/** Brings a time into the view, if it is not there. @param at ms since the epoch. @param took how long it took, ms; null: it is a moment. */
export function bringIntoView(at: number, took: number | null): void {
  const { view } = get();
  const span = spanOf(view);
  const until = at + Math.min(took ?? 0, span / 2);
  if (at >= view.from && until <= view.to) return;
  showRange({ from: at - span * 0.4, to: at + span * 0.6 }, false);
}

/** Selects an entry; null: none. */
export const pickEntry = (entry: HistoryEntry | null): void =>
  set({ picked: entry?.id ?? null, pickedAs: entry });

/** Adds a kind to those the list shows, or removes it; all of them count as none. */
export function toggleKind(kind: HistoryKind): void {
  const { kinds } = get();
  const next = kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind];
  set({ kinds: next.length === 4 ? [] : next });
}

/** Limits the list to what went wrong, or no longer. */
export const setWrong = (wrong: boolean): void => set({ wrong });

/** A workspace that was opened is looked at ahead, once it is drawn, ms: so the view opens at once. */
const AHEAD_MS = 300;

/** Half a window is about what the timeline gets. */
async function prefetchHistory(): Promise<void> {
  if (!get().known) await refreshHistory();
  const { whole, view } = get();
  if (whole === null) return;
  tiles.want(tilesOf(view, window.innerWidth / 2));
  await askList({ wrong: false, first: null, around: null });
}

/**
 * Reads ahead when a workspace is opened, and drops the history of the one before.
 * @returns what ends that.
 */
export function followHistory(): () => void {
  const rootOf = (): string | null => {
    const { engine } = useWindow.getState();
    return engine?.name === 'open' ? engine.session.workspace.root : null;
  };
  let root: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = useWindow.subscribe(() => {
    const next = rootOf();
    if (next === root || next === null) return;
    clearTimeout(timer);
    timer = setTimeout(() => void prefetchHistory(), AHEAD_MS);
    if (root !== null) {
      asked += 1;
      late = null;
      listAsked = null;
      firstLook = null;
      tiles.clear();
      set({ ...nothing, view: freshRange() });
    }
    root = next;
  });
  return () => {
    end();
    clearTimeout(timer);
  };
}
