import type { HistoryRecord } from '#shared/contract.ts';

/** Lines that say enough in a panel; all of them are in the log. */
const MOST = 12;

/** The part of a stored log that belongs to a record. */
export interface LogExcerptRange {
  readonly name: string;
  readonly run: string;
  /** The first line that counts, and the one after the last; null: from the beginning, to the end. */
  readonly from: number | null;
  readonly until: number | null;
  /** The last lines tell more than the first. */
  readonly isEnd: boolean;
  readonly most: number;
  /** How many lines there are; 0: not known. */
  readonly total: number;
}

/**
 * Returns the part of a log that belongs to a record; null where no log has it, or the record holds the lines already.
 */
export function excerptOf(record: HistoryRecord): LogExcerptRange | null {
  const { run, line, endLine } = record;
  if (run === null || line === null || endLine === null || record.kind === 'edit') return null;
  const cut = { run, most: MOST };
  if (record.kind === 'server') {
    if (record.lines.length > 0) return null;
    if (record.event === 'start')
      return { ...cut, name: 'First lines of output', from: line, until: null, isEnd: false, total: 0 };
    const isReady = record.event === 'ready';
    return {
      ...cut,
      name: isReady ? 'Output until then' : 'Last lines of output',
      from: null,
      until: isReady ? endLine : null,
      isEnd: true,
      total: 0,
    };
  }
  if (endLine <= line) return null;
  const isBuild = record.kind === 'build';
  return {
    ...cut,
    name: isBuild ? 'Output of cargo' : 'Server output during the reload',
    from: line,
    until: endLine,
    isEnd: isBuild,
    total: endLine - line,
  };
}
