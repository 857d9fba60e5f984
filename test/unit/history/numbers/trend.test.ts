import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trendOf } from '../../../../main/engine/history/numbers/trend.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_750_000_000_000;

/** So many, evenly over some days that ended so many days ago. */
const spread = (count: number, days: number, ago: number, ms: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => ({
    at: NOW - (ago + days) * DAY + ((i + 1) * days * DAY) / (count + 1),
    ms: ms(i),
  }));
const about = (ms: number) => (i: number) => ms + (i % 3) * 10;

describe('the trend', () => {
  it('is the last 7 days against the 7 before', () => {
    const series = [...spread(8, 7, 7, about(1000)), ...spread(6, 7, 0, about(1500))];
    expect(trendOf(series, NOW)).toEqual({
      kind: 'days',
      direction: 'slower',
      now: 1510,
      before: 1010,
      count: 6,
      countBefore: 8,
    });
    const faster = [...spread(8, 7, 7, about(1000)), ...spread(6, 7, 0, about(500))];
    expect(trendOf(faster, NOW)).toMatchObject({ kind: 'days', direction: 'faster' });
  });

  it('is the last 20 against the 20 before where a week has too few', () => {
    const old = [...spread(30, 20, 60, about(2000)), ...spread(40, 20, 30, about(1000))];
    expect(trendOf(old, NOW)).toMatchObject({
      kind: 'counts',
      direction: 'steady',
      count: 20,
      countBefore: 20,
    });
    const fewer = spread(13, 2, 0, (i) => (i < 7 ? 1000 : 3000));
    expect(trendOf(fewer, NOW)).toMatchObject({ kind: 'counts', direction: 'slower', count: 6 });
  });

  it('says so where there are too few', () => {
    expect(trendOf(spread(9, 3, 0, about(1000)), NOW)).toEqual({ kind: 'few', count: 9, needed: 10 });
    expect(trendOf([], NOW)).toEqual({ kind: 'few', count: 0, needed: 10 });
  });

  it('takes no small difference for one, and none that chance makes', () => {
    const small = [...spread(20, 7, 7, about(1000)), ...spread(20, 7, 0, about(1040))];
    expect(trendOf(small, NOW)).toMatchObject({ direction: 'steady' });
    const wild = (shift: number) => (i: number) => 1000 + shift + (i % 6) * 700;
    const noisy = [...spread(6, 7, 7, wild(0)), ...spread(6, 7, 0, wild(300))];
    expect(trendOf(noisy, NOW)).toMatchObject({ kind: 'days', direction: 'steady' });
  });

  it('turns round when the times do', () => {
    const ms = fc.array(fc.nat(10_000), { minLength: 5, maxLength: 25 });
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        const both = (first: number[], second: number[]) => [
          ...spread(first.length, 7, 7, (i) => first[i] ?? 0),
          ...spread(second.length, 7, 0, (i) => second[i] ?? 0),
        ];
        const there = trendOf(both(a, b), NOW);
        const back = trendOf(both(b, a), NOW);
        if (there.kind === 'few' || back.kind === 'few') throw new Error('There are enough.');
        expect([back.now, back.before]).toEqual([there.before, there.now]);
        if (there.direction === 'slower') expect(back.direction).not.toBe('slower');
        if (there.direction === 'faster') expect(back.direction).not.toBe('faster');
      }),
    );
  });
});
