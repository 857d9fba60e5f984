import { describe, expect, it } from 'vitest';
import type { Figure, Trend } from '#shared/contract.ts';
import {
  byHandText,
  figureText,
  noFigure,
  slowText,
  trendShort,
  trendText,
} from '../../../../../renderer/history/numbers/numbersTexts.ts';

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

describe('the words', () => {
  it('say honestly how much stands behind a number', () => {
    expect(figureText(figure(412))).toBe('median 412 ms, p95 824 ms, of 40');
    expect(figureText(figure(412, { count: 7 }))).toBe('median 412 ms, max 824 ms, of 7');
    expect(figureText(figure(412, { count: 1 }))).toBe('412 ms, measured once');
    expect(noFigure('link', { builds: 2, reloads: 0 })).toBe('Linking was not measured.');
    expect(noFigure('swap', { builds: 2, reloads: 3 })).toBe('No reload followed an observed save.');
    expect(byHandText(1, null)).toBe('Includes the wait before 1 manual reload.');
    expect(byHandText(2, { count: 3, median: 800 })).toContain('Median of the 3');
  });

  it('tell a trend in short and in full', () => {
    expect(trendShort(few)).toBe('no trend yet');
    expect(trendText(few)).toBe('No trend yet: needs 10 samples, has 3.');
    expect(trendShort(trend(1300, 1000, 'slower'))).toBe('30% slower');
    expect(trendShort(trend(2500, 1000, 'slower'))).toBe('2.5 times as long');
    expect(trendShort(trend(500, 1000, 'faster'))).toBe('50% faster');
    expect(trendText(trend(1300, 1000, 'slower'))).toBe(
      'Slower: median 1.3 s in the last 7 days (8), 1.0 s in the 7 days before (9).',
    );
    expect(trendText(trend(1200, 1000, 'steady'))).toMatch(/^Steady: .*; not significant\.$/);
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
