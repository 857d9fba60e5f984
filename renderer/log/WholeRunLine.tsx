import type { Stream } from '#shared/contract.ts';
import { cancelSearch, useRunSearch } from '../search/runSearchStore.ts';
import { wholeRunText } from '../search/searchTexts.ts';
import { showView } from '../state/display.ts';
import { useSession } from '../state/store.ts';
import { goToLastHit } from './goToHit.ts';
import './wholeRunLine.css';

/** Says, below the search field of a terminal, which holds the last lines only, what the whole run has. */
export function WholeRunLine({ stream }: { stream: Stream }) {
  const search = useRunSearch();
  const stored = useSession((session) => session.runs[stream] !== null);
  const { pattern, end } = search;
  if (!stored || pattern.text === '' || end.name === 'none' || end.name === 'failed') return null;

  const toLog = () => {
    showView(stream, 'log');
    void goToLastHit(stream);
  };

  return (
    <p className="whole-run" role="status">
      {wholeRunText(search)}
      {end.name === 'searching' ? (
        <button type="button" className="link" onClick={cancelSearch}>
          Stop
        </button>
      ) : null}
      <button type="button" className="link" onClick={toLog}>
        Show in Log
      </button>
    </p>
  );
}
