import { KIND_NAMES } from '../entryTexts.ts';
import { setWrong, toggleKind, useHistory } from '../historyStore.ts';
import { LANES } from '../timeline/timelineMarks.ts';
import '../../ui/chips.css';

/** Chooses which entries the list shows: the kinds that are pressed, or all where none is. */
export function EntryFilters() {
  const kinds = useHistory((history) => history.kinds);
  const wrong = useHistory((history) => history.wrong);
  return (
    <fieldset className="entry-filters" aria-label="Filter events">
      {LANES.map((kind) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={kinds.includes(kind)}
          onClick={() => toggleKind(kind)}
        >
          {KIND_NAMES[kind]}
        </button>
      ))}
      <button
        type="button"
        className="chip wrong"
        aria-label="Failures only"
        aria-pressed={wrong}
        title="Failed builds, incomplete reloads, crashes"
        onClick={() => setWrong(!wrong)}
      >
        Failures<span className="chip-more"> only</span>
      </button>
    </fieldset>
  );
}
