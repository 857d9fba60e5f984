import { expect, it } from 'vitest';
import { count, number, plural, shortCount } from '#shared/count.ts';

it('things are counted in figures', () => {
  expect(count(1, 'crate')).toBe('1 crate');
  expect(count(0, 'crate')).toBe('0 crates');
  expect(count(1234, 'file was', 'files were')).toBe('1,234 files were');
});

it('a word follows its number', () => {
  expect(plural(1, 'is', 'are')).toBe('is');
  expect(plural(0, 'is', 'are')).toBe('are');
  expect(plural(2, 'module')).toBe('modules');
});

it('a number has separators', () => {
  expect(number(1_234_567)).toBe('1,234,567');
});

it.each([
  [999, '999'],
  [1200, '1.2k'],
  [33_400, '33k'],
  [999_499, '999k'],
  [999_500, '1.0M'],
  [56_000_000, '56M'],
])('%d is %s where there is little room', (n, text) => expect(shortCount(n)).toBe(text));
