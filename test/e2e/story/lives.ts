/** The lives of the server as they are recorded, against its own log and the kernel. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { HistoryRecord, ServerRecord } from '#shared/contract.ts';
import { firstDifference, storedBytes } from '../../support/logs.ts';
import type { Play } from './play.ts';
import { type LogLine, lineOf, pidOf } from './serverLog.ts';
import { expectSoon, ROUNDED } from './times.ts';

/** The kernel counts in ticks of 10 ms, and so it does the time since it was started. */
const TICKS = 30;
/** So many of its last lines are kept of a crash. */
const LAST_LINES = 12;

const ENDS: readonly ServerRecord['event'][] = ['stop', 'crash'];

/** How each life ended: `0`, or a signal. */
export async function checkLives(
  kept: readonly HistoryRecord[],
  { seen, data, log, held: heldUp }: Play,
  lives: readonly LogLine[][],
  ended: readonly (number | NodeJS.Signals)[],
): Promise<void> {
  const records = kept.filter((each) => each.kind === 'server');
  const starts = records.filter(({ event }) => event === 'start');
  const readies = records.filter(({ event }) => event === 'ready');
  const ends = records.filter(({ event }) => ENDS.includes(event));

  const pids = seen.lives.map(({ pid }) => pid);
  expect(lives.map(pidOf)).toEqual(pids);
  for (const each of [starts, readies, ends]) expect(each.map(({ pid }) => pid)).toEqual(pids);
  expect(ends.map(({ code, signal }) => signal ?? code)).toEqual(ended);
  expect(ends.map(({ event }) => event)).toEqual(
    ended.map((how) => (typeof how === 'number' ? 'stop' : 'crash')),
  );

  const held = heldUp();
  // When they were started, by the kernel; served, by their word; and ended, by their last one or whoever killed them.
  const first = seen.lives.map(({ began }) => began);
  const served = lives.map((lines) => lineOf(lines.slice(0, LAST_LINES), /^Listening on/).at);
  const [kill] = seen.kills;
  const last = lives.map((lines, i) => (ended[i] === 'SIGABRT' ? kill?.from : lines.at(-1)?.at) ?? 0);
  const against = (was: readonly number[], each: readonly ServerRecord[]) =>
    each.map(({ at }, i) => ({ was: was[i] ?? Number.NaN, recorded: at }));
  expectSoon('A start', against(first, starts), { held, rounded: TICKS });
  expectSoon('A server that serves', against(served, readies), { held });
  expectSoon('The end of a server', against(last, ends), { held });
  for (const [i, { asked }] of seen.lives.entries())
    expect(starts[i]?.at).toBeGreaterThanOrEqual(asked - ROUNDED);
  for (const [i, { at }] of starts.entries()) {
    expect(readies[i]?.life).toBe((readies[i]?.at ?? 0) - at);
    expect(ends[i]?.life).toBe((ends[i]?.at ?? 0) - at);
  }

  // Every byte that it wrote is there, in the run of its life, and of a crash its last lines are.
  const runs = await Promise.all(starts.map(({ run }) => storedBytes(data, run)));
  expect(firstDifference(Buffer.concat(runs), await readFile(log), '')).toBeNull();
  for (const [i, lines] of lives.entries()) {
    expect([readies[i]?.run, ends[i]?.run]).toEqual([starts[i]?.run, starts[i]?.run]);
    expect(ends[i]?.endLine).toBe(lines.length);
    const words = ends[i]?.event === 'crash' ? lines.slice(-LAST_LINES).map(({ text }) => text) : [];
    expect(ends[i]?.lines).toEqual(words);
  }
}
