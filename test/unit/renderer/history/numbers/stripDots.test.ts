import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTime, nearestDot, stepDot, stripOf } from '../../../../../renderer/history/numbers/stripDots.ts';

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
