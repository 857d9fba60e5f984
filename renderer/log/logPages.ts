import type { Answer, LogRecord } from '#shared/contract.ts';

export type Page = Answer<'readLog'>;

/** The part of a log that the window has: neighboring records of those that fit its filter. */
export interface LogPages {
  readonly records: readonly LogRecord[];
  /** Read backward from this line for what comes before; null: there is nothing. */
  readonly before: number | null;
  /** Read forward from this line for what comes next. */
  readonly after: number;
  /** At the last look nothing came next. */
  readonly atEnd: boolean;
  /** The line after the last one of the run, at the last look. */
  readonly endLine: number;
}

/** No more than this is held; the rest is read again when it is wanted. */
export const MOST_RECORDS = 5000;
/** While new ones are followed, fewer will do: the list is redrawn each time that some arrive. */
export const MOST_FOLLOWED = 1000;
/** The same in characters, for records that are long. */
export const MOST_CHARS = 20_000_000;

/** Returns the line after the last one of a record. */
export const endOf = ({ line, lines }: LogRecord): number => line + Math.max(1, lines);

/** Tells whether a line belongs to a record. */
export const takesLine = (record: LogRecord, line: number): boolean =>
  record.line <= line && line < endOf(record);

/** Starts the pages with the last part of a log, from a backward answer. */
export function lastPage(page: Page): LogPages {
  const { records, next, endLine } = page;
  return { records, before: next, after: resumeLine(records, endLine), atEnd: true, endLine };
}

/**
 * Starts the pages with the part before a line; what comes next is still to be read.
 * @param behind the line after the last one wanted.
 */
export function pageBefore(page: Page, behind: number): LogPages {
  const { records, next, endLine } = page;
  return { records, before: next, after: resumeLine(records, behind), atEnd: false, endLine };
}

/** Appends a forward answer from `after`. At most `most` records are kept: the first ones go. */
export function append(pages: LogPages, page: Page, most = MOST_RECORDS): LogPages {
  const { next, endLine } = page;
  const kept = pages.records.filter((record) => record.line < pages.after);
  const all = [...kept, ...page.records];
  const records = all.slice(all.length - fitting(all.toReversed(), most));
  const [first] = records;
  const dropped = records.length < all.length && first !== undefined;
  return {
    records,
    before: dropped ? first.line : pages.before,
    after: next ?? resumeLine(records, endLine),
    atEnd: next === null,
    endLine,
  };
}

/** Prepends a backward answer from `before`. At most `MOST_RECORDS` are kept: the last ones go. */
export function prepend(pages: LogPages, page: Page): LogPages {
  const all = [...page.records, ...pages.records];
  const records = all.slice(0, fitting(all, MOST_RECORDS));
  const dropped = all[records.length];
  return {
    records,
    before: page.next,
    after: dropped?.line ?? pages.after,
    atEnd: dropped === undefined && pages.atEnd,
    endLine: Math.max(page.endLine, pages.endLine),
  };
}

/** Tells whether a line lies in the part of the log that the pages cover, whether shown or filtered out. */
export function holdsLine({ records, before, atEnd }: LogPages, line: number): boolean {
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) return before === null && atEnd;
  return (before === null || line >= first.line) && (atEnd || line < endOf(last));
}

/** Tells whether a record that is shown takes up this line. */
export const showsLine = ({ records }: LogPages, line: number): boolean =>
  records.some((record) => takesLine(record, line));

/** The last record of a log that grows may get longer: it is read again with what comes next. */
function resumeLine(records: readonly LogRecord[], end: number): number {
  const last = records.at(-1);
  return last !== undefined && endOf(last) >= end ? last.line : end;
}

/** How many of these, from the first on, may be kept. */
function fitting(records: readonly LogRecord[], limit: number): number {
  let chars = 0;
  const most = Math.min(records.length, limit);
  for (let i = 0; i < most; i += 1) {
    chars += charsOf(records[i]);
    if (chars > MOST_CHARS && i > 0) return i;
  }
  return most;
}

function charsOf(record: LogRecord | undefined): number {
  if (record === undefined) return 0;
  return (
    record.raw.length + record.message.length + record.extra.reduce((sum, { length }) => sum + length, 0)
  );
}
