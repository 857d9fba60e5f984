import { KIND_NAMES } from '../entryTexts.ts';
import { setWrong, toggleKind, useHistory } from '../historyStore.ts';
import { LANES } from '../timeline/timelineMarks.ts';
import '../../ui/chips.css';

/** Chooses which entries the list shows: the kinds that are pressed, or all where none is. */
export function EntryFilters() {
  const kinds = useHistory((history) => history.kinds);
  const wrong = useHistory((history) => history.wrong);
  return (
    <fieldset className="entry-filters" aria-label="Filter entries">
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
        aria-label="Only what went wrong"
        aria-pressed={wrong}
        title="Failed builds, reloads that did not swap all, crashes"
        onClick={() => setWrong(!wrong)}
      >
        <span className="chip-more">Only what </span>
        <span className="chip-some">went </span>wrong
      </button>
    </fieldset>
  );
}
