import { useEffect, useMemo } from 'react';
import type { LogRun, Stream } from '#shared/contract.ts';
import { useDisplay } from '../state/display.ts';
import { useSession } from '../state/store.ts';
import { FailedLog, NoRun } from './EmptyLog.tsx';
import { FilterBar } from './FilterBar.tsx';
import { FollowButton } from './FollowButton.tsx';
import { HiddenLine } from './HiddenLine.tsx';
import { LogList } from './LogList.tsx';
import { LookingBar } from './LookingBar.tsx';
import { lineInView } from './lineInView.ts';
import { filterOf } from './logFilters.ts';
import { itemsOf } from './logItems.ts';
import { enterRun, useLogView } from './logViewStore.ts';
import { dayNumber } from './recordTimes.ts';
import { chooseRun } from './runLabel.ts';
import { refreshRuns, useLogs } from './runsStore.ts';
import { useLogReader } from './useLogReader.ts';
import './log.css';
import './record.css';

/** Shows the stored log of a stream, record by record. */
export function LogView({ stream }: { stream: Stream }) {
  const runs = useLogs((logs) => logs.runs);
  const failure = useLogs((logs) => logs.failure);
  const picked = useLogView((views) => views[stream].picked);
  const current = useSession((session) => session.runs[stream] ?? null);
  useEffect(() => void refreshRuns(), []);

  if (runs === null) {
    return failure === null ? (
      <div className="log-view" aria-busy="true" />
    ) : (
      <FailedLog failure={failure} onRetry={() => void refreshRuns()} />
    );
  }
  const run = chooseRun(runs, stream, picked, current);
  return run === null ? (
    <NoRun stream={stream} />
  ) : (
    <RunLog key={run.id} stream={stream} run={run} runs={runs} />
  );
}

interface Props {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly runs: readonly LogRun[];
}

function RunLog({ stream, run, runs }: Props) {
  const { filters, cleared, following } = useLogView((views) => views[stream]);
  const times = useDisplay((display) => display.times);
  const fontSize = useDisplay((display) => display.fontSize);
  const wrap = useDisplay((display) => display.wrap);
  const { marks } = run;
  const clearedLine = cleared?.run === run.id ? cleared.line : null;
  const filter = useMemo(() => filterOf(filters, marks, clearedLine), [filters, marks, clearedLine]);
  useEffect(() => enterRun(stream, run.id), [stream, run.id]);
  const { reader, state } = useLogReader({ run, filter, following, place: () => placeOf(stream) });
  const pages = state?.pages ?? null;
  const since = state?.filter.since ?? null;
  const items = useMemo(
    () => (pages === null ? [] : itemsOf(pages, marks, since, (at) => dayNumber(at, times))),
    [pages, marks, since, times],
  );

  return (
    <div className="log-view" data-wrap={wrap} data-times={times} style={{ fontSize: `${fontSize}px` }}>
      <FilterBar stream={stream} run={run} runs={runs} badPattern={state?.badPattern ?? null} />
      <div className="log-body">
        {reader === null || state === null || pages === null ? (
          state?.failure == null ? null : (
            <FailedLog failure={state.failure} onRetry={() => reader?.open(filter, null)} />
          )
        ) : (
          <LogList stream={stream} run={run} reader={reader} state={{ ...state, pages }} items={items} />
        )}
        {reader === null || state === null || pages === null ? null : (
          <>
            <LookingBar run={run} busy={state.busy} pages={pages} />
            {state.failure === null ? null : (
              <p className="log-strip" data-tone="bad" role="alert">
                {state.failure.message}{' '}
                <button type="button" className="link" onClick={() => reader.open(filter, null)}>
                  Try again
                </button>
              </p>
            )}
            <HiddenLine stream={stream} run={run.id} pages={pages} settled={state.busy !== 'opening'} />
            <FollowButton stream={stream} run={run} pages={pages} />
          </>
        )}
      </div>
    </div>
  );
}

/** The line to open the log at: the one that is aimed at, else where one is; null: the end. */
function placeOf(stream: Stream): number | null {
  const { aim, following, selected, anchor } = useLogView.getState()[stream];
  if (aim !== null || following) return aim;
  return selected ?? lineInView(document.querySelector('.log-list'), 0.5) ?? anchor;
}
