import { useEffect, useRef } from 'react';
import type { Failure } from '#shared/contract.ts';
import { EmptyHistory } from './EmptyHistory.tsx';
import { EntryList } from './entries/EntryList.tsx';
import { HealthLine } from './health/HealthLine.tsx';
import { pickEntry, refreshHistory, useHistory } from './historyStore.ts';
import { Numbers } from './numbers/Numbers.tsx';
import { useNumbers } from './numbers/numbersStore.ts';
import { RecordPanel } from './record/RecordPanel.tsx';
import { Timeline } from './timeline/Timeline.tsx';
import './history.css';
import './health/health.css';
import './record/historyRecord.css';
import './record/crateBars.css';
import './record/reloadFacts.css';
import './record/buildProblems.css';
import './record/recordedGraph.css';
import './record/logExcerpt.css';
import './entries/entries.css';

const AGAIN_MS = 400;

/** Shows what happened here: on the timeline, as a list, and record by record. */
export function HistoryView() {
  const known = useHistory((history) => history.known);
  const none = useHistory((history) => history.whole === null);
  const failure = useHistory((history) => history.failure);
  const isPicked = useHistory((history) => history.picked !== null);
  const part = useNumbers((numbers) => numbers.part);
  const box = useRef<HTMLDivElement>(null);
  // What is known is shown first; others may have written since.
  useEffect(() => {
    const timer = setTimeout(() => void refreshHistory(), useHistory.getState().known ? AGAIN_MS : 0);
    return () => clearTimeout(timer);
  }, []);
  /** What led into the record. */
  const from = useRef<Element | null>(null);
  const toRecord = (): void => {
    from.current = document.activeElement;
    box.current?.querySelector<HTMLElement>('.record-panel')?.focus();
  };
  // The focus would be lost with what had it.
  const leaveRecord = (): void => {
    const back = from.current?.isConnected === true ? from.current : null;
    const row = box.current?.querySelector('.entry[tabindex="0"]');
    pickEntry(null);
    const next = back ?? row;
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
    from.current = null;
  };

  if (failure !== null && !known) return <Failed failure={failure} />;
  if (known && none) return <EmptyHistory />;
  if (part === 'numbers') {
    return (
      <div className="history">
        <Numbers />
      </div>
    );
  }
  return (
    <div ref={box} className="history" data-picked={isPicked} aria-busy={!known}>
      <HealthLine />
      {failure === null ? null : <Failed failure={failure} />}
      <div className="history-parts">
        <Timeline onEnter={toRecord} />
        <EntryList onEnter={toRecord} />
        <RecordPanel onLeave={leaveRecord} />
      </div>
    </div>
  );
}

function Failed({ failure }: { failure: Failure }) {
  return (
    <p className="history-failed" role="alert">
      {failure.message} {failure.remedy}{' '}
      <button type="button" className="link" onClick={() => void refreshHistory()}>
        Try again
      </button>
    </p>
  );
}
