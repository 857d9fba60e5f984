import { describe, expect, it } from 'vitest';
import {
  dayNumber,
  dayText,
  localTime,
  sinceStart,
  timeText,
  utcTime,
  writtenTime,
} from '../../../../renderer/log/recordTimes.ts';

const at = Date.UTC(2026, 10, 23, 14, 3, 11, 7);
const silent = { time: null, arrived: at, raw: 'no time here' };
const timed = { time: at, arrived: at + 5000, raw: '\x1b[2m2026-11-23T14:03:11.007123Z\x1b[0m INFO x' };

describe('the time of a record', () => {
  it('is the one it names, and that of its arrival where it names none', () => {
    expect(timeText(timed, 'utc', 0, 0)).toEqual({ text: '14:03:11.007Z', arrival: false });
    expect(timeText(silent, 'utc', 0, 0)).toEqual({ text: '14:03:11.007Z', arrival: true });
    expect(timeText(timed, 'local', 0, 0).text).toBe(localTime(at));
  });

  it('as written is the program’s own text, or nothing', () => {
    expect(timeText(timed, 'written', 0, 0).text).toBe('2026-11-23T14:03:11.007123Z');
    expect(timeText(silent, 'written', 0, 0)).toEqual({ text: '', arrival: false });
  });

  it.each([
    ['[2026-11-23 14:03:11,5 +0100] x', '2026-11-23 14:03:11,5 +0100'],
    ['{"timestamp":"2026-11-23T14:03:11Z"}', '2026-11-23T14:03:11Z'],
    [`${'x'.repeat(300)}2026-11-23T14:03:11Z`, null],
    ['2026-11-23', null],
  ])('is found in %s', (raw, text) => expect(writtenTime(raw)).toBe(text));

  it('ago goes by now', () => {
    expect(timeText(timed, 'ago', 0, at + 90_000).text).toBe('1 m ago');
    expect(timeText(timed, 'ago', 0, at - 5).text).toBe('now');
  });

  it.each([
    [0, '+0.000'],
    [1234.4, '+1.234'],
    [999.6, '+1.000'],
    [59_999.7, '+1:00.000'],
    [61_007, '+1:01.007'],
    [3_661_007, '+1:01:01.007'],
    [36_000_000, '+10:00:00.000'],
    [-250, '-0.250'],
  ])('%d ms into the run is %s', (ms, text) => expect(sinceStart(ms)).toBe(text));

  it('in UTC does not depend on where one is', () => {
    expect(utcTime(at)).toBe('14:03:11.007Z');
    expect(dayText(at, 'utc')).toBe('Mon, Nov 23, 2026');
  });
});

describe('days', () => {
  it('change at midnight, there or here', () => {
    const midnight = Date.UTC(2026, 10, 24);
    expect(dayNumber(midnight, 'utc')).toBe((dayNumber(midnight - 1, 'utc') ?? 0) + 1);
    const here = new Date(2026, 10, 24).getTime();
    expect(dayNumber(here, 'local')).toBe((dayNumber(here - 1, 'local') ?? 0) + 1);
    expect(dayNumber(here, 'local')).toBe(dayNumber(here + 3_600_000, 'local'));
  });

  it('are not told where the form names them or needs none', () => {
    for (const form of ['written', 'run', 'ago'] as const) expect(dayNumber(at, form)).toBeNull();
  });
});
