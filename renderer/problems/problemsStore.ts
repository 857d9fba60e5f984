import { create } from 'zustand';
import type { Problem } from '#shared/contract.ts';
import { currentSession, showTab } from '../state/store.ts';
import { groupProblems, inShownOrder } from './problemGroups.ts';

export type Level = Problem['level'];

/** More errors than these begin folded. */
const OPEN_ERRORS = 6;

/** How the problems are looked at. */
export interface ProblemsView {
  /** Only problems of this level; null for all. */
  only: Level | null;
  /** The problem that was picked last. */
  picked: string | null;
  /** The picked problem is to come into view and take the focus. */
  aim: string | null;
  /** The problem that going to it has unfolded: going on folds it again. */
  walked: string | null;
  /** Unfolded or folded by hand, by id. */
  folds: ReadonlyMap<string, boolean>;
}

/** Holds how the problems are looked at. */
export const useProblemsView = create<ProblemsView>()(() => ({
  only: null,
  picked: null,
  aim: null,
  walked: null,
  folds: new Map(),
}));

const { setState: set, getState: get } = useProblemsView;

/** Limits the list to a level; null: none. */
export const showOnly = (only: Level | null): void => set({ only });

/** Selects a problem. */
export const pickProblem = (picked: string): void => set({ picked });

/** Moves the focus to a problem. */
export const focusProblem = (id: string): void => set({ picked: id, aim: id });

/** Forgets the problem that was to get the focus: it has it. */
export const dropAim = (): void => set({ aim: null });

/** Folds a problem, or unfolds it. */
export function fold(id: string, open: boolean): void {
  set((now) => ({ folds: new Map(now.folds).set(id, open), walked: now.walked === id ? null : now.walked }));
}

/** Returns what a filter leaves. */
export const filtered = (problems: readonly Problem[], only: Level | null): readonly Problem[] =>
  only === null ? problems : problems.filter(({ level }) => level === only);

/** Tells whether a problem starts unfolded: errors do, unless there are many. */
export const opensByItself = (problem: Problem, errors: number): boolean =>
  problem.level === 'error' && errors <= OPEN_ERRORS;

/** Returns the id a step on from another, round and round; null where there is none. */
export function stepFrom(ids: readonly string[], from: string | null, step: 1 | -1): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at === -1) return (step === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[(at + step + ids.length) % ids.length] ?? null;
}

/** Picks the next or the previous problem of those that are shown, and brings it into view. */
export function goToProblem(step: 1 | -1): void {
  const session = currentSession();
  if (session === null) return;
  showTab('problems');
  const { only, picked, walked, folds } = get();
  const shown = inShownOrder(groupProblems(filtered(session.problems, only)));
  const id = stepFrom(
    shown.map((each) => each.id),
    picked,
    step,
  );
  const next = shown.find((each) => each.id === id);
  if (next === undefined) return;
  const errors = shown.filter(({ level }) => level === 'error').length;
  set({ picked: next.id, aim: next.id, ...foldsAfter({ walked, folds }, next, opensByItself(next, errors)) });
}

/** Unfolds the problem that is gone to, and folds the one before if nothing else had unfolded it. */
export function foldsAfter(
  { walked, folds }: Pick<ProblemsView, 'walked' | 'folds'>,
  { id }: Pick<Problem, 'id'>,
  byItself: boolean,
): Pick<ProblemsView, 'walked' | 'folds'> {
  const after = new Map(folds);
  if (walked !== null && walked !== id) after.delete(walked);
  if (after.get(id) ?? byItself) return { folds: after, walked: walked === id ? id : null };
  return { folds: after.set(id, true), walked: id };
}
