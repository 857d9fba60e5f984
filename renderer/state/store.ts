import { create } from 'zustand';
import type { AppState, EngineState, Failure, SessionState } from '#shared/contract.ts';
import { isOutdated } from './outdatedFailures.ts';
import { type Patch, patchEngine } from './patch.ts';

export type Tab = 'server' | 'build' | 'problems' | 'history';

/** Returns the stream that a tab shows; null: it shows none. */
export const streamOf = (tab: Tab): 'server' | 'build' | null =>
  tab === 'server' || tab === 'build' ? tab : null;

/** A request that was refused: shown as an alert until it is dismissed or the same request succeeds. */
interface FailedRequest {
  readonly request: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly failure: Failure;
}

export interface WindowState {
  /** The engine's state as last told; null before the first message. */
  engine: EngineState | null;
  app: AppState | null;
  failed: readonly FailedRequest[];
  /** The node whose details are shown. */
  picked: string | null;
  tab: Tab;
  searchOpen: boolean;
  /** Counts up whenever the search field should take the focus again. */
  searchAsked: number;
  dark: boolean;
}

/** Holds the mirrored state of the engine and the app, and what is open in the window. */
export const useWindow = create<WindowState>()(() => ({
  engine: null,
  app: null,
  failed: [],
  picked: null,
  tab: 'server',
  searchOpen: false,
  searchAsked: 0,
  dark: false,
}));

const { setState: set, getState: get } = useWindow;

/** Takes over the whole state of the engine. */
export function receiveState(engine: EngineState): void {
  set((now) => ({ engine, picked: stillThere(engine, now.picked) }));
}

/** Takes over the parts of the session that changed. */
export function receivePatch(patch: Patch): void {
  set((now) => {
    const engine = patchEngine(now.engine, patch);
    const failed =
      engine?.name === 'open' ? now.failed.filter((each) => !isOutdated(each, engine.session)) : now.failed;
    return {
      engine,
      failed: failed.length === now.failed.length ? now.failed : failed,
      picked: patch.graph === undefined ? now.picked : stillThere(engine, now.picked),
    };
  });
}

function stillThere(engine: EngineState | null, picked: string | null): string | null {
  if (picked === null || engine?.name !== 'open') return null;
  return engine.session.graph.nodes.some((node) => node.name === picked) ? picked : null;
}

/** Takes over the app's state. */
export const receiveApp = (app: AppState): void => set({ app });

/** Selects a node of the graph; null: none. */
export const pick = (name: string | null): void => set({ picked: name });

/** Brings a tab to the front. */
export const showTab = (tab: Tab): void => set({ tab });

/** Notes whether the system's theme is dark. */
export const setDark = (dark: boolean): void => set({ dark });

/** Opens the search bar; where a tab has no text to search, the server's terminal comes forward. */
export function openSearch(): void {
  set((now) => ({
    searchOpen: true,
    searchAsked: now.searchAsked + 1,
    tab: streamOf(now.tab) ?? 'server',
  }));
}

/** Closes the search bar. */
export const closeSearch = (): void => set({ searchOpen: false });

/** Shows why a request was refused, instead of an earlier refusal of the same. */
export function addFailure(request: string, failure: Failure): void {
  set((now) => ({
    failed: [...now.failed.filter((f) => f.request !== request), { request, failure, at: Date.now() }],
  }));
}

/** Removes the alert about a request. */
export function dropFailure(request: string): void {
  if (!get().failed.some((f) => f.request === request)) return;
  set((now) => ({ failed: now.failed.filter((f) => f.request !== request) }));
}

/** Returns the open session, or null. */
export function currentSession(): SessionState | null {
  const { engine } = get();
  return engine?.name === 'open' ? engine.session : null;
}

/**
 * Selects a part of the open session, for components that are drawn only while one is open.
 * @param select must give something stable: the part itself or a plain value.
 */
export function useSession<T>(select: (session: SessionState) => T): T {
  return useWindow((state) => {
    if (state.engine?.name !== 'open') throw new Error('Drawn without an open session.');
    return select(state.engine.session);
  });
}
