import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOrder, stackOrder } from '../../../main/engine/graph/order.ts';
import { computeWaves } from '../../../main/engine/graph/waves.ts';
import { generator, shuffled, webs } from './webs.ts';

describe('stackOrder', () => {
  test('holds every module once, above all that it needs, in whatever order they come', () => {
    fc.assert(
      fc.property(webs(2000), fc.nat(), (web, seed) => {
        const result = computeWaves(web);
        if (!result.ok) return expect.fail('cycle');
        const order = stackOrder(web.keys(), result.waves);
        expect(new Set(order)).toEqual(new Set(web.keys()));
        expect(order.length).toBe(web.size);
        expect(checkOrder(order, web)).toEqual([]);
        expect(stackOrder(shuffled(web.keys(), generator(seed)), result.waves)).toEqual(order);
      }),
    );
  });

  test('goes by wave, then by name', () => {
    const waves = new Map([
      ['z', 0],
      ['b', 1],
      ['a', 1],
      ['c', 2],
    ]);
    expect(stackOrder(['c', 'b', 'z', 'a'], waves)).toEqual(['z', 'a', 'b', 'c']);
  });
});

describe('checkOrder', () => {
  test('finds exactly the needs that stand above', () => {
    fc.assert(
      fc.property(webs(60), fc.nat(), (web, seed) => {
        const order = shuffled(web.keys(), generator(seed));
        const expected = order.flatMap((module, at) =>
          (web.get(module) ?? [])
            .filter((need) => order.indexOf(need) > at)
            .sort()
            .map((need) => ({ module, needs: need })),
        );
        expect(checkOrder(order, web)).toEqual(expected);
      }),
    );
  });

  test('looks through libraries that are not in the order', () => {
    const needs = new Map([
      ['router', ['web']],
      ['web', ['api']],
      ['api', []],
    ]);
    expect(checkOrder(['router', 'api'], needs)).toEqual([{ module: 'router', needs: 'api' }]);
    expect(checkOrder(['api', 'router'], needs)).toEqual([]);
  });
});
