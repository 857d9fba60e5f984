import type { LogRun, Stream } from '#shared/contract.ts';
import { number, shortCount } from '#shared/count.ts';
import { FILTER_LEVELS, type FilterLevel, toggleLevel } from './logFilters.ts';
import { changeView, useLogView } from './logViewStore.ts';
import '../ui/chips.css';

const NAMES: Readonly<Record<FilterLevel, string>> = {
  error: 'Error',
  warn: 'Warn',
  info: 'Info',
  debug: 'Debug',
  trace: 'Trace',
  none: 'Other',
};

/** Offers a button for each level; those that are pressed are shown, or all where none is. */
export function LevelChips({ stream, run }: { stream: Stream; run: LogRun }) {
  const filters = useLogView((views) => views[stream].filters);
  const shown = FILTER_LEVELS.filter(
    (level) => stream === 'server' || countOf(run, level) > 0 || filters.levels.includes(level),
  );
  // Cargo names no levels: then there is nothing to choose from.
  if (shown.length === 0) return null;
  const offered = FILTER_LEVELS.filter((level) => shown.includes(level) || level === 'none');
  return (
    <fieldset className="chips" aria-label="Levels">
      {offered.map((level) => {
        const n = level === 'none' ? null : countOf(run, level);
        return (
          <button
            key={level}
            type="button"
            className="chip"
            data-level={level}
            data-empty={n === 0}
            aria-pressed={filters.levels.includes(level)}
            title={titleOf(level, n)}
            onClick={() => changeView(stream, { filters: toggleLevel(filters, level) })}
          >
            {NAMES[level]}
            {n === null ? null : <span className="chip-count">{shortCount(n)}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}

/** How many records of a level there are; those without one are not counted. */
const countOf = ({ levels }: LogRun, level: FilterLevel): number =>
  level === 'none' ? 0 : (levels[level] ?? 0);

function titleOf(level: FilterLevel, n: number | null): string {
  if (n === null) return 'Only lines without a level';
  return `Only ${NAMES[level].toLowerCase()}: ${number(n)} in this run`;
}
