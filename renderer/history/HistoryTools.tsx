import { IconButton } from '../ui/IconButton.tsx';
import { IconMinus, IconPlus } from '../ui/icons.tsx';
import { useHistory } from './historyStore.ts';
import { NumbersTools, PartSwitch } from './numbers/NumbersTools.tsx';
import { useNumbers } from './numbers/numbersStore.ts';
import { DAY, HOUR, WEEK } from './tiles/timeScale.ts';
import { MarksKey } from './timeline/MarksKey.tsx';
import { fitAll, follow, showLast, zoomIn, zoomOut } from './timeline/timelineKeys.ts';

/** Chooses which part of the history is shown, and how much of it. */
export function HistoryTools() {
  const none = useHistory((history) => history.whole === null);
  const part = useNumbers((numbers) => numbers.part);
  if (none) return null;
  return (
    <div className="output-tools">
      <PartSwitch />
      {part === 'numbers' ? <NumbersTools /> : <TimelineTools />}
    </div>
  );
}

/** How near one looks at the timeline, and the way back to now. */
function TimelineTools() {
  const follows = useHistory((history) => history.follows);
  return (
    <div className="history-tools">
      {follows ? null : (
        <button type="button" className="button tiny primary" title="Follow live (End)" onClick={follow}>
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
        <button type="button" title="Show all (0)" onClick={fitAll}>
          All
        </button>
      </fieldset>
      <IconButton label="Zoom out" title="Zoom out (-)" onClick={zoomOut}>
        <IconMinus />
      </IconButton>
      <IconButton label="Zoom in" title="Zoom in (+)" onClick={zoomIn}>
        <IconPlus />
      </IconButton>
      <MarksKey />
    </div>
  );
}
