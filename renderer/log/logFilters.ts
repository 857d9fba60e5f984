import type { LogFilter, LogMark, LogPattern } from '#shared/contract.ts';

export type FilterLevel = LogFilter['levels'][number];

/** What the user wants to see of a log; all of it has to hold. */
export interface LogFilters {
  /** Empty: all levels. */
  readonly levels: readonly FilterLevel[];
  readonly target: string;
  readonly pattern: LogPattern;
  readonly sinceReload: boolean;
}

const NO_PATTERN: LogPattern = { text: '', regex: false, caseSensitive: false };
export const NO_FILTERS: LogFilters = { levels: [], target: '', pattern: NO_PATTERN, sinceReload: false };

/** From what can hurt to what can't. */
export const FILTER_LEVELS: readonly FilterLevel[] = ['error', 'warn', 'info', 'debug', 'trace', 'none'];

/** Adds the level to those that are wanted, or takes it away. */
export function toggleLevel(filters: LogFilters, level: FilterLevel): LogFilters {
  const has = filters.levels.includes(level);
  const levels = FILTER_LEVELS.filter((each) => (each === level ? !has : filters.levels.includes(each)));
  // All of them are as good as none.
  return { ...filters, levels: levels.length === FILTER_LEVELS.length ? [] : levels };
}

/** Tells whether anything is left out. */
export function isFiltered({ levels, target, pattern, sinceReload }: LogFilters): boolean {
  return levels.length > 0 || target.trim() !== '' || pattern.text !== '' || sinceReload;
}

/** Returns the mark of the latest reload's beginning, or of its end where that one is gone. */
export function lastReload(marks: readonly LogMark[]): LogMark | null {
  const last = marks.findLast(isReload);
  return marks.find((mark) => isReload(mark) && mark.number === last?.number) ?? null;
}

/** Tells whether a mark is of a reload. */
export const isReload = ({ kind }: LogMark): boolean => kind === 'reload-began' || kind === 'reload-ended';

/**
 * Returns the filter that the engine is asked for.
 * @param marks of the run.
 * @param cleared lines before this one were cleared away; null: none.
 */
export function filterOf(filters: LogFilters, marks: readonly LogMark[], cleared: number | null): LogFilter {
  const reload = filters.sinceReload ? (lastReload(marks)?.line ?? null) : null;
  const since = reload === null || cleared === null ? (reload ?? cleared) : Math.max(reload, cleared);
  return {
    levels: [...filters.levels],
    target: filters.target.trim(),
    pattern: filters.pattern.text === '' ? null : filters.pattern,
    since,
  };
}

/** Tells whether two filters ask for the same. */
export const sameFilter = (a: LogFilter, b: LogFilter): boolean => JSON.stringify(a) === JSON.stringify(b);
