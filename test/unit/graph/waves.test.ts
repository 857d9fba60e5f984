import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeWaves } from '../../../main/engine/graph/waves.ts';
import { retold, webs } from './webs.ts';

function wavesOf(needs: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const result = computeWaves(needs);
  if (!result.ok) throw new Error(`cycle: ${result.cycle.join(' ')}`);
  return result.waves;
}

describe('computeWaves', () => {
  test('puts each module one wave above the highest that it needs, and no higher', () => {
    fc.assert(
      fc.property(webs(2000), (web) => {
        const waves = wavesOf(web);
        expect(waves.size).toBe(web.size);
        for (const [name, needs] of web) {
          const highest = Math.max(-1, ...needs.map((need) => waves.get(need) ?? Number.NaN));
          if (waves.get(name) !== highest + 1) expect.fail(`${name}: ${waves.get(name)} above ${highest}`);
        }
      }),
    );
  });

  test('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(webs(300), fc.nat(), (web, seed) => {
        expect([...wavesOf(retold(web, seed))]).toEqual([...wavesOf(web)]);
      }),
    );
  });

  test('passes over needs that lie outside, and over repeated ones', () => {
    expect(
      wavesOf(
        new Map([
          ['a', ['serde']],
          ['b', ['a', 'a', 'tokio']],
        ]),
      ),
    ).toEqual(
      new Map([
        ['a', 0],
        ['b', 1],
      ]),
    );
  });

  test('gives a cycle instead of waves', () => {
    expect(
      computeWaves(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual({
      ok: false,
      cycle: ['a', 'b'],
    });
  });

  test('layers a chain of 5,000', () => {
    const chain = new Map(
      Array.from({ length: 5000 }, (_, at) => [`m${at}`, at === 0 ? [] : [`m${at - 1}`]]),
    );
    expect(wavesOf(chain).get('m4999')).toBe(4999);
  });
});
