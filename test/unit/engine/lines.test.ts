import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stripAnsi } from '#shared/ansi.ts';
import { LineSplitter, linesSince } from '../../../main/engine/lineSplitter.ts';

test('lines come out whole however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z \n\r]{0,12}$/)), (chunks) => {
      const splitter = new LineSplitter();
      const lines = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.flush()];
      const whole = chunks.join('').split('\n');
      const rest = whole.pop() ?? '';
      const expected = whole.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
      expect(lines).toEqual(rest === '' ? expected : [...expected, rest]);
    }),
  );
});

test('a line without an end is cut before it eats the memory', () => {
  const splitter = new LineSplitter();
  expect(splitter.push('x'.repeat(70_000))).toHaveLength(1);
  expect(splitter.flush()).toEqual([]);
});

test('colors are taken off', () => {
  expect(stripAnsi('\x1b[2m2025\x1b[0m \x1b[32m INFO\x1b[0m depot: Listening on [1]')).toBe(
    '2025  INFO depot: Listening on [1]',
  );
});

test.each([
  [['a', 'b'], ['a', 'b'], []],
  [['a', 'b'], ['b', 'c'], ['c']],
  [['a', 'a'], ['a', 'a', 'b'], ['b']],
  [['a', 'b', 'a'], ['a', 'x'], ['x']],
  [['a'], ['b', 'c'], ['b', 'c']],
  [[], ['a'], ['a']],
  [['a'], [], []],
])('since %j there is new in %j: %j', (before, now, since) => {
  expect(linesSince(before, now)).toEqual(since);
});
