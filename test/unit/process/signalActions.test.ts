import { expect, test } from 'vitest';
import type { Signal } from '#shared/contract.ts';
import {
  parseSignalActions,
  readSignalActions,
  type SignalActions,
  shutdownSignal,
} from '../../../main/engine/process/signalActions.ts';

const process_ =
  (caught: readonly Signal[], ignored: readonly Signal[] = []): SignalActions =>
  (signal) =>
    caught.includes(signal) ? 'caught' : ignored.includes(signal) ? 'ignored' : 'default';

test('the masks of /proc/PID/status say what a process does with a signal', () => {
  // SIGHUP (1) ignored; SIGINT (2), SIGQUIT (3) and SIGTERM (15) caught.
  const actionOf = parseSignalActions('Name:\tx\nSigIgn:\t0000000000000001\nSigCgt:\t0000000000004006\n');
  expect(actionOf?.('SIGHUP')).toBe('ignored');
  expect((['SIGINT', 'SIGQUIT', 'SIGTERM'] as const).map((signal) => actionOf?.(signal))).toEqual([
    'caught',
    'caught',
    'caught',
  ]);
  expect(actionOf?.('SIGUSR1')).toBe('default');
  expect(parseSignalActions('Name:\tx\n')).toBeNull();
});

test('reads the masks of this very process', () => {
  const listener = (): void => {};
  process.on('SIGUSR2', listener);
  expect(readSignalActions(process.pid)[0]?.('SIGUSR2')).toBe('caught');
  process.off('SIGUSR2', listener);
  expect(readSignalActions(2 ** 22 + 1)).toEqual([]);
});

test.each<[string, SignalActions[], boolean, Signal]>([
  ['nothing is known', [], false, 'SIGQUIT'],
  ['it listens to it', [process_(['SIGQUIT', 'SIGTERM'])], false, 'SIGQUIT'],
  ['a child of the script does', [process_([]), process_(['SIGQUIT'])], false, 'SIGQUIT'],
  ['only to SIGTERM', [process_(['SIGTERM'])], false, 'SIGTERM'],
  ['to nothing', [process_([])], false, 'SIGTERM'],
  ['only to SIGINT, which would reload', [process_(['SIGINT'])], false, 'SIGTERM'],
  ['only to SIGINT, and there is nothing to reload', [process_(['SIGINT'])], true, 'SIGINT'],
  ['it ignores it', [process_([], ['SIGQUIT', 'SIGTERM', 'SIGINT'])], true, 'SIGQUIT'],
])('%s: chooses the first signal of a shutdown', (_, processes, isStatic, expected) => {
  expect(shutdownSignal('SIGQUIT', isStatic, processes)).toBe(expected);
});
