import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../../../../renderer/history/tiles/timeScale.ts';
import { ticksOf } from '../../../../../renderer/history/timeline/timeTicks.ts';

const NOW = 1_750_000_000_000;
const view = fc
  .record({ from: fc.integer({ min: 0, max: NOW }), span: fc.integer({ min: 300, max: 400 * 24 * HOUR }) })
  .map(({ from, span }) => ({ from, to: from + span }));
const width = fc.integer({ min: 100, max: 4000 });

describe('ticks', () => {
  it('lie in the view, in order, with room for their labels, at every scale', () => {
    fc.assert(
      fc.property(view, width, (each, px) => {
        const ticks = ticksOf(each, px);
        expect(ticks.length).toBeLessThan(px / 30 + 3);
        for (const [i, { at, label }] of ticks.entries()) {
          expect(at).toBeGreaterThanOrEqual(each.from);
          expect(at).toBeLessThanOrEqual(each.to);
          expect(label).not.toBe('');
          const before = ticks[i - 1];
          if (before !== undefined) expect(at).toBeGreaterThan(before.at);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are there: no scale is without any for long', () => {
    for (let span = 300; span < 10 * 365 * 24 * HOUR; span *= 1.7)
      expect(ticksOf({ from: NOW - span, to: NOW }, 800).length).toBeGreaterThan(1);
  });

  it('fall on round times, and name a new day', () => {
    const midnight = new Date(2025, 5, 14).getTime();
    const ticks = ticksOf({ from: midnight - HOUR, to: midnight + HOUR }, 800);
    expect(ticks.map(({ label }) => label)).toContain('23:30');
    expect(ticks.find(({ at }) => at === midnight)).toMatchObject({ major: true, label: 'Sat, Jun 14' });
  });
});
