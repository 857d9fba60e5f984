import { describe, expect, it } from 'vitest';
import { clock, isoDay, timeOfDay } from '#shared/time.ts';

const noon = new Date(2026, 7, 22, 12, 0, 5, 70).getTime();

describe('the time of day', () => {
  it('is as exact as asked for', () => {
    expect(timeOfDay(noon, 'minutes')).toBe('12:00');
    expect(timeOfDay(noon)).toBe('12:00:05');
    expect(timeOfDay(noon, 'milliseconds')).toBe('12:00:05.070');
  });

  it('comes with the date on another day, and with the year in another year', () => {
    expect(clock(noon, noon + 1000)).toBe('12:00:05');
    expect(clock(noon, noon + 86_400_000)).toBe('Aug 22, 12:00:05');
    expect(clock(noon, noon + 400 * 86_400_000)).toBe('Aug 22, 2026, 12:00:05');
  });
});

it('a day can be written so that it sorts', () => {
  expect(isoDay(noon)).toBe('2026-08-22');
  expect(isoDay(new Date(987, 0, 2).getTime())).toBe('0987-01-02');
});
