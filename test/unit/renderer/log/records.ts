import type { Answered, LogFilter, LogRecord, QuestionParams } from '#shared/contract.ts';

/** A record of one line, or of some. */
export function record(line: number, parts: Partial<LogRecord> = {}): LogRecord {
  return {
    line,
    lines: 1,
    time: 1_000_000 + line,
    arrived: 1_000_000 + line,
    level: 'info',
    target: 'depot::text',
    module: 'depot',
    spans: [],
    message: `message ${line}`,
    fields: [],
    raw: `INFO depot::text: message ${line}`,
    extra: [],
    ...parts,
  };
}

/** Records that follow one another, with so many lines each. */
export function recordsOf(lengths: readonly number[], from = 0): LogRecord[] {
  const records: LogRecord[] = [];
  let line = from;
  for (const lines of lengths) {
    records.push(record(line, { lines, extra: Array.from({ length: lines - 1 }, (_, i) => `more ${i}`) }));
    line += lines;
  }
  return records;
}

export const everything: LogFilter = { levels: [], target: '', pattern: null, since: null };

/** Answers as the engine does, out of records that are there; looks at no more than `reach` of them for an answer. */
export function answer(
  records: readonly LogRecord[],
  { filter, from, direction, limit }: QuestionParams<'readLog'>,
  reach = Number.POSITIVE_INFINITY,
): Extract<Answered<'readLog'>, { ok: true }> {
  const last = records.at(-1);
  const endLine = last === undefined ? 0 : last.line + last.lines;
  const since = filter.since ?? 0;
  const forward = direction === 'forward';
  const inRange = records.filter(
    ({ line }) => line >= since && (from === null || (forward ? line >= from : line < from)),
  );
  const ordered = forward ? inRange : inRange.toReversed();
  const page: LogRecord[] = [];
  let looked = 0;
  for (const each of ordered) {
    if (page.length >= limit || looked >= reach) {
      const seen = ordered[looked - 1];
      const next = forward ? each.line : (seen?.line ?? endLine);
      return { ok: true, value: { records: forward ? page : page.toReversed(), next, endLine } };
    }
    looked += 1;
    if (fits(filter, each)) page.push(each);
  }
  return { ok: true, value: { records: forward ? page : page.toReversed(), next: null, endLine } };
}

const fits = ({ levels, pattern }: LogFilter, { level, message }: LogRecord): boolean =>
  (levels.length === 0 || levels.includes(level ?? 'none')) &&
  (pattern === null || message.includes(pattern.text));
