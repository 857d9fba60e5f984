import type { LogMark, LogRecord, LogRun } from '#shared/contract.ts';
import { isReload } from './logFilters.ts';
import { endOf, type LogPages } from './logPages.ts';

/** What the list shows: records, and between them what happened, or that another day began. */
export type LogItem =
  | { readonly kind: 'record'; readonly key: string; readonly record: LogRecord }
  | { readonly kind: 'mark'; readonly key: string; readonly mark: LogMark }
  | { readonly kind: 'day'; readonly key: string; readonly time: number };

/**
 * Puts marks and days between the records. A mark stands before the first record from its line on; marks beyond the
 * part of the log that is there are left out until it is.
 * @param dayOf a number for the day of a time; null where days are not told.
 */
export function itemsOf(
  { records, before, atEnd }: LogPages,
  marks: readonly LogMark[],
  since: number | null,
  dayOf: (at: number) => number | null,
): LogItem[] {
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) return [];
  const least = before === null ? (since ?? 0) : first.line;
  const most = atEnd ? Number.POSITIVE_INFINITY : endOf(last);
  const waiting = marks.filter(({ line }) => line >= least && line < most).sort((a, b) => a.line - b.line);
  const items: LogItem[] = [];
  let next = 0;
  let day: number | null = null;
  for (const record of records) {
    for (let mark = waiting[next]; mark !== undefined && mark.line <= record.line; mark = waiting[next]) {
      items.push(markItem(mark));
      next += 1;
    }
    const time = record.time ?? record.arrived;
    const today = dayOf(time);
    if (day !== null && today !== null && today !== day) {
      items.push({ kind: 'day', key: `d${record.line}`, time });
    }
    day = today;
    items.push({ kind: 'record', key: `r${record.line}`, record });
  }
  return [...items, ...waiting.slice(next).map(markItem)];
}

const markItem = (mark: LogMark): LogItem => ({
  kind: 'mark',
  key: `m${mark.kind}${mark.number}.${mark.time}.${mark.line}`,
  mark,
});

/** The index of the first item before there was anything above it: far from zero, so that much may come above. */
export const FIRST_INDEX = 1_000_000_000;

/**
 * Returns the index that the first item must have, so that items that were there before keep theirs.
 * @param first the index of the first one before.
 */
export function firstIndexOf(before: readonly LogItem[], first: number, after: readonly LogItem[]): number {
  const places = new Map(after.map((item, i) => [item.key, i]));
  for (const [i, { key }] of before.entries()) {
    const place = places.get(key);
    if (place !== undefined) return first + i - place;
  }
  return first;
}

/** Returns the index of the item that shows a line, or of the one nearest to it; -1 where there are none. */
export function itemAtLine(items: readonly LogItem[], line: number): number {
  let nearest = -1;
  for (const [i, item] of items.entries()) {
    if (item.kind !== 'record') continue;
    if (item.record.line > line) return nearest === -1 ? i : nearest;
    nearest = i;
  }
  return nearest;
}

/** Words a mark: `build ok`, `reload 3: swapped`. */
export function markText({ kind, number, label }: LogMark): string {
  switch (kind) {
    case 'build-ended':
      return `build ${label}`;
    case 'reload-began':
      return `reload ${number} began`;
    case 'reload-ended':
      return `reload ${number}: ${label}`;
    case 'run-ended':
      return `run ended: ${endText(label)}`;
  }
}

/** Words how a run ended, as its mark says: an exit code, a signal's name, or a build's outcome. */
export function endText(label: string): string {
  if (/^\d+$/.test(label)) return `exit ${label}`;
  return label === '' || label === 'null' ? 'ended' : label;
}

/** Returns the next mark of a reload from a line on, or the one before it; null: there is none. */
export function reloadMark(run: Pick<LogRun, 'marks'>, from: number, forward: boolean): LogMark | null {
  const marks = run.marks.filter(isReload);
  return (
    (forward ? marks.find(({ line }) => line > from) : marks.findLast(({ line }) => line < from)) ?? null
  );
}
