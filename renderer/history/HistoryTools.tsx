import { IconMinus, IconPlus } from '../shell/icons.tsx';
import { useHistory } from '../state/history.ts';
import { DAY, HOUR, WEEK } from './scale.ts';
import { fitAll, follow, showLast, zoomIn, zoomOut } from './timelineKeys.ts';

/** How near one looks at the timeline, and the way back to now. */
export function HistoryTools() {
  const follows = useHistory((history) => history.follows);
  const none = useHistory((history) => history.whole === null);
  if (none) return null;
  return (
    <div className="history-tools">
      {follows ? null : (
        <button
          type="button"
          className="button tiny primary"
          title="Go along with now again (End)"
          onClick={follow}
        >
          Follow
        </button>
      )}
      <fieldset className="history-spans" aria-label="Show">
        <button type="button" onClick={() => showLast(HOUR)}>
          Last hour
        </button>
        <button type="button" onClick={() => showLast(DAY)}>
          Last day
        </button>
        <button type="button" onClick={() => showLast(WEEK)}>
          Last week
        </button>
        <button type="button" title="All of it (0)" onClick={fitAll}>
          All
        </button>
      </fieldset>
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom out"
        title="Zoom out (-)"
        onClick={zoomOut}
      >
        <IconMinus />
      </button>
      <button type="button" className="icon-button" aria-label="Zoom in" title="Zoom in (+)" onClick={zoomIn}>
        <IconPlus />
      </button>
    </div>
  );
}
