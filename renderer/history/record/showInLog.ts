import type { HistoryRecord, Stream } from '#shared/contract.ts';
import { changeView, clearFilters, pickRun, scrollToLine } from '../../log/logViewStore.ts';
import { refreshRuns, useLogs } from '../../log/runsStore.ts';
import { showView } from '../../state/display.ts';
import { currentSession, showTab } from '../../state/store.ts';
import { isEnd } from '../entryTexts.ts';

/** Returns which log a record is in: the build's own, or the server's. */
const streamOf = ({ kind }: Pick<HistoryRecord, 'kind'>): Stream => (kind === 'build' ? 'build' : 'server');

/**
 * The line to show first: of what has lines of its own the first, of a moment the one that came next, and of an end the last.
 * @param last the last line that there is.
 */
function lineOf(record: HistoryRecord, last: number): number {
  const line = record.kind === 'server' && isEnd(record.event) ? last : (record.line ?? 0);
  return Math.max(0, Math.min(line, last));
}

/** Opens the log where a record happened. Resolves to false where that log is no longer kept. */
export async function showInLog(record: HistoryRecord): Promise<boolean> {
  if (record.run === null) return false;
  const stream = streamOf(record);
  await refreshRuns();
  const run = useLogs.getState().runs?.find(({ id }) => id === record.run);
  if (run === undefined) return false;
  const line = lineOf(record, run.endLine - 1);
  clearFilters(stream);
  // Who looks at the run of the moment goes along to the next one.
  pickRun(stream, currentSession()?.runs[stream] === run.id ? null : run.id);
  if (run.endLine === 0) changeView(stream, { aim: null });
  else scrollToLine(stream, Math.max(run.firstLine, line));
  showView(stream, 'log');
  showTab(stream);
  return true;
}
