import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Answer, HistoryEntry, HistoryRecord, ModuleGraph } from '#shared/contract.ts';
import { number } from '#shared/count.ts';
import { clock } from '#shared/time.ts';
import { bridge } from '../../state/bridge.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { IconClose } from '../../ui/icons.tsx';
import { useNow } from '../../ui/useNow.ts';
import { EntryShape } from '../EntryShape.tsx';
import { headline } from '../entryTexts.ts';
import { useHistory } from '../historyStore.ts';
import { lookAt } from '../timeline/Timeline.tsx';
import { BuildFacts } from './BuildFacts.tsx';
import { LogExcerpt } from './LogExcerpt.tsx';
import { EditFacts, ServerFacts } from './OtherFacts.tsx';
import { RecordedGraph } from './RecordedGraph.tsx';
import { ReloadFacts } from './ReloadFacts.tsx';
import { showInLog } from './showInLog.ts';

type Read =
  | { name: 'reading' }
  | { name: 'read'; id: string; value: Answer<'historyRecord'> }
  | { name: 'failed'; message: string };

/**
 * Shows everything about the selected entry.
 * @param onLeave closes it, and goes back to where one came from.
 */
export function RecordPanel({ onLeave }: { onLeave: () => void }) {
  const entry = useHistory((history) => history.pickedAs);
  const id = entry?.id ?? null;
  const [read, setRead] = useState<Read>({ name: 'reading' });
  useEffect(() => {
    if (id === null) return;
    let gone = false;
    bridge()
      .query('historyRecord', { id })
      .then(
        (answer) => {
          if (gone) return;
          setRead(
            answer.ok
              ? { name: 'read', id, value: answer.value }
              : { name: 'failed', message: answer.failure.message },
          );
        },
        (error: unknown) => {
          if (!gone) setRead({ name: 'failed', message: `Hotdeck got no response: ${String(error)}` });
        },
      );
    return () => {
      gone = true;
    };
  }, [id]);
  if (entry === null) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onLeave();
  };
  return (
    <section className="record-panel" aria-label="Event details" tabIndex={-1} onKeyDown={onKeyDown}>
      {read.name === 'failed' ? (
        <>
          <Head entry={entry} record={null} onLeave={onLeave} />
          <p className="quiet" role="alert">
            {read.message}
          </p>
        </>
      ) : read.name === 'reading' ? null : (
        <>
          <Head entry={read.id === id ? entry : null} record={read.value.record} onLeave={onLeave} />
          <Facts key={read.id} record={read.value.record} graph={read.value.graph} />
        </>
      )}
    </section>
  );
}

interface HeadProps {
  readonly entry: HistoryEntry | null;
  readonly record: HistoryRecord | null;
  onLeave(): void;
}

function Head({ entry, record, onLeave }: HeadProps) {
  const now = useNow(60_000);
  const [gone, setGone] = useState<string | null>(null);
  return (
    <header className="record-head">
      <div className="record-line">
        <h3>
          {entry === null ? null : <EntryShape entry={entry} />}
          {titleOf(entry, record)}
        </h3>
        {record === null ? null : <span className="record-when">{clock(record.at, now)}</span>}
        {record === null || record.run === null ? null : (
          <button
            type="button"
            className="button tiny"
            onClick={() =>
              void showInLog(record).then((shown) => setGone(shown ? null : 'Its log is no longer kept.'))
            }
          >
            Show in log
          </button>
        )}
        {entry === null ? null : (
          <button
            type="button"
            className="button tiny"
            title="Zoom to this event (double-click its mark)"
            onClick={() => lookAt(entry)}
          >
            {entry.count > 1 ? `Zoom in on ${number(entry.count)}` : 'Zoom'}
          </button>
        )}
        <IconButton label="Close event details" title="Close (Esc)" onClick={onLeave}>
          <IconClose />
        </IconButton>
      </div>
      {gone === null ? null : (
        <p className="record-note" role="alert">
          {gone}
        </p>
      )}
      {entry !== null && entry.count > 1 ? (
        <p className="record-note">
          The {entry.tone === 'bad' || entry.tone === 'warning' ? 'worst' : 'latest'} of {number(entry.count)}{' '}
          events that are close together.
        </p>
      ) : null}
    </header>
  );
}

function titleOf(entry: HistoryEntry | null, record: HistoryRecord | null): string {
  if (record?.kind === 'reload') {
    const { verdict } = record;
    return `Reload ${record.number}: ${verdict === 'nothing' ? 'nothing to swap' : verdict}`;
  }
  if (record !== null) return headline(record.kind, outcomeOf(record));
  return entry === null ? '' : headline(entry.kind, entry.outcome);
}

function outcomeOf(record: HistoryRecord): HistoryEntry['outcome'] {
  if (record.kind === 'edit') return 'edit';
  if (record.kind === 'build') return record.outcome;
  return record.kind === 'reload' ? record.verdict : record.event;
}

function Facts({ record, graph }: { record: HistoryRecord; graph: ModuleGraph | null }) {
  return (
    <div className="record-parts">
      <div className="record-told">
        {record.kind === 'edit' ? <EditFacts edit={record} graph={graph} /> : null}
        {record.kind === 'build' ? <BuildFacts build={record} graph={graph} /> : null}
        {record.kind === 'reload' ? <ReloadFacts reload={record} graph={graph} /> : null}
        {record.kind === 'server' ? <ServerFacts server={record} /> : null}
        <LogExcerpt record={record} />
      </div>
      {graph === null ? null : (
        <RecordedGraph
          graph={graph}
          states={record.modules}
          isCutOff={['interrupted', 'unseen'].includes(outcomeOf(record))}
        />
      )}
    </div>
  );
}
