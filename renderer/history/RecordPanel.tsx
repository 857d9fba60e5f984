import { useEffect, useState } from 'react';
import type { Answer, HistoryEntry, HistoryRecord, ModuleGraph } from '../../preload/contract.ts';
import { IconClose } from '../shell/icons.tsx';
import { bridge } from '../state/bridge.ts';
import { pickEntry, useHistory } from '../state/history.ts';
import { useNow } from '../state/useNow.ts';
import { BuildFacts } from './BuildFacts.tsx';
import { OldGraph } from './OldGraph.tsx';
import { EditFacts, ServerFacts } from './OtherFacts.tsx';
import { ReloadFacts } from './ReloadFacts.tsx';
import { Shape } from './Shape.tsx';
import { showInLog } from './showInLog.ts';
import { lookAt } from './Timeline.tsx';
import { headline, momentText } from './words.ts';

type Read =
  | { name: 'reading' }
  | { name: 'read'; id: string; value: Answer<'historyRecord'> }
  | { name: 'failed'; message: string };

/** All that is known of the entry that is picked. */
export function RecordPanel() {
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
          if (!gone) setRead({ name: 'failed', message: `Hotdeck got no answer: ${String(error)}` });
        },
      );
    return () => {
      gone = true;
    };
  }, [id]);
  if (entry === null) return null;
  return (
    <section className="record-panel" aria-label="Record" tabIndex={-1}>
      {read.name === 'failed' ? (
        <>
          <Head entry={entry} record={null} />
          <p className="quiet" role="alert">
            {read.message}
          </p>
        </>
      ) : read.name === 'reading' ? null : (
        <>
          <Head entry={read.id === id ? entry : null} record={read.value.record} />
          <Facts record={read.value.record} graph={read.value.graph} />
        </>
      )}
    </section>
  );
}

function Head({ entry, record }: { entry: HistoryEntry | null; record: HistoryRecord | null }) {
  const now = useNow(60_000);
  const [gone, setGone] = useState<string | null>(null);
  const outcome = record === null ? entry?.outcome : outcomeOf(record);
  const kind = record?.kind ?? entry?.kind;
  const number = record?.kind === 'reload' ? ` ${record.number}` : '';
  return (
    <header className="record-head">
      <h3>
        {entry === null ? null : <Shape entry={entry} />}
        {kind === undefined || outcome === undefined
          ? null
          : number === ''
            ? headline(kind, outcome)
            : `Reload${number}: ${outcome === 'nothing' ? 'nothing to swap' : outcome}`}
        <button
          type="button"
          className="icon-button"
          aria-label="Close the record"
          title="Close (Escape)"
          onClick={() => pickEntry(null)}
        >
          <IconClose />
        </button>
      </h3>
      <p className="record-when">
        {record === null ? null : <span>{momentText(record.at, now)}</span>}
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
          <button type="button" className="button tiny" onClick={() => lookAt(entry)}>
            {entry.count > 1 ? `Zoom in on ${entry.count.toLocaleString('en')}` : 'Zoom to it'}
          </button>
        )}
      </p>
      {gone === null ? null : (
        <p className="record-note" role="alert">
          {gone}
        </p>
      )}
      {entry !== null && entry.count > 1 ? (
        <p className="record-note">
          The {entry.tone === 'bad' || entry.tone === 'warning' ? 'gravest' : 'latest'} of{' '}
          {entry.count.toLocaleString('en')} that lie close together.
        </p>
      ) : null}
    </header>
  );
}

function outcomeOf(record: HistoryRecord): HistoryEntry['outcome'] {
  if (record.kind === 'edit') return 'edit';
  if (record.kind === 'build') return record.outcome;
  return record.kind === 'reload' ? record.verdict : record.event;
}

function Facts({ record, graph }: { record: HistoryRecord; graph: ModuleGraph | null }) {
  return (
    <>
      {record.kind === 'edit' ? <EditFacts edit={record} graph={graph} /> : null}
      {record.kind === 'build' ? <BuildFacts build={record} graph={graph} /> : null}
      {record.kind === 'reload' ? <ReloadFacts reload={record} graph={graph} /> : null}
      {record.kind === 'server' ? <ServerFacts server={record} /> : null}
      {graph === null ? null : <OldGraph graph={graph} states={record.modules} />}
    </>
  );
}
