import { expect, it } from 'vitest';
import { list, listSome } from '#shared/list.ts';

it.each([
  [[], ''],
  [['api'], 'api'],
  [['api', 'admin'], 'api and admin'],
  [['api', 'admin', 'router'], 'api, admin and router'],
])('%j are joined as a sentence does', (names, text) => expect(list(names)).toBe(text));

it('alternatives are joined by "or"', () => {
  expect(list(['a', 'b', 'c'], 'or')).toBe('a, b or c');
});

it('of many names the first are written and the others counted', () => {
  expect(listSome(['a', 'b'], 2)).toBe('a and b');
  expect(listSome(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
  expect(listSome(['a', 'b', 'c'], 1)).toBe('a and 2 more');
});
