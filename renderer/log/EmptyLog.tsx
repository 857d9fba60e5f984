import { useEffect, useState } from 'react';
import type { Failure, LogFilter, LogRun, Stream } from '#shared/contract.ts';
import { number } from '#shared/count.ts';
import { useSession } from '../state/store.ts';
import type { LogPages } from './logPages.ts';
import type { ReaderState } from './logReader.ts';
import { clearFilters } from './logViewStore.ts';

/** A run shows up on disk so soon after it began, ms. */
const SHOWS_UP_MS = 2000;

/** Says, instead of a log, that there is no run, and why. */
export function NoRun({ stream }: { stream: Stream }) {
  const server = useSession((session) => session.server.name);
  const build = useSession((session) => session.build.name);
  const ran = stream === 'server' ? server !== 'stopped' : build !== 'idle';
  const waited = useWaited(ran, SHOWS_UP_MS);
  if (ran && !waited) return <div className="log-view" aria-busy="true" />;
  if (ran) {
    return (
      <Empty title="This log is not stored">
        The terminal shows recent output, as far back as it keeps it. The alert above says why the log can’t
        be stored; usually the disk is full or the data folder isn’t writable.
      </Empty>
    );
  }
  return stream === 'server' ? (
    <Empty title="No run yet">
      Start the server. Its output is kept here, line by line, and can be filtered and searched even after the
      server has ended.
    </Empty>
  ) : (
    <Empty title="No build yet">Click Build or save a file. The output of each build is kept here.</Empty>
  );
}

/** Says, instead of records, that none fit or none were written. */
export function EmptyLog({
  stream,
  run,
  state,
}: {
  stream: Stream;
  run: LogRun;
  state: ReaderState & { pages: LogPages };
}) {
  const { filter, pages, busy } = state;
  if (busy !== 'no' || pages.before !== null || !pages.atEnd)
    return <Empty title={'Searching the log\u2026'} />;
  if (run.endLine > run.firstLine && asksForMore(filter)) {
    return (
      <Empty title="No matching lines">
        None of the {number(run.endLine - run.firstLine)} lines of this run{' '}
        {filter.since === null ? '' : 'since then '}matches the filters. <ShowEverything stream={stream} />
      </Empty>
    );
  }
  if (filter.since !== null) {
    return (
      <Empty title="No output since then">
        {run.state === 'live' ? 'New output will appear here. ' : ''}Earlier output is kept.{' '}
        <ShowEverything stream={stream} />
      </Empty>
    );
  }
  return (
    <Empty title={run.state === 'live' ? 'No output yet' : 'No output'}>
      {run.state === 'live' ? 'Output will appear here.' : 'This run produced no output.'}
    </Empty>
  );
}

/** Whether so many ms have gone by since something is the case. */
function useWaited(is: boolean, ms: number): boolean {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(() => setWaited(true), ms);
    return () => {
      clearTimeout(timer);
      setWaited(false);
    };
  }, [is, ms]);
  return waited;
}

/** Whether anything but the place where it begins is asked for. */
const asksForMore = ({ levels, target, pattern }: LogFilter): boolean =>
  levels.length > 0 || target !== '' || pattern !== null;

function ShowEverything({ stream }: { stream: Stream }) {
  return (
    <button type="button" className="link" onClick={() => clearFilters(stream)}>
      Show everything
    </button>
  );
}

export function FailedLog({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <Empty title="This log can’t be read" alert>
      {failure.message} {failure.remedy}{' '}
      <button type="button" className="link" onClick={onRetry}>
        Try again
      </button>
    </Empty>
  );
}

function Empty({
  title,
  alert = false,
  children,
}: {
  title: string;
  alert?: boolean;
  children?: React.ReactNode;
}) {
  return (
    <div className="log-empty" role={alert ? 'alert' : 'status'}>
      <strong>{title}</strong>
      {children === undefined ? null : <p>{children}</p>}
    </div>
  );
}
