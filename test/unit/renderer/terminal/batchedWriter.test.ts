import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { batchedWriter } from '../../../../renderer/terminal/batchedWriter.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A terminal that reads each lot when it is told to. */
function terminal() {
  const lots: string[] = [];
  const reading: (() => void)[] = [];
  const pace = batchedWriter((text, done) => {
    lots.push(text);
    reading.push(done);
  });
  return { pace, lots, read: () => reading.shift()?.() };
}

const flood = 'x'.repeat(20_000);

test('a little text is written at once, also just after other text', () => {
  const { pace, lots, read } = terminal();
  pace.push('a');
  read();
  pace.push('b');
  expect(lots).toEqual(['a', 'b']);
});

test('what comes while the terminal reads goes in one lot, in order', () => {
  const { pace, lots, read } = terminal();
  for (const text of ['a', 'b', 'c', 'd']) pace.push(text);
  expect(lots).toEqual(['a']);
  read();
  expect(lots).toEqual(['a', 'bcd']);
});

test('after a large lot the next one waits, and takes everything that came meanwhile', () => {
  const { pace, lots, read } = terminal();
  pace.push(flood);
  read();
  pace.push('b');
  pace.push(flood);
  expect(lots).toHaveLength(1);
  vi.advanceTimersByTime(100);
  expect(lots).toEqual([flood, `b${flood}`]);
});

test('a terminal that reads for longer than a lot may take is not kept waiting', () => {
  const { pace, lots, read } = terminal();
  pace.push(flood);
  vi.advanceTimersByTime(100);
  pace.push('b');
  expect(lots).toHaveLength(1);
  read();
  expect(lots).toEqual([flood, 'b']);
});

test('a flush writes what waits, and nothing twice', () => {
  const { pace, lots, read } = terminal();
  pace.push(flood);
  read();
  pace.push('b');
  pace.flush();
  expect(lots).toEqual([flood, 'b']);
  read();
  vi.runAllTimers();
  expect(lots).toHaveLength(2);
});

test('nothing is written after the end', () => {
  const { pace, lots, read } = terminal();
  pace.push(flood);
  read();
  pace.push('b');
  pace.close();
  vi.runAllTimers();
  expect(lots).toEqual([flood]);
});
