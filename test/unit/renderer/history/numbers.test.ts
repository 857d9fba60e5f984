import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure, GraphNode, NumbersRow, Trend } from '#shared/contract.ts';
import {
  byHandText,
  figureText,
  noFigure,
  slowText,
  trendShort,
  trendText,
} from '../../../../renderer/history/numbers/numbersTexts.ts';
import { axisTime, nearestDot, stepDot, stripOf } from '../../../../renderer/history/numbers/stripDots.ts';
import {
  type Column,
  nextSorting,
  sortRows,
  type TableRow,
  tableRows,
} from '../../../../renderer/history/numbers/tableRows.ts';

const few: Trend = { kind: 'few', count: 3, needed: 10 };
const trend = (now: number, before: number, direction: 'slower' | 'faster' | 'steady'): Trend => ({
  kind: 'days',
  direction,
  now,
  before,
  count: 8,
  countBefore: 9,
});
const figure = (median: number, parts: Partial<Figure> = {}): Figure => ({
  count: 40,
  median,
  p95: 2 * median,
  trend: few,
  ...parts,
});

const row = (module: string, build: number | null, parts: Partial<NumbersRow> = {}): NumbersRow => ({
  module,
  builds: 1,
  failed: 0,
  reloads: 0,
  figures: { build: build === null ? null : figure(build), link: null, unload: null, load: null, swap: null },
  slowest: null,
  last: [],
  ...parts,
});
const node = (name: string, role: GraphNode['role'] = 'module'): GraphNode => ({
  name,
  label: name.replace('depot_', ''),
  role,
  needs: [],
  wave: 0,
});
const labels = (rows: readonly TableRow[]): string[] => rows.map(({ label }) => label);

describe('the table', () => {
  const rows = tableRows(
    [row('depot_api', 900), row('depot_admin', 300), row('depot_old', 5)],
    [node('depot_api'), node('depot_core', 'pinned'), node('depot_admin'), node('std', 'external')],
  );

  it('has all modules of the workspace, and those that once were in it', () => {
    expect(rows.map(({ label, gone, builds }) => [label, gone, builds])).toEqual([
      ['api', false, 1],
      ['core', false, 0],
      ['admin', false, 1],
      ['depot_old', true, 1],
    ]);
  });

  it('puts what has no number last, whichever way round', () => {
    expect(labels(sortRows(rows, { column: 'build', down: true }))).toEqual([
      'api',
      'admin',
      'depot_old',
      'core',
    ]);
    expect(labels(sortRows(rows, { column: 'build', down: false }))).toEqual([
      'depot_old',
      'admin',
      'api',
      'core',
    ]);
    expect(labels(sortRows(rows, { column: 'module', down: false }))).toEqual([
      'admin',
      'api',
      'core',
      'depot_old',
    ]);
  });

  it('keeps all rows in any order', () => {
    const columns: Column[] = ['module', 'builds', 'reloads', 'build', 'swap', 'trend'];
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.boolean(), (column, down) => {
        const sorted = sortRows(rows, { column, down });
        expect([...labels(sorted)].sort()).toEqual([...labels(rows)].sort());
      }),
    );
  });

  it('turns round at the second click; numbers begin with the most', () => {
    const once = nextSorting({ column: 'module', down: false }, 'build');
    expect([once, nextSorting(once, 'build'), nextSorting(once, 'module')]).toEqual([
      { column: 'build', down: true },
      { column: 'build', down: false },
      { column: 'module', down: false },
    ]);
  });
});

