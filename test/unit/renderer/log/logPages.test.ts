import { describe, expect, it } from 'vitest';
import {
  append,
  holdsLine,
  lastPage,
  MOST_CHARS,
  MOST_RECORDS,
  pageBefore,
  prepend,
  showsLine,
} from '../../../../renderer/log/logPages.ts';
import { record, recordsOf } from './records.ts';

const lines = (records: readonly { line: number }[]) => records.map(({ line }) => line);
const many = (n: number, from: number) =>
  recordsOf(
    Array.from({ length: n }, () => 1),
    from,
  );

describe('the pages of a log', () => {
  it('grow at both ends', () => {
    const last = lastPage({ records: recordsOf([1, 1], 10), next: 10, endLine: 12 });
    expect(last.atEnd).toBe(true);
    const more = append(last, { records: recordsOf([1, 1, 1], 11), next: null, endLine: 14 });
    const all = prepend(more, { records: recordsOf([1, 1], 8), next: null, endLine: 14 });
    expect(lines(all.records)).toEqual([8, 9, 10, 11, 12, 13]);
    expect(all.before).toBeNull();
  });

  it('read the last record again, which may have got longer', () => {
    const last = lastPage({ records: recordsOf([1, 2]), next: null, endLine: 3 });
    expect(last.after).toBe(1);
    const more = append(last, { records: recordsOf([3, 1], 1), next: null, endLine: 5 });
    expect(more.records.map((each) => [each.line, each.lines])).toEqual([
      [0, 1],
      [1, 3],
      [4, 1],
    ]);
  });

  it('go on at the end of the log where the last record was filtered out', () => {
    const last = lastPage({ records: recordsOf([1]), next: null, endLine: 900 });
    expect(last.after).toBe(900);
  });

  it('open in the middle without a gap, also inside of a record', () => {
    const before = pageBefore({ records: recordsOf([1, 4], 0), next: null, endLine: 50 }, 3);
    expect(before).toMatchObject({ after: 1, atEnd: false });
    const filtered = pageBefore({ records: recordsOf([1]), next: null, endLine: 50 }, 21);
    expect(filtered.after).toBe(21);
  });

  it('drop the first ones when there are too many below', () => {
    const last = lastPage({ records: many(MOST_RECORDS, 0), next: null, endLine: MOST_RECORDS });
    const more = append(last, { records: many(11, last.after), next: null, endLine: MOST_RECORDS + 10 });
    expect(more.records).toHaveLength(MOST_RECORDS);
    expect(more.records[0]?.line).toBe(10);
    expect(more.before).toBe(10);
    expect(more.atEnd).toBe(true);
  });

  it('drop the last ones when there are too many above', () => {
    const end = MOST_RECORDS + 100;
    const last = lastPage({ records: many(MOST_RECORDS, 100), next: 100, endLine: end });
    const more = prepend(last, { records: many(30, 70), next: 70, endLine: end });
    expect(more.records).toHaveLength(MOST_RECORDS);
    expect(more).toMatchObject({ before: 70, after: end - 30, atEnd: false });
  });

  it('hold fewer where records are long, but always one', () => {
    const long = { raw: 'x'.repeat(MOST_CHARS / 4) };
    const records = [record(0, long), record(1, long), record(2, long), record(3, long), record(4, long)];
    const page = append(lastPage({ records: [], next: null, endLine: 0 }), {
      records,
      next: null,
      endLine: 5,
    });
    expect(page.records.length).toBeLessThan(5);
    expect(page.records.at(-1)?.line).toBe(4);
    const huge = record(9, { raw: 'x'.repeat(MOST_CHARS + 1) });
    expect(append(page, { records: [huge], next: null, endLine: 10 }).records).toEqual([huge]);
  });

  it('tell which lines they hold, and which of those they show', () => {
    const pages = {
      ...lastPage({ records: [record(10), record(14, { lines: 3 })], next: 10, endLine: 40 }),
      atEnd: false,
    };
    expect([9, 10, 12, 16, 17].map((line) => holdsLine(pages, line))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect([10, 12, 16].map((line) => showsLine(pages, line))).toEqual([true, false, true]);
    expect(holdsLine({ ...pages, before: null, atEnd: true }, 3)).toBe(true);
  });
});
