import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstRange,
  fitted,
  following,
  HOUR,
  keptInReach,
  LEAST_SPAN,
  spanOf,
  toTime,
  toX,
  zoomed,
} from '../../../../../renderer/history/tiles/timeScale.ts';

const NOW = 1_750_000_000_000;
const view = fc
  .record({ from: fc.integer({ min: 0, max: NOW }), span: fc.integer({ min: 300, max: 400 * 24 * HOUR }) })
  .map(({ from, span }) => ({ from, to: from + span }));
const width = fc.integer({ min: 100, max: 4000 });

describe('the scale', () => {
  it('leads from a time to a place and back', () => {
    fc.assert(
      fc.property(view, width, fc.double({ min: 0, max: 1, noNaN: true }), (each, px, part) => {
        const at = each.from + part * spanOf(each);
        expect(Math.abs(toTime(each, px, toX(each, px, at)) - at)).toBeLessThan(spanOf(each) * 1e-6 + 1);
      }),
    );
  });

  it('zooms about a moment, and no nearer than there is anything to see', () => {
    const near = zoomed({ from: NOW - HOUR, to: NOW }, NOW - HOUR / 4, 0.5);
    expect(spanOf(near)).toBe(HOUR / 2);
    expect(toX(near, 1000, NOW - HOUR / 4)).toBeCloseTo(750);
    expect(spanOf(zoomed({ from: 0, to: 300 }, 100, 1e-6))).toBe(LEAST_SPAN);
  });

  it('never leaves the records behind', () => {
    fc.assert(
      fc.property(view, view, (each, whole) => {
        const kept = keptInReach(each, whole);
        expect(spanOf(kept)).toBeCloseTo(spanOf(each), 0);
        expect(kept.from).toBeLessThanOrEqual(whole.to);
        expect(kept.to).toBeGreaterThanOrEqual(whole.from);
      }),
    );
  });

  it('begins with the last hour, or with what came before a pause', () => {
    const busy = firstRange({ from: NOW - 100 * HOUR, to: NOW - 60_000 }, NOW);
    expect(busy.follows).toBe(true);
    expect(spanOf(busy.view)).toBe(HOUR);
    const old = firstRange({ from: NOW - 100 * HOUR, to: NOW - 50 * HOUR }, NOW);
    expect(old.follows).toBe(false);
    expect(toX(old.view, 1000, NOW - 50 * HOUR)).toBeGreaterThan(900);
    expect(toX(old.view, 1000, NOW - 50 * HOUR)).toBeLessThan(1000);
  });

  it('fits all in, and follows a little beyond now', () => {
    const all = fitted(0, 10 * HOUR);
    expect(all.from).toBeLessThan(0);
    expect(all.to).toBeGreaterThan(10 * HOUR);
    expect(following(HOUR, NOW).to).toBeGreaterThan(NOW);
  });
});
