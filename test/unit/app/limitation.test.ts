import { expect, it } from 'vitest';
import { limitation } from '../../../main/app/limitation.ts';

it('is none on Linux with glibc', () => {
  expect(limitation({ platform: 'linux', glibc: '2.36' })).toBeNull();
});

it.each([
  ['linux', null, 'musl'],
  ['darwin', null, 'macOS'],
  ['win32', null, 'Windows'],
  ['freebsd', null, 'Linux'],
])('on %s without glibc says what is missing and what works', (platform, glibc, word) => {
  const sentence = limitation({ platform, glibc });
  expect(sentence).toContain(word);
  expect(sentence).toContain('work as usual');
});
