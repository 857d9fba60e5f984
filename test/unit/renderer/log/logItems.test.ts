import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogMark } from '#shared/contract.ts';
import {
  endText,
  firstIndexOf,
  itemAtLine,
  itemsOf,
  markText,
  reloadMark,
} from '../../../../renderer/log/logItems.ts';
import { lastPage } from '../../../../renderer/log/logPages.ts';
import { record, recordsOf } from './records.ts';

const mark = (line: number, kind: LogMark['kind'] = 'build-ended', number = 0): LogMark => ({
  kind,
  number,
  label: 'ok',
  time: line,
  line,
});

const pagesOf = (lines: readonly number[], parts: object = {}) => ({
  ...lastPage({ records: lines.map((line) => record(line)), next: null, endLine: 100 }),
  ...parts,
});
const noDays = () => null;
const shape = (items: ReturnType<typeof itemsOf>) =>
  items.map((item) =>
    item.kind === 'record' ? item.record.line : item.kind === 'mark' ? `m${item.mark.line}` : 'day',
  );

describe('marks between records', () => {
  it('stand before the first record from their line on', () => {
    const items = itemsOf(pagesOf([2, 5, 6]), [mark(3), mark(5), mark(100), mark(0)], null, noDays);
    expect(shape(items)).toEqual(['m0', 2, 'm3', 'm5', 5, 6, 'm100']);
  });

  it('wait while the part of the log that they lie in is not there', () => {
    const middle = pagesOf([20, 30], { before: 20, atEnd: false });
    expect(shape(itemsOf(middle, [mark(5), mark(20), mark(25), mark(31), mark(60)], null, noDays))).toEqual([
      'm20',
      20,
      'm25',
      30,
    ]);
  });

  it('are left out before the place where the log is to begin', () => {
    expect(shape(itemsOf(pagesOf([40]), [mark(10), mark(35), mark(30)], 30, noDays))).toEqual([
      'm30',
      'm35',
      40,
    ]);
  });

  it('say what happened', () => {
    expect(markText(mark(0))).toBe('build ok');
    expect(markText(mark(0, 'reload-began', 3))).toBe('reload 3 began');
    expect(markText({ ...mark(0, 'reload-ended', 3), label: 'swapped' })).toBe('reload 3: swapped');
    expect(markText({ ...mark(0, 'run-ended'), label: '101' })).toBe('run ended: exit 101');
    expect(endText('SIGSEGV')).toBe('SIGSEGV');
  });

  it('of reloads are found from a line on, both ways', () => {
    const run = { marks: [mark(10, 'reload-began', 1), mark(15), mark(20, 'reload-ended', 1)] };
    expect(reloadMark(run, 10, true)?.line).toBe(20);
    expect(reloadMark(run, 20, false)?.line).toBe(10);
    expect(reloadMark(run, 20, true)).toBeNull();
    expect(reloadMark(run, -1, true)?.line).toBe(10);
  });
});

describe('items', () => {
  it('tell where another day begins', () => {
    const items = itemsOf(pagesOf([1, 2, 3]), [], null, (at) => (at > 1_000_002 ? 2 : 1));
    expect(shape(items)).toEqual([1, 2, 'day', 3]);
  });

  it('of no records are none', () => {
    expect(itemsOf(pagesOf([]), [mark(3)], null, noDays)).toEqual([]);
  });

  it('are found by line, exactly or nearest above', () => {
    const items = itemsOf(pagesOf([5, 9]), [mark(9)], null, noDays);
    expect([0, 5, 7, 9, 50].map((line) => itemAtLine(items, line))).toEqual([0, 0, 0, 2, 2]);
    expect(itemAtLine([], 3)).toBe(-1);
  });

  it('keep their index whatever comes or goes above them', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 60 }),
        fc.nat({ max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (a, b, length) => {
          const all = recordsOf(Array.from({ length: 100 }, () => 1));
          const part = (from: number) =>
            itemsOf(
              { ...pagesOf([]), records: all.slice(from, from + length), before: from },
              [mark(30), mark(50)],
              null,
              noDays,
            );
          const [before, after] = [part(a), part(b)];
          const first = firstIndexOf(before, 1000, after);
          const keys = new Map(before.map((item, i) => [item.key, 1000 + i]));
          for (const [i, item] of after.entries()) {
            const known = keys.get(item.key);
            if (known !== undefined && item.kind === 'record') expect(first + i).toBe(known);
          }
        },
      ),
    );
  });
});
