import { create } from 'zustand';
import type { EngineMessage, Failure, LogHit, LogPattern } from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';

type Found = Extract<EngineMessage, { type: 'found' }>;

/** The search for a text in a whole run, and what it has found so far. */
export interface RunSearch {
  /** What the user looks for. */
  pattern: LogPattern;
  /** What was searched for, and where; the pattern may have changed since. */
  searched: LogPattern | null;
  run: string | null;
  /** In the order of the run; of very many the first ones only, or those around a place. */
  hits: readonly LogHit[];
  /** How many there are before these. */
  first: number;
  byLine: ReadonlyMap<number, LogHit['spans']>;
  /** How many lines match. */
  count: number;
  /** The part of the run that was looked through, 0 to 1. */
  progress: number;
  end:
    | { readonly name: 'none' | 'searching' | 'done' | 'cancelled' }
    | { readonly name: 'failed'; readonly failure: Failure };
  /** The run has grown since it was searched. */
  grown: boolean;
  /** The place of the current hit among the hits. */
  at: number | null;
}

const NOTHING = {
  searched: null,
  run: null,
  hits: [],
  first: 0,
  byLine: new Map(),
  count: 0,
  progress: 0,
  end: { name: 'none' },
  grown: false,
  at: null,
} as const satisfies Partial<RunSearch>;

/** Holds the search of a whole run, and what it has found so far. */
export const useRunSearch = create<RunSearch>()(() => ({
  pattern: { text: '', regex: false, caseSensitive: false },
  ...NOTHING,
}));

const { setState: set, getState: get } = useRunSearch;

/** The id of the search that is wanted; messages of others are late. */
let current = '';
let started = 0;
/** The ends of runs as last told, in lines; and that of the run that is searched, when that began. */
const ends = new Map<string, number>();
let searchedTo = 0;

/** Changes parts of the pattern. */
export function setPattern(parts: Partial<LogPattern>): void {
  set((now) => ({ pattern: { ...now.pattern, ...parts } }));
}

/** Returns the line of the current hit. */
export const currentLine = ({ hits, at }: RunSearch): number | null =>
  at === null ? null : (hits[at]?.line ?? null);

/** Ends the search with a failure. */
export const failSearch = (failure: Failure): void => set({ end: { name: 'failed', failure } });

/** Makes a hit the current one. */
export const setHit = (at: number | null): void => set({ at });

/** Replaces the hits by those around a line. */
export async function loadHits(line: number): Promise<Failure | null> {
  const { run, searched } = get();
  if (run === null || searched === null) return null;
  const asked = current;
  const answer = await bridge().query('logHits', { run, pattern: searched, line });
  if (current !== asked || get().run !== run) return null;
  if (!answer.ok) return answer.failure;
  const { first, hits } = answer.value;
  if (hits.length === 0) return null;
  const byLine = new Map(hits.map(({ line: at, spans }) => [at, spans] as const));
  set((now) => ({ hits, first, byLine, at: null, count: Math.max(now.count, first + hits.length) }));
  return null;
}

/** Begins to search a run; what was found before is forgotten. */
export async function startSearch(run: string, pattern: LogPattern): Promise<void> {
  started += 1;
  const search = `find-${started}`;
  current = search;
  searchedTo = ends.get(run) ?? 0;
  set({ ...NOTHING, searched: pattern, run, end: { name: 'searching' } });
  const reply = await bridge().request('searchLog', { search, run, pattern });
  if (!reply.ok && current === search) set({ end: { name: 'failed', failure: reply.failure } });
}

/** Stops the running search; what it found stays. */
export function cancelSearch(): void {
  if (get().end.name !== 'searching') return;
  current = '';
  set({ end: { name: 'cancelled' } });
  void bridge().request('cancelSearch', {});
}

/** Stops it and forgets what it found, but not what was looked for. */
export function forgetSearch(): void {
  cancelSearch();
  current = '';
  set({ ...NOTHING });
}

/** Notes that a run has grown: what was found in it may no longer be all. */
export function noteGrowth({ run, endLine }: { run: string; endLine: number }): void {
  ends.set(run, endLine);
  const now = get();
  if (now.run === run && !now.grown && endLine > searchedTo) set({ grown: true });
}

/** Takes over what was found. */
export function receiveFound({ search, hits, count, progress, end }: Found): void {
  if (search !== current) return;
  set((now) => ({
    count,
    progress,
    end,
    ...(hits.length === 0
      ? {}
      : {
          hits: [...now.hits, ...hits],
          byLine: new Map([...now.byLine, ...hits.map(({ line, spans }) => [line, spans] as const)]),
        }),
  }));
}
