import { describe, expect, it } from 'vitest';
import { duration, shortTime, span, timeLimit, uptime } from '#shared/duration.ts';

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
    [200_000, '3 m 20 s'],
    [3_720_000, '1 h 2 m'],
    [97_200_000, '1 d 3 h'],
  ])('formats a measured duration of %d ms', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [0, '0.0 ms'],
    [4.08, '4.1 ms'],
    [9.96, '10 ms'],
    [231.4, '231 ms'],
    [1400, '1.4 s'],
  ])('formats a precise duration of %d ms', (ms, text) => expect(shortTime(ms)).toBe(text));

  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 m'],
    [3_599_000, '59 m'],
    [7_800_000, '2 h 10 m'],
    [86_400_000, '1 d'],
    [97_200_000, '1 d 3 h'],
  ])('formats an uptime of %d ms', (ms, text) => expect(uptime(ms)).toBe(text));

  it.each([
    [280, 460, '0.2–0.5 s'],
    [4100, 5200, '4–6 s'],
    [4800, 5000, '4–5 s'],
    [5000, 5000, '5 s'],
    [110_000, 125_000, '1 m 50 s – 2 m 5 s'],
  ])('formats a range from %d to %d ms', (low, high, text) => expect(span(low, high)).toBe(text));

  it.each([
    [300, '300 ms'],
    [1500, '1.5 s'],
    [8000, '8 s'],
    [120_000, '2 m'],
  ])('formats a limit of %d ms', (ms, text) => expect(timeLimit(ms)).toBe(text));
});
