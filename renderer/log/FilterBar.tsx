import type { Failure, LogRun, Stream } from '#shared/contract.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconClose, IconDown, IconUp } from '../ui/icons.tsx';
import { PatternField } from '../ui/PatternField.tsx';
import { LevelChips } from './LevelChips.tsx';
import { isFiltered, lastReload } from './logFilters.ts';
import { reloadMark } from './logItems.ts';
import { changeFilters, clearFilters, scrollToLine, useLogView } from './logViewStore.ts';
import { RunPicker } from './RunPicker.tsx';
import '../ui/chips.css';
import './filters.css';

interface Props {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly runs: readonly LogRun[];
  readonly badPattern: Failure | null;
}

/** Chooses the run and the filters, all of which have to match. */
export function FilterBar({ stream, run, runs, badPattern }: Props) {
  const { filters, cleared } = useLogView((views) => views[stream]);
  const isCleared = cleared?.run === run.id;
  return (
    <search className="filter-bar" aria-label="Filters">
      <RunPicker stream={stream} run={run} runs={runs} />
      <LevelChips stream={stream} run={run} />
      <input
        type="search"
        className="field filter-target"
        aria-label="Module or target"
        placeholder="Module or target"
        spellCheck={false}
        maxLength={256}
        value={filters.target}
        onChange={(event) => changeFilters(stream, { target: event.target.value })}
      />
      <PatternField
        label="Filter by text"
        placeholder="Filter by text"
        pattern={filters.pattern}
        failure={badPattern}
        onChange={(parts) => changeFilters(stream, { pattern: { ...filters.pattern, ...parts } })}
      />
      {stream === 'server' ? <Reloads stream={stream} run={run} since={filters.sinceReload} /> : null}
      {isFiltered(filters) || isCleared ? (
        <button
          type="button"
          className="button tiny clear-filters"
          title="Show all lines again"
          onClick={() => clearFilters(stream)}
        >
          <IconClose /> Clear filters
        </button>
      ) : null}
    </search>
  );
}

function Reloads({ stream, run, since }: { stream: Stream; run: LogRun; since: boolean }) {
  const none = lastReload(run.marks) === null;
  const selected = useLogView((views) => views[stream].selected);
  const jump = (forward: boolean) => {
    const mark = reloadMark(run, selected ?? (forward ? -1 : run.endLine + 1), forward);
    if (mark !== null) scrollToLine(stream, mark.line);
  };
  return (
    <fieldset className="reload-steps" aria-label="Reloads" disabled={none && !since}>
      <button
        type="button"
        className="chip"
        aria-pressed={since}
        title={none ? 'No reloads in this run yet' : 'Show only lines after the last reload (L)'}
        onClick={() => changeFilters(stream, { sinceReload: !since })}
      >
        Since last reload
      </button>
      <IconButton label="Previous reload" title="Go to previous reload ([)" onClick={() => jump(false)}>
        <IconUp />
      </IconButton>
      <IconButton label="Next reload" title="Go to next reload (])" onClick={() => jump(true)}>
        <IconDown />
      </IconButton>
    </fieldset>
  );
}
