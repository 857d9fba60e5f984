import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextMark } from '../../../../../renderer/history/timeline/marksInView.ts';
import {
  cellOf,
  hit,
  laneAt,
  lanesOf,
  markOf,
  marksOf,
  thinned,
} from '../../../../../renderer/history/timeline/timelineMarks.ts';
import { anEntry } from '../entries.ts';

const VIEW = { from: 0, to: 1000 };
const mark = (at: number, took: number | null, parts = {}) => {
  const made = markOf(anEntry({ at, took, ...parts }), VIEW, VIEW, 1000);
  if (made === null) throw new Error('Not in view.');
  return made;
};

describe('marks', () => {
  it('lie where their time is, wide enough to be seen', () => {
    expect(mark(100, 50)).toMatchObject({ x: 100, width: 50, begins: true, ends: true });
    expect(mark(100, null).width).toBe(3);
    expect(markOf(anEntry({ at: 5000 }), VIEW, VIEW, 1000)).toBeNull();
  });

  it('end at the border of their tile, and go on in the next', () => {
    const entry = anEntry({ at: 400, took: 200 });
    const left = markOf(entry, { from: 0, to: 500 }, VIEW, 1000);
    const right = markOf(entry, { from: 500, to: 1000 }, VIEW, 1000);
    expect(left).toMatchObject({ x: 400, width: 100, begins: true, ends: false });
    expect(right).toMatchObject({ x: 500, width: 100, begins: false, ends: true });
  });

  it('are put together where they share pixels: the gravest stays, and no more than fit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 999, noNaN: true }), { maxLength: 3000 }), (times) => {
        expect(thinned(times.map((at) => mark(at, null))).length).toBeLessThanOrEqual(501);
      }),
      { numRuns: 20 },
    );
    const bad = mark(10.2, null, { tone: 'bad', outcome: 'failed' });
    expect(thinned([mark(10, null), bad, mark(10.4, null)])).toEqual([bad]);
  });

  it('lie nowhere else than in their tile, also where a coarser one stands in for it', () => {
    const entry = anEntry({ at: 700, took: 100 });
    expect(markOf(entry, { from: 0, to: 500 }, VIEW, 1000)).toBeNull();
    expect(markOf(entry, { from: 900, to: 1000 }, VIEW, 1000)).toBeNull();
  });

  it('are one where they are too many to be told apart, whoever put them together', () => {
    const part = (entries: readonly ReturnType<typeof anEntry>[]) => [{ range: VIEW, entries }];
    const crowd = [0, 1, 2, 3, 4].map((i) => anEntry({ id: `w.0:${i}`, at: 400 + i / 2, took: 1 }));
    const [first, ...others] = crowd;
    if (first === undefined) throw new Error('There is one.');
    const failed = { ...first, tone: 'bad', outcome: 'failed', wrong: 1 } as const;
    const [one, ...more] = marksOf(part([failed, ...others]), VIEW, 1000);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ x: 400, entry: { id: first.id, count: 5, wrong: 1, tone: 'bad', at: 400 } });
    expect(one?.width).toBe(cellOf(VIEW, 1000) - 1);
    const group = { ...first, count: 4 };
    expect(marksOf(part([group, failed]), VIEW, 1000).map(({ entry }) => entry.count)).toEqual([5]);
    // Few stay apart, and so does what is long.
    expect(marksOf(part([first, anEntry({ id: 'x', at: 402, took: 1 })]), VIEW, 1000)).toHaveLength(2);
    expect(marksOf(part([...crowd, anEntry({ id: 'long', at: 401, took: 60 })]), VIEW, 1000)).toHaveLength(2);
  });

  it('lose none of what they stand for, wherever the view and its tiles lie', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 999_999 }), { maxLength: 300 }),
        fc.integer({ min: 1, max: 999_999 }),
        (times, cut) => {
          const view = { from: 0, to: 1_000_000 };
          const entries = times.map((at, i) => anEntry({ id: `w.0:${i}`, at, took: null }));
          const parts = [
            { range: { from: 0, to: cut }, entries },
            { range: { from: cut, to: view.to }, entries },
          ];
          const marks = marksOf(parts, view, 1000);
          const drawn = marks.filter(({ entry }) => entry.count > 1);
          // What is put together is put together once.
          const sum = marks.reduce((all, { entry }) => all + entry.count, 0);
          expect(sum).toBeLessThanOrEqual(times.length);
          for (const { entry } of drawn) {
            const inside = times.filter((at) => at >= entry.at && at <= entry.at + (entry.took ?? 0));
            expect(inside.length).toBe(entry.count);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are hit near them; of several on top of each other the shortest', () => {
    const life = mark(0, 900, { kind: 'server', outcome: 'stop' });
    const start = mark(300, null, { kind: 'server', outcome: 'start' });
    expect(hit([life, start], 301)).toBe(start);
    expect(hit([life, start], 500)).toBe(life);
    expect(hit([start], 307)).toBe(start);
    expect(hit([start], 330)).toBeNull();
  });

  it('have neighbors', () => {
    const marks = [mark(300, 10), mark(100, 10), mark(200, 10)];
    const [, first, second] = marks;
    expect(nextMark(marks, null, false)).toBe(marks[0]);
    expect(nextMark(marks, first?.entry ?? null, true)).toBe(second);
    expect(nextMark(marks, first?.entry ?? null, false)).toBeNull();
    expect(nextMark(marks, anEntry({ id: 'elsewhere', at: 150 }), true)).toBe(second);
  });

  it('lie in lanes', () => {
    const lanes = lanesOf(180);
    expect([5, 21, 75, 179].map((y) => laneAt(lanes, y))).toEqual([null, 'edit', 'build', 'server']);
  });
});
