/** The reloads as they are recorded, against the server's own log and its memory. */
import { expect } from 'vitest';
import type { HistoryRecord, ReloadRecord } from '#shared/contract.ts';
import type { Play } from './play.ts';
import { type LogLine, lineOf, movesIn } from './serverLog.ts';
import { expectSoon, ROUNDED } from './times.ts';

interface Expected {
  verdict: ReloadRecord['verdict'];
  /** Top-down. */
  unload: string[];
  /** Which edits of the play are behind it: the place of the first. */
  edit: number;
}

export function checkReloads(
  kept: readonly HistoryRecord[],
  { seen, held: heldUp }: Play,
  lives: readonly LogLine[][],
  expected: readonly Expected[],
): void {
  const records = kept.filter((each) => each.kind === 'reload');
  const edits = kept.filter((each) => each.kind === 'edit');
  const steps: { was: number; recorded: number }[] = [];
  const answers: typeof steps = [];
  const signals: typeof steps = [];
  expect(records.map(({ number, verdict }) => [number, verdict])).toEqual(
    expected.map(({ verdict }, i) => [i + 1, verdict]),
  );
  for (const [i, record] of records.entries()) {
    const { verdict = 'swapped', unload = [], edit = 0 } = expected[i] ?? {};
    const { from = 0, to = 0, brought = [] } = seen.reloads[i] ?? {};
    const died = verdict === 'crashed';
    expect(record).toMatchObject({
      cause: 'reload',
      evidence: 'maps',
      plan: { unload, load: unload.toReversed(), restart: [], leftBehind: [] },
      files: edits[edit]?.files,
      saved: edits[edit]?.at,
      swapped: brought.map((library) => `depot_${library}`),
      stayed: [],
      deviations: [],
      disagreements: [],
    });
    expect(record.swapped).toEqual(died ? [] : unload.toReversed());

    // What the server said from the signal to the end, and nothing else, is its part of the log.
    const life = lives.find((lines) => (lines[0]?.at ?? 0) < to && (lines.at(-1)?.at ?? 0) >= from) ?? [];
    const said = life.slice(record.line ?? 0, record.endLine ?? 0);
    const signal = said[0]?.at ?? 0;
    expect(said[0]?.message).toBe('Received SIGINT');
    expect(said.at(-1)?.message).toMatch(died ? /^Module unloading/ : /^Listening on/);
    if (died) expect(said.at(-1)).toBe(life.at(-1));
    expect(record.at).toBeGreaterThanOrEqual(from - ROUNDED);
    signals.push({ was: record.at, recorded: signal });
    expect(record.at + record.took).toBeLessThanOrEqual(to + ROUNDED);

    // What went and came, in the order in which the server says so; what it died over may not have been seen.
    const moves = movesIn(said);
    const seenMoves = record.steps.map(({ module, step }) => `${module} ${step}`);
    expect(seenMoves).toEqual(moves.map(({ move }) => move).slice(0, died ? seenMoves.length : moves.length));
    for (const [j, { at }] of record.steps.entries()) {
      steps.push({ was: moves[j]?.at ?? 0, recorded: record.at + at });
      expect(at).toBeGreaterThanOrEqual(record.steps[j - 1]?.at ?? 0);
      expect(at).toBeLessThanOrEqual(record.took + ROUNDED);
    }
    expect(record.drain).toBe(record.steps[0]?.at ?? null);
    if (died) {
      expect(record).toMatchObject({ firstAnswer: null, message: expect.stringContaining('SIGSEGV') });
      const crash = kept.find(
        (each) => each.kind === 'server' && each.event === 'crash' && each.at >= signal,
      );
      expect(crash?.at).toBe(record.at + record.took);
    } else {
      answers.push({
        was: lineOf(said, /^Listening on/).at,
        recorded: record.at + (record.firstAnswer ?? Number.NaN),
      });
      expect(record.took).toBeGreaterThanOrEqual((record.firstAnswer ?? Number.NaN) - ROUNDED);
      const others = Object.entries(record.modules).filter(([, state]) => state !== 'pinned');
      expect(others.filter(([, state]) => state !== 'loaded')).toEqual([]);
    }
  }
  const held = heldUp();
  expectSoon('The signal of a reload', signals, { held });
  // A module is there for the maps before its code says so, by what it takes the linker to get that far.
  expectSoon('A step of a reload', steps, { held, rounded: 10 });
  expectSoon('That it serves again', answers, { held });
}