describe('the words', () => {
  it('say honestly how much stands behind a number', () => {
    expect(figureText(figure(412))).toBe('median 412 ms, p95 824 ms, of 40');
    expect(figureText(figure(412, { count: 7 }))).toBe('median 412 ms, longest 824 ms, of 7');
    expect(figureText(figure(412, { count: 1 }))).toBe('412 ms, measured once');
    expect(noFigure('link', { builds: 2, reloads: 0 })).toBe('Linking was not measured.');
    expect(noFigure('swap', { builds: 2, reloads: 3 })).toBe('No reload followed a save that was seen.');
    expect(byHandText(1, null)).toBe('1 reload was asked for by hand: with the wait until then.');
    expect(byHandText(2, { count: 3, median: 800 })).toContain('Median of the 3');
  });

  it('tell a trend in short and in full', () => {
    expect(trendShort(few)).toBe('no trend yet');
    expect(trendText(few)).toBe('No trend yet: 10 are needed, there are 3.');
    expect(trendShort(trend(1300, 1000, 'slower'))).toBe('30 % slower');
    expect(trendShort(trend(2500, 1000, 'slower'))).toBe('2.5 times as long');
    expect(trendShort(trend(500, 1000, 'faster'))).toBe('50 % faster');
    expect(trendText(trend(1300, 1000, 'slower'))).toBe(
      'Slower: median 1.3 s in the last 7 days (8), 1.0 s in the 7 days before (9).',
    );
    expect(trendText(trend(1200, 1000, 'steady'))).toMatch(
      /^Steady: .*; such a difference comes by chance\.$/,
    );
  });

  it('name what was slow', () => {
    const part = {
      module: 'depot_api',
      measure: 'build',
      ms: 7100,
      usual: 1200,
      count: 30,
      limit: 1500,
    } as const;
    expect(slowText(part, (name) => name.slice(6))).toBe('api: build 7.1 s, usually 1.2 s');
    expect(slowText({ ...part, module: null, measure: 'swap' }, String)).toBe(
      'Save to swapped 7.1 s, usually 1.2 s',
    );
  });
});

describe('the strip', () => {
  const size = { width: 150, height: 40, edge: 4 };
  const samples = (times: readonly number[]) =>
    times.map((ms, i) => ({ id: String(i), at: i, ms, slow: false }));

  it('keeps every dot inside, the longer the higher', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 60 }), (times) => {
        const sorted = [...times].sort((a, b) => a - b);
        const p95 = sorted[Math.max(0, Math.ceil(0.95 * times.length) - 1)] ?? 0;
        const { dots } = stripOf(samples(times), { median: p95 / 2, p95 }, size);
        for (const { x, y } of dots) {
          expect(x).toBeGreaterThanOrEqual(4);
          expect(x).toBeLessThanOrEqual(146);
          expect(y).toBeGreaterThanOrEqual(4);
          expect(y).toBeLessThanOrEqual(36);
        }
        for (const [i, { y, sample }] of dots.entries()) {
          const before = dots[i - 1];
          if (before !== undefined && sample.ms >= before.sample.ms) expect(y).toBeLessThanOrEqual(before.y);
        }
      }),
    );
  });

  it('lets one that is far off not flatten the others', () => {
    const { dots, median } = stripOf(samples([100, 110, 100, 9000]), { median: 105, p95: 110 }, size);
    expect(dots.map(({ above }) => above)).toEqual([false, false, false, true]);
    expect(median).toBeLessThan(20);
  });

  it('is read by pointer and by key, one dot after the other', () => {
    const { dots } = stripOf(samples([100, 110, 120]), { median: 110, p95: 120 }, size);
    expect([0, 70, 80, 200].map((x) => nearestDot(dots, x))).toEqual([0, 1, 1, 2]);
    expect(nearestDot([], 5)).toBeNull();
    expect(stepDot(1, 'ArrowRight', 3)).toBe(2);
    expect(stepDot(2, 'ArrowRight', 3)).toBe(2);
    expect(stepDot(0, 'ArrowLeft', 3)).toBe(0);
    expect(stepDot(0, 'End', 3)).toBe(2);
    expect(stepDot(0, 'Tab', 3)).toBeNull();
  });

  it('says below its axis from when to when it is', () => {
    const now = new Date(2026, 10, 23, 14, 3).getTime();
    expect(axisTime(now - 60_000, now)).toBe('14:02');
    expect(axisTime(new Date(2026, 10, 1).getTime(), now)).toBe('Nov 1');
    expect(axisTime(new Date(2025, 11, 31).getTime(), now)).toBe('Dec 31, 2025');
  });
});
