import { expect, test } from 'vitest';
import { byName, linkedTo, namesOf, neededBy } from '../../../main/engine/elf/linkage.ts';

const file = (name: string, needed: string[] = [], soname: string | null = null) => ({
  names: namesOf(`/lib/${name}`, soname),
  needed,
});

test('a file has two names at most', () => {
  expect(namesOf('/a/libx.so', null)).toEqual(['libx.so']);
  expect(namesOf('/a/libx.so', 'libx.so')).toEqual(['libx.so']);
  expect(namesOf('/a/libx.so.1.2', 'libx.so.1')).toEqual(['libx.so.1.2', 'libx.so.1']);
});

test('needs are found by either name, by path, and through each other; circles come to an end', () => {
  const top = file('libtop.so', ['/target/debug/libmiddle.so', 'libnowhere.so']);
  const middle = file('libmiddle.so', ['liblow.so.1', 'libtop.so']);
  const low = file('liblow.so.1.2', [], 'liblow.so.1');
  const known = byName([top, middle, low]);
  expect(linkedTo(top, known)).toEqual([middle]);
  expect([...neededBy(top, known)]).toEqual([middle, low, top]);
});
