import { create } from 'zustand';
import type { LogRecord, Stream } from '#shared/contract.ts';
import { type LogFilters, NO_FILTERS } from './logFilters.ts';
import { takesLine } from './logPages.ts';

/** What the user has chosen in the log of a stream; it lasts while the window does. */
export interface StreamView {
  /** The run that was picked; null: the current one. */
  readonly picked: string | null;
  readonly filters: LogFilters;
  /** What came before this line of this run was cleared away. */
  readonly cleared: { readonly run: string; readonly line: number } | null;
  /** The run that the following is about: the one shown last. */
  readonly run: string | null;
  /** A line of the selected record. */
  readonly selected: number | null;
  /** Whether all of the selected record is shown. */
  readonly open: boolean;
  /** New records are brought into view as they come. */
  readonly following: boolean;
  /** A line that the list is to bring into view. */
  readonly aim: number | null;
  /** The line in the middle of the list when it was last on screen. */
  readonly anchor: number | null;
}

const FRESH: StreamView = {
  picked: null,
  filters: NO_FILTERS,
  cleared: null,
  run: null,
  selected: null,
  open: false,
  following: true,
  aim: null,
  anchor: null,
};

const ANYWHERE = { selected: null, open: false, following: true, anchor: null } as const;

/** Holds what the user has chosen in the log of each stream. */
export const useLogView = create<Record<Stream, StreamView>>()(() => ({ server: FRESH, build: FRESH }));

const { setState: set, getState: get } = useLogView;

/** Changes parts of what is chosen for a stream. */
export function changeView(stream: Stream, parts: Partial<StreamView>): void {
  set((now) => ({ [stream]: { ...now[stream], ...parts } }));
}

/** Changes parts of a stream's filters. */
export function changeFilters(stream: Stream, parts: Partial<LogFilters>): void {
  changeView(stream, { filters: { ...get()[stream].filters, ...parts } });
}

/** Removes all filters, so that everything is shown again. */
export function clearFilters(stream: Stream): void {
  changeView(stream, { filters: NO_FILTERS, cleared: null });
}

/** Selects a run; null: whichever is current. */
export function pickRun(stream: Stream, run: string | null): void {
  changeView(stream, { picked: run, aim: null });
}

/** Resets the position when another run comes on screen, unless a line of it is to be brought into view. */
export function enterRun(stream: Stream, run: string): void {
  const { run: last, aim } = get()[stream];
  if (last === run) return;
  changeView(stream, aim === null ? { ...ANYWHERE, run } : { run });
}

/** Brings a line into view, and selects its record. */
export function scrollToLine(stream: Stream, line: number): void {
  changeView(stream, { aim: line, selected: line, following: false });
}

/** Selects a record and opens its details; the second time, closes them. */
export function pickRecord(stream: Stream, record: LogRecord): void {
  const { selected, open } = get()[stream];
  const again = selected !== null && takesLine(record, selected);
  changeView(stream, { selected: record.line, open: !(again && open), following: false });
}

/** Forgets everything that was chosen: another workspace has other runs. */
export function forgetViews(): void {
  set({ server: FRESH, build: FRESH });
}
