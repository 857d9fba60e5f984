import type { Stream } from '../../preload/contract.ts';
import { aimAt } from '../log/view.ts';
import { showView } from '../state/display.ts';
import { cancelSearch, setHit, useRunSearch } from '../state/runSearch.ts';
import { useSession } from '../state/store.ts';
import { wholeRunText } from './words.ts';

/** Below the search field of a terminal, which holds the last lines only: what there is in the whole run. */
export function WholeRunLine({ stream }: { stream: Stream }) {
  const search = useRunSearch();
  const stored = useSession((session) => session.runs[stream] !== null);
  const { pattern, end, hits } = search;
  if (!stored || pattern.text === '' || end.name === 'none' || end.name === 'failed') return null;

  const toLog = () => {
    const last = hits.at(-1);
    showView(stream, 'log');
    if (last === undefined) return;
    setHit(hits.length - 1);
    aimAt(stream, last.line);
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
