import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  above,
  below,
  levelOf,
  tileRange,
  tileSpan,
  tilesOf,
} from '../../../../../renderer/history/tiles/tiles.ts';

describe('tiles', () => {
  const view = fc
    .record({ from: fc.integer({ min: 0, max: 2e12 }), span: fc.integer({ min: 250, max: 1e12 }) })
    .map(({ from, span }) => ({ from, to: from + span }));

  it('cover the view without gaps, and are few', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 200, max: 3000 }), (each, width) => {
        const ranges = tilesOf(each, width).map(tileRange);
        expect(ranges[0]?.from).toBeLessThanOrEqual(each.from);
        expect(ranges.at(-1)?.to).toBeGreaterThanOrEqual(each.to);
        for (const [i, { from }] of ranges.entries()) if (i > 0) expect(from).toBe(ranges[i - 1]?.to);
        expect(ranges.length).toBeLessThanOrEqual(width / 256 + 2);
      }),
    );
  });

  it('lie in coarser ones and hold finer ones', () => {
    const tile = { level: levelOf({ from: 0, to: 3_600_000 }, 800), index: 77 };
    const outer = tileRange(above(tile, 3));
    const { from, to } = tileRange(tile);
    expect(outer.from).toBeLessThanOrEqual(from);
    expect(outer.to).toBeGreaterThanOrEqual(to);
    expect(below(tile).map(tileRange)).toEqual([
      { from, to: from + tileSpan(tile.level - 1) },
      { from: from + tileSpan(tile.level - 1), to },
    ]);
  });
});
