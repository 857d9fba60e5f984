import type { SessionState } from '#shared/contract.ts';
import { forgetSearch } from '../search/runSearchStore.ts';
import { currentSession, useWindow } from '../state/store.ts';
import { forgetViews } from './logViewStore.ts';
import { forgetRuns, refreshRuns, useLogs } from './runsStore.ts';

/** What happens in a session shows on disk a moment later, ms. */
const ON_DISK_MS = 300;

/**
 * Keeps the list of runs up to date with the session, and drops it with its workspace.
 * @returns what ends that.
 */
export function followLogs(): () => void {
  let before = currentSession();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = useWindow.subscribe(() => {
    const now = currentSession();
    if (now === before) return;
    const [last, next] = [before, now];
    before = now;
    if (last?.workspace.root !== next?.workspace.root) {
      forgetRuns();
      forgetViews();
      forgetSearch();
    }
    if (next === null || (last !== null && !marksMayDiffer(last, next))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Nobody looks at logs yet.
      if (useLogs.getState().runs !== null) void refreshRuns();
    }, ON_DISK_MS);
  });
  return () => {
    end();
    clearTimeout(timer);
  };
}

/** Whether a run began or ended, or got a mark. */
const marksMayDiffer = (a: SessionState, b: SessionState): boolean =>
  a.runs !== b.runs ||
  a.server.name !== b.server.name ||
  a.build !== b.build ||
  a.lastReload?.number !== b.lastReload?.number ||
  a.lastReload?.verdict !== b.lastReload?.verdict;
