import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { LogFilter, LogRecord, QuestionParams } from '#shared/contract.ts';
import { LogReader, type ReaderState } from '../../../../renderer/log/logReader.ts';
import { answer, everything, record, recordsOf } from './records.ts';

const ones = (n: number) => recordsOf(Array.from({ length: n }, () => 1));

/** A run that can grow, and a reader of it. */
function reading(records: LogRecord[], reach?: number) {
  const asked: QuestionParams<'readLog'>[] = [];
  const states: ReaderState[] = [];
  const reader = new LogReader(
    {
      run: 'a run',
      ask: async (params) => {
        asked.push(params);
        if (params.filter.pattern?.text === '(') {
          return { ok: false, failure: { kind: 'search-pattern', message: 'no pattern', remedy: null } };
        }
        return answer(records, params, reach);
      },
      onState: (state) => states.push(state),
    },
    everything,
  );
  const settled = async () => {
    while (reader.state.busy !== 'no') await new Promise((resolve) => setImmediate(resolve));
  };
  const opened = async (filter: LogFilter = everything, at: number | null = null) => {
    reader.open(filter, at);
    await settled();
  };
  const lines = () => reader.state.pages?.records.map(({ line }) => line) ?? [];
  const last = () => lines().at(-1);
  return { reader, records, asked, states, settled, opened, lines, last };
}

const only = (text: string): LogFilter => ({
  ...everything,
  pattern: { text, regex: false, caseSensitive: false },
});

describe('the reader of a log', () => {
  it('begins at the end, and goes up page by page to the beginning', async () => {
    const run = reading(ones(450));
    await run.opened();
    expect(run.last()).toBe(449);
    expect(run.lines()).toHaveLength(200);
    for (const n of [400, 450, 450]) {
      run.reader.older();
      await run.settled();
      expect(run.lines()).toHaveLength(n);
    }
    expect(run.reader.state.pages?.before).toBeNull();
  });

  it('begins at a line with what is around it, and goes down to the end', async () => {
    const run = reading(ones(900));
    await run.opened(everything, 300);
    expect(run.reader.state).toMatchObject({ at: 300, opened: 1 });
    expect(run.lines()).toContain(300);
    expect(run.lines()).toEqual(run.lines().map((_, i) => 101 + i));
    run.reader.newer();
    await run.settled();
    expect(run.last()).toBe(899);
    expect(run.reader.state.pages?.atEnd).toBe(true);
  });

  it('goes on where an answer is empty and yet not the last', async () => {
    const run = reading(
      ones(1000).map((each) => (each.line % 300 === 7 ? { ...each, message: 'rare' } : each)),
      50,
    );
    await run.opened(only('rare'));
    expect(run.lines()).toEqual([7, 307, 607, 907]);
    expect(run.reader.state.pages?.before).toBeNull();
  });

  it('reads what comes while it follows, and a last record that gets longer', async () => {
    const run = reading(recordsOf([1, 1, 2]));
    await run.opened();
    run.reader.follow(true);
    run.records[2] = record(2, { lines: 3 });
    run.records.push(...recordsOf([1, 1], 5));
    run.reader.grow(7);
    await vi.waitFor(() => expect(run.lines()).toEqual([0, 1, 2, 5, 6]));
    expect(run.reader.state.pages?.records[2]?.lines).toBe(3);
    expect(run.reader.state.opened).toBe(1);
  });

  it('reads nothing new while it does not follow, and catches up when it does', async () => {
    const run = reading(ones(100));
    await run.opened();
    run.records.push(...recordsOf([1, 1], 100));
    run.reader.grow(102);
    const before = run.asked.length;
    await run.settled();
    expect(run.asked).toHaveLength(before);
    run.reader.follow(true);
    await vi.waitFor(() => expect(run.last()).toBe(101));
  });

  it('skips what it can’t keep up with, without beginning again', async () => {
    const run = reading(ones(100));
    await run.opened();
    run.reader.follow(true);
    for (let line = 100; line < 20_000; line += 1) run.records.push(record(line));
    run.reader.grow(20_000);
    await vi.waitFor(() => expect(run.last()).toBe(19_999));
    expect(run.reader.state.opened).toBe(1);
    expect(run.lines().length).toBeLessThan(1000);
    expect(run.asked.length).toBeLessThan(6);
  });

  it('keeps what it has where the wanted pattern is none', async () => {
    const run = reading(ones(30));
    await run.opened();
    await run.opened(only('('));
    expect(run.reader.state).toMatchObject({ badPattern: { kind: 'search-pattern' }, failure: null });
    expect(run.lines()).toHaveLength(30);
    expect(run.reader.state.filter).toEqual(everything);
    await run.opened(only('message 3'));
    expect(run.reader.state.badPattern).toBeNull();
    expect(run.lines()).toEqual([3]);
  });

  it('lets the latest wish count where wishes come fast', async () => {
    const run = reading(ones(50));
    run.reader.open(only('message 1'), null);
    run.reader.open(only('message 2'), null);
    run.reader.open(only('message 33'), null);
    await run.settled();
    expect(run.lines()).toEqual([33]);
    expect(run.reader.state.opened).toBe(1);
  });

  it('says why it can’t read, and can try again', async () => {
    let fails = true;
    const reader = new LogReader(
      {
        run: 'gone',
        ask: async (params) => {
          if (fails) throw new Error('the engine is away');
          return answer(ones(3), params);
        },
        onState: () => {},
      },
      everything,
    );
    reader.open(everything, null);
    await vi.waitFor(() => expect(reader.state.failure?.message).toContain('the engine is away'));
    fails = false;
    reader.open(everything, null);
    await vi.waitFor(() => expect(reader.state.pages?.records).toHaveLength(3));
    expect(reader.state.failure).toBeNull();
  });

  it('asks nothing after it was closed', async () => {
    const run = reading(ones(500));
    run.reader.open(everything, null);
    run.reader.close();
    await Promise.resolve();
    expect(run.asked).toHaveLength(1);
    expect(run.states.at(-1)?.pages ?? null).toBeNull();
  });

  it('never leaves out nor repeats a record, however it is moved about', async () => {
    const step = fc.oneof(
      fc.constant('older' as const),
      fc.constant('newer' as const),
      fc.constant('grow' as const),
      fc.nat({ max: 1500 }),
    );
    const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 500 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.array(step, { maxLength: 8 }), async (sizes, steps) => {
        const run = reading(recordsOf(sizes), 70);
        await run.opened();
        for (const each of steps) {
          if (each === 'older') run.reader.older();
          else if (each === 'newer') run.reader.newer();
          else if (each === 'grow') {
            const last = run.records.at(-1);
            run.records.push(record(last === undefined ? 0 : last.line + last.lines));
          } else run.reader.open(everything, each);
          await run.settled();
          const held = run.lines();
          const from = run.records.findIndex(({ line }) => line === held[0]);
          expect(held).toEqual(run.records.slice(from, from + held.length).map(({ line }) => line));
        }
      }),
      { numRuns: 40 },
    );
  });
});
