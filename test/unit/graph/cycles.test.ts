import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCycle } from '../../../main/engine/graph/cycles.ts';
import { retold, type Web, webs } from './webs.ts';

const needs = (web: Web, from: string, to: string): boolean => web.get(from)?.includes(to) === true;

/** Webs of which most have cycles, here and there. */
const knots = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => {
    const at = fc.nat(size - 1);
    return fc.tuple(fc.constant(size), fc.array(fc.tuple(at, at), { maxLength: 2 * size }));
  })
  .map(([size, edges]): Web => {
    const web: Web = new Map(Array.from({ length: size }, (_, at) => [`m${at}`, []]));
    for (const [from, to] of edges) web.get(`m${from}`)?.push(`m${to}`);
    return web;
  });

/** Steps of the shortest way from a name back to itself; Infinity where there is none. */
function round(web: Web, start: string): number {
  let level = new Set([start]);
  for (let steps = 1; steps <= web.size; steps++) {
    level = new Set([...level].flatMap((name) => web.get(name) ?? []));
    if (level.has(start)) return steps;
  }
  return Number.POSITIVE_INFINITY;
}

describe('findCycle', () => {
  test('finds none where there is none', () => {
    fc.assert(
      fc.property(webs(2000), (web) => {
        expect(findCycle(web)).toBeNull();
      }),
    );
  });

  test('names the shortest cycle through the first name that is on one', () => {
    fc.assert(
      fc.property(knots, (web) => {
        const cycle = findCycle(web);
        const first = [...web.keys()].sort().find((name) => round(web, name) < Number.POSITIVE_INFINITY);
        if (first === undefined) {
          expect(cycle).toBeNull();
          return;
        }
        expect(cycle?.[0]).toBe(first);
        expect(cycle?.length).toBe(round(web, first));
        expect(new Set(cycle).size).toBe(cycle?.length);
        cycle?.forEach((name, at) => {
          expect(needs(web, name, cycle[(at + 1) % cycle.length] ?? '')).toBe(true);
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('finds the one need that closes a circle in a large web, whatever the order of the input', () => {
    fc.assert(
      fc.property(webs(1000), fc.nat(), (web, seed) => {
        const low = [...web].find(([, direct]) => direct.length === 0)?.[0];
        const high = [...web].findLast(([, direct]) => direct.includes(low ?? ''))?.[0];
        if (low === undefined || high === undefined) return;
        web.set(low, [high]);
        const cycle = findCycle(web) ?? [];
        expect(cycle[(cycle.indexOf(low) + 1) % cycle.length]).toBe(high);
        expect(findCycle(retold(web, seed))).toEqual(cycle);
      }),
    );
  });

  test('sees a module that needs itself', () => {
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['b']],
        ]),
      ),
    ).toEqual(['b']);
  });

  test('goes round a circle of 5,000', () => {
    const circle = new Map(Array.from({ length: 5000 }, (_, at) => [`m${at}`, [`m${(at + 1) % 5000}`]]));
    expect(findCycle(circle)).toEqual(Array.from({ length: 5000 }, (_, at) => `m${at}`));
  });
});
