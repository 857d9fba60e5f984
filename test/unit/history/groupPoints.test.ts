import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Points, thin } from '../../../main/engine/history/groupPoints.ts';

interface Point {
  at: number;
  took: number;
  lane: number;
  weight: number;
}

const asPoints = (points: readonly Point[]): Points => {
  const get = (i: number): Point => points[i] ?? { at: Number.NaN, took: 0, lane: 0, weight: 0 };
  return {
    length: points.length,
    at: (i) => get(i).at,
    until: (i) => get(i).at + get(i).took,
    lane: (i) => get(i).lane,
    weight: (i) => get(i).weight,
  };
};

const point = fc.record({
  at: fc.integer({ min: 0, max: 1_000_000 }),
  took: fc.oneof(fc.constant(0), fc.nat(100), fc.nat(2_000_000)),
  lane: fc.nat(3),
  weight: fc.nat(3),
});
const many = fc.array(point, { maxLength: 300 });
const most = fc.integer({ min: 8, max: 60 });

describe('thinning', () => {
  it('leaves no more than are wanted, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(many, most, fc.nat(1_000_000), async (points, limit, from) => {
        const groups = await thin(asPoints(points), from, 1_000_000, limit);
        expect(groups.length).toBeLessThanOrEqual(limit);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
        if (points.length <= limit) expect(groups.every(({ count }) => count === 1)).toBe(true);
        for (const [i, { at }] of groups.entries()) expect(at).toBeGreaterThanOrEqual(groups[i - 1]?.at ?? 0);
      }),
    );
  });

  it('spans what it puts together, and lets the gravest speak', async () => {
    await fc.assert(
      fc.asyncProperty(many, most, async (points, limit) => {
        const groups = await thin(asPoints(points), 0, 1_000_000, limit);
        for (const lane of [0, 1, 2, 3]) {
          const ofLane = points.filter((each) => each.lane === lane);
          const found = groups.filter(({ index }) => points[index]?.lane === lane);
          expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(ofLane.length);
          for (const { at, took, weight } of ofLane) {
            const over = found.filter((group) => group.at <= at && group.until >= at + took);
            expect(
              over.some(({ index }) => (points[index]?.weight ?? -1) >= weight || points[index]?.at === at),
            ).toBe(true);
          }
        }
      }),
    );
  });

  it('cuts at the same places wherever the range begins', async () => {
    const points = Array.from({ length: 5000 }, (_, i) => ({ at: i * 20, took: 0, lane: 0, weight: 0 }));
    const cutsOf = async (from: number): Promise<number[]> => {
      const inRange = points.filter(({ at }) => at >= from && at <= from + 50_000);
      const groups = await thin(asPoints(inRange), from, from + 50_000, 100);
      return groups.slice(1).map(({ at }) => at);
    };
    const one = new Set(await cutsOf(10_000));
    const other = (await cutsOf(13_333)).filter((at) => at <= 60_000);
    expect(other.length).toBeGreaterThan(30);
    expect(other.filter((at) => !one.has(at))).toEqual([]);
  });

  it('keeps what lasts long apart from moments beside it', async () => {
    const lives = [0, 300_000, 600_000].map((at) => ({ at, took: 250_000, lane: 1, weight: 0 }));
    const saves = Array.from({ length: 2000 }, (_, i) => ({ at: i * 500, took: 0, lane: 1, weight: 0 }));
    const groups = await thin(asPoints([...lives, ...saves]), 0, 1_000_000, 100);
    expect(groups.filter(({ until, at }) => until - at === 250_000)).toHaveLength(3);
  });
});
