import type { LogRun, Stream } from '#shared/contract.ts';
import { currentSession, useSession } from '../state/store.ts';
import { changeView, useLogView } from './logViewStore.ts';
import { chooseRun } from './runLabel.ts';
import { useLogs } from './runsStore.ts';

/** Returns the run that the log of a stream shows; null: none, or not known yet. */
export function useShownRun(stream: Stream): LogRun | null {
  const runs = useLogs((logs) => logs.runs);
  const picked = useLogView((views) => views[stream].picked);
  const current = useSession((session) => session.runs[stream] ?? null);
  return runs === null ? null : chooseRun(runs, stream, picked, current);
}

/** Shows only what comes from here on; the log on disk keeps everything. */
export function clearView(stream: Stream): void {
  const { runs } = useLogs.getState();
  const { picked } = useLogView.getState()[stream];
  const run = chooseRun(runs ?? [], stream, picked, currentSession()?.runs[stream] ?? null);
  if (run === null) return;
  const cleared = { run: run.id, line: run.endLine };
  changeView(stream, { cleared, selected: null, open: false, following: true });
}
