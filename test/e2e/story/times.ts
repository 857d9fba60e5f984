/** How well what is recorded fits what was seen otherwise. All in ms. */
import { expect } from 'vitest';

/** Clocks are read in whole ms, and both sides may round. */
export const ROUNDED = 2;
/** Nothing is told later than this: the time of something else would be as far off. */
export const WORST = 1_000;
/** The best of several is told as soon as this: what keeps all of them waiting is no accident. */
const SOON = 60;

interface Bounds {
  /** How long this process itself had to wait for its turn, at the most but for one in a hundred times. */
  held: number;
  rounded?: number;
}

/** Each of these moments was recorded after it was, and none much later. */
export function expectSoon(
  what: string,
  pairs: readonly { was: number; recorded: number }[],
  { held, rounded = ROUNDED }: Bounds,
): void {
  expect(pairs.length, what).toBeGreaterThan(0);
  const late = pairs.map(({ was, recorded }) => Math.round((recorded - was) * 10) / 10);
  const told = `${what} was recorded so late (ms): ${late.join(', ')}`;
  expect(Math.min(...late), told).toBeGreaterThanOrEqual(-rounded);
  expect(Math.min(...late), told).toBeLessThanOrEqual(SOON + held);
  expect(Math.max(...late), told).toBeLessThanOrEqual(WORST + 10 * held);
}

/** `14:03:11`, here. */
export const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);

/** As a row of the list says how long something took. */
export const span = (ms: number): string =>
  ms < 100 ? `${Math.round(ms)} ms` : `${(Math.round(ms / 100) / 10).toFixed(1)} s`;
