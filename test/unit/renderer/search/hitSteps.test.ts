import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogHit } from '#shared/contract.ts';
import { stepHit } from '../../../../renderer/search/hitSteps.ts';
import { forgetSearch } from '../../../../renderer/search/runSearchStore.ts';

const hit = (line: number): LogHit => ({ line, spans: [{ start: 0, length: 1 }] });
const request = vi.fn(async (_name: string, _params: unknown): Promise<unknown> => ({ ok: true }));
beforeEach(() => vi.stubGlobal('window', { hotdeck: { request } }));
afterEach(() => {
  forgetSearch();
  request.mockClear();
  vi.unstubAllGlobals();
});

describe('the next hit', () => {
  const hits = [hit(10), hit(20), hit(30)];
  const all = { hits, first: 0, count: 3 };
  const at = (place: number) => ({ to: 'hit', at: place });
  const near = (line: number) => ({ to: 'page', line });

  it('is the one behind the current one, round and round', () => {
    expect([stepHit(all, 0, 0, true), stepHit(all, 2, 0, true), stepHit(all, 0, 0, false)]).toEqual([
      at(1),
      at(0),
      at(2),
    ]);
  });

  it('is at first the nearest from where one is', () => {
    expect([stepHit(all, null, 15, true), stepHit(all, null, 15, false)]).toEqual([at(1), at(0)]);
    expect([stepHit(all, null, 99, true), stepHit(all, null, 5, false)]).toEqual([at(0), at(2)]);
    expect(stepHit({ hits: [], first: 0, count: 0 }, null, 0, true)).toBeNull();
  });

  it('may be one that was not told about', () => {
    const some = { hits, first: 5, count: 10 };
    expect([stepHit(some, 1, 0, true), stepHit(some, 1, 0, false)]).toEqual([at(2), at(0)]);
    expect([stepHit(some, 2, 0, true), stepHit(some, 0, 0, false)]).toEqual([near(31), near(10)]);
    expect([stepHit(some, null, 5, true), stepHit(some, null, 5, false)]).toEqual([near(5), near(5)]);
    expect([stepHit(some, null, 25, true), stepHit(some, null, 25, false)]).toEqual([at(2), at(1)]);
    expect([stepHit(some, null, 99, true), stepHit(some, null, 99, false)]).toEqual([near(99), near(99)]);
    const last = { hits, first: 7, count: 10 };
    expect([stepHit(last, 2, 0, true), stepHit(last, null, 99, true)]).toEqual([near(0), near(0)]);
    const begin = { hits, first: 0, count: 10 };
    expect(stepHit(begin, 0, 0, false)).toEqual(near(Number.MAX_SAFE_INTEGER));
  });
});
