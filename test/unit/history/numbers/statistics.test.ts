import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unusual, unusualOnes } from '../../../../main/engine/history/numbers/slow.ts';
import {
  ascending,
  deviation,
  median,
  percentile,
} from '../../../../main/engine/history/numbers/statistics.ts';

const times = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 80 });

/** How many are not above. */
const upTo = (values: readonly number[], limit: number): number =>
  values.filter((value) => value <= limit).length;

describe('statistics', () => {
  it('has as many below the median as above', () => {
    fc.assert(
      fc.property(times, (values) => {
        const middle = median(ascending(values));
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
        expect(middle).toBeGreaterThanOrEqual(Math.min(...values));
        expect(middle).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
    expect(median([1, 2])).toBe(1.5);
  });

  it('takes the smallest of them that enough are not above', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(ascending(values), share);
        expect(values).toContain(found);
        const isEnough = (limit: number) => upTo(values, limit) >= Math.ceil(share * values.length);
        expect(found).toBe(Math.min(...values.filter(isEnough)));
      }),
    );
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect([percentile(hundred, 0.95), percentile([7], 0.95), percentile([1, 2, 3], 0.95)]).toEqual([
      95, 7, 3,
    ]);
  });

  it('is not moved by a few that are far off', () => {
    const calm = [98, 99, 100, 101, 102];
    expect(deviation(calm)).toBe(1);
    expect(deviation([...calm, 1e9])).toBeLessThan(3);
  });
});

const steady = Array.from({ length: 20 }, (_, i) => 1000 + (i % 5) * 10);

describe('what takes unusually long', () => {
  it('needs ten before it', () => {
    expect(unusual(9000, steady.slice(0, 9))).toBeNull();
    expect(unusual(9000, steady.slice(0, 10))).toMatchObject({ usual: 1020, count: 10 });
  });

  it('exceeds the usual by a quarter, by 20 ms, and by four times the spread', () => {
    // By a quarter: the spread is small.
    expect(unusual(1275, steady)).toBeNull();
    expect(unusual(1276, steady)).toEqual({ usual: 1020, count: 20, limit: 1275 });
    // By 20 ms: what takes no time at all.
    expect(
      unusual(
        24,
        Array.from({ length: 12 }, () => 4),
      ),
    ).toBeNull();
    expect(
      unusual(
        25,
        Array.from({ length: 12 }, () => 4),
      ),
    ).not.toBeNull();
    // By the spread: what is all over the place.
    const wild = Array.from({ length: 30 }, (_, i) => 500 + (i % 10) * 200);
    expect(unusual(3500, wild)).toBeNull();
    expect(unusual(6000, wild)).not.toBeNull();
  });

  it('is marked once, not again while things stay slow', () => {
    const series = [...steady, ...Array.from({ length: 60 }, () => 2000)];
    const marks = unusualOnes(series.map((ms) => ({ ms, group: '' }))).map((each) => each !== null);
    expect(marks.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => false));
    expect(marks[20]).toBe(true);
    expect(marks.slice(-40)).toEqual(Array.from({ length: 40 }, () => false));
  });

  it('is held against its like only, and what is like nothing is not judged', () => {
    const api = steady.map((ms) => ({ ms, group: 'api' }));
    const clean = { ms: 90_000, group: 'all' };
    const byHand = { ms: 90_000, group: null };
    const marks = unusualOnes([...api, clean, byHand, { ms: 90_000, group: 'api' }]);
    expect(marks.map((each, i) => (each === null ? -1 : i)).filter((i) => i >= 0)).toEqual([22]);
  });

  it('is the same as one by one, and what comes later changes nothing', () => {
    const samples = fc.array(
      fc.record({ ms: fc.oneof(fc.nat(50), fc.nat(5000)), group: fc.constantFrom('a', 'b', null) }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(samples, fc.nat(120), (series, cut) => {
        const all = unusualOnes(series);
        const naive = series.map(({ ms, group }, i) => {
          const alike = series.slice(0, i).filter((each) => each.group === group);
          const before = alike.map((each) => each.ms);
          return group === null ? null : unusual(ms, before);
        });
        expect(all).toEqual(naive);
        expect(unusualOnes(series.slice(0, cut))).toEqual(all.slice(0, cut));
      }),
    );
  });
});
