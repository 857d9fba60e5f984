import { describe, expect, it } from 'vitest';
import { clock, count, duration, list, shortTime, uptime } from '../../../../renderer/state/format.ts';

describe('lengths of time', () => {
  it.each([
    [0, '0 ms'],
    [8.2, '8 ms'],
    [99, '99 ms'],
    [412, '0.4 s'],
    [12_345, '12.3 s'],
    [59_949, '59.9 s'],
    [59_950, '1 m'],
    [125_000, '2 m 5 s'],
    [3_720_000, '1 h 2 m'],
  ])('%d ms that were measured', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [0, '0.0 ms'],
    [4.08, '4.1 ms'],
    [9.96, '10 ms'],
    [231.4, '231 ms'],
    [1400, '1.4 s'],
  ])('%d ms that were measured closely', (ms, text) => expect(shortTime(ms)).toBe(text));

  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 m'],
    [3_599_000, '59 m'],
    [7_800_000, '2 h 10 m'],
    [86_400_000, '1 d'],
    [97_200_000, '1 d 3 h'],
  ])('%d ms that go on', (ms, text) => expect(uptime(ms)).toBe(text));
});

describe('the time of day', () => {
  it('comes with the date on another day', () => {
    const noon = new Date(2026, 7, 22, 12, 0, 0).getTime();
    expect(clock(noon, noon + 1000)).toBe('12:00:00');
    expect(clock(noon, noon + 86_400_000)).toBe('Aug 22, 12:00:00');
    expect(clock(noon, noon + 400 * 86_400_000)).toBe('Aug 22, 2026, 12:00:00');
  });
});

describe('words', () => {
  it('count', () => {
    expect(count(1, 'crate')).toBe('1 crate');
    expect(count(0, 'crate')).toBe('0 crates');
    expect(count(1234, 'file was', 'files were')).toBe('1,234 files were');
  });

  it('list', () => {
    expect(list([])).toBe('');
    expect(list(['api'])).toBe('api');
    expect(list(['api', 'admin', 'router'])).toBe('api, admin and router');
  });
});
