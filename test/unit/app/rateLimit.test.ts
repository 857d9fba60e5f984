import { expect, it } from 'vitest';
import { createRateLimit } from '../../../main/app/rateLimit.ts';

it('lets a burst through, then so many a second', () => {
  const allow = createRateLimit(10, 5);
  const passed = (times: number, now: number) =>
    Array.from({ length: times }, () => allow(now)).filter(Boolean).length;
  expect(passed(50, 0)).toBe(10);
  expect(passed(50, 1000)).toBe(5);
  expect(passed(50, 1100)).toBe(0);
  expect(passed(50, 60_000)).toBe(10);
});

it('is not upset by a clock that goes back', () => {
  const allow = createRateLimit(2, 1);
  expect([allow(5000), allow(1000), allow(1000)]).toEqual([true, true, false]);
});
