import { expect, test } from 'vitest';
import { haltedIn, isPendingIn } from '../../../main/engine/process/halted.ts';

test.each([
  ['7 (harbor) T 1 7 7', 'T'],
  ['7 (a) T (b) t 1 7 7', 't'],
  ['7 (T) S 1 7 7', null],
  ['', null],
])('%j', (stat, halted) => {
  expect(haltedIn(stat)).toBe(halted);
});

test('a signal waits where either mask has it', () => {
  const status = (shared: string, own: string): string =>
    `Name:\tharbor\nSigPnd:\t${own}\nShdPnd:\t${shared}\nSigBlk:\t0000000000000002\n`;
  const none = '0000000000000000';
  const interrupt = '0000000000000002';
  expect(isPendingIn(status(interrupt, none), 'SIGINT')).toBe(true);
  expect(isPendingIn(status(none, interrupt), 'SIGINT')).toBe(true);
  expect(isPendingIn(status(none, none), 'SIGINT')).toBe(false);
  expect(isPendingIn(status(interrupt, none), 'SIGHUP')).toBe(false);
});
