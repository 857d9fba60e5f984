import { expect, it } from 'vitest';
import { afterCrash } from '../../../main/app/restartPolicy.ts';

/** The delays that a row of crashes leads to; null for giving up. */
function delays(times: readonly number[]): (number | null)[] {
  let crashes: readonly number[] = [];
  return times.map((now) => {
    const verdict = afterCrash(crashes, now);
    if (verdict.kind === 'give-up') return null;
    crashes = verdict.crashes;
    return verdict.afterMs;
  });
}

it('restarts five times, each time later, and gives up at the sixth crash within a minute', () => {
  expect(delays([0, 1000, 2000, 3000, 4000, 5000])).toEqual([100, 200, 400, 800, 1600, null]);
});

it('forgets crashes that are a minute old', () => {
  expect(delays([0, 1000, 2000, 3000, 4000, 60_000])).toEqual([100, 200, 400, 800, 1600, 1600]);
  expect(delays([0, 30_000, 90_000, 150_000])).toEqual([100, 200, 100, 100]);
});
