import { create } from 'zustand';
import type { Answer, Failure } from '#shared/contract.ts';
import { bridge } from '../../state/bridge.ts';
import { keep, readChoice } from '../../state/localChoices.ts';
import { noAnswer } from '../../state/noAnswer.ts';
import { useWindow } from '../../state/store.ts';
import { pickEntry, showRange, useHistory } from '../historyStore.ts';
import type { Sorting } from './tableRows.ts';

export type HistoryPart = 'timeline' | 'numbers';
const PARTS: readonly HistoryPart[] = ['timeline', 'numbers'];
const PART_KEY = 'history.part';

export const RANGES = [
  { days: 1, name: 'Last day', words: 'the last day' },
  { days: 7, name: 'Last 7 days', words: 'the last 7 days' },
  { days: 30, name: 'Last 30 days', words: 'the last 30 days' },
  { days: 365, name: 'Last year', words: 'the last year' },
] as const;

export interface Numbers {
  /** Which part of the history is on screen. */
  part: HistoryPart;
  days: number;
  /** The module whose measurements are shown one by one; null: the whole. */
  focus: string | null;
  sorting: Sorting;
  answer: Answer<'numbers'> | null;
  failure: Failure | null;
}

const nothing = { focus: null, answer: null, failure: null } as const;

export const useNumbers = create<Numbers>()(() => ({
  part: readChoice(PART_KEY, PARTS, 'timeline'),
  days: 30,
  sorting: { column: 'build', down: true },
  ...nothing,
}));

const { setState: set, getState: get } = useNumbers;

export function showPart(part: HistoryPart): void {
  keep(PART_KEY, part);
  set({ part });
}

export const setSorting = (sorting: Sorting): void => set({ sorting });

export function setDays(days: number): void {
  set({ days });
  void refreshNumbers();
}

export function focusOn(module: string | null): void {
  set({ focus: module });
  void refreshNumbers();
}

/** Counts the questions: an answer that a later one has overtaken is old. */
let asked = 0;

/** Asks the engine for the numbers of the chosen period. */
export async function refreshNumbers(): Promise<void> {
  asked += 1;
  const turn = asked;
  const { days, focus } = get();
  const answer = await bridge()
    .query('numbers', { days, focus })
    .catch((error: unknown) => ({ ok: false as const, failure: noAnswer(error, 'Try again.') }));
  if (turn !== asked) return;
  if (answer.ok) set({ answer: answer.value, failure: null });
  else set({ failure: answer.failure });
}

/** What comes quickly one after the other is asked for at once, ms. */
const CALM_MS = 300;

/** Keeps the numbers up to date while they are on screen. @returns what ends that. */
export function followNumbers(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void refreshNumbers(), CALM_MS);
  };
  const rootOf = (): string | null => {
    const { engine } = useWindow.getState();
    return engine?.name === 'open' ? engine.session.workspace.root : null;
  };
  let root = rootOf();
  if (root !== shownOf) set(nothing);
  shownOf = root;
  const ends = [
    bridge().onMessage((message) => {
      if (message.type === 'recorded' && ['build', 'reload'].includes(message.entry.kind)) soon();
    }),
    useWindow.subscribe(() => {
      const next = rootOf();
      if (next === root || next === null) return;
      root = next;
      shownOf = next;
      set(nothing);
      soon();
    }),
  ];
  void refreshNumbers();
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

/** The workspace that the answer is about. */
let shownOf: string | null = null;

/** So much is shown around a record, ms. */
const AROUND_MS = 5 * 60_000;

/** Shows a record on the timeline. */
export async function showRecord(id: string): Promise<void> {
  const answer = await bridge().query('historyList', { wrong: false, first: null, around: id, most: 1 });
  const entry = answer.ok ? answer.value.items.find((item) => item.entry.id === id)?.entry : undefined;
  if (entry === undefined) {
    const gone = { kind: 'gone', message: 'This event is no longer in the history.', remedy: null };
    set({ failure: answer.ok ? gone : answer.failure });
    return;
  }
  // What filters would hide is to be seen.
  useHistory.setState({ kinds: [], wrong: false });
  pickEntry(entry);
  showRange({ from: entry.at - AROUND_MS, to: entry.at + (entry.took ?? 0) + AROUND_MS });
  showPart('timeline');
}
