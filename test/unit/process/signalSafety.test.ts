/** What a signal would do to a process, as /proc says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { blockedIn, signalSafety, signalTarget } from '../../../main/engine/process/signalSafety.ts';
import { noticeOfUnsent } from '../../../main/engine/session/notices/signalNotices.ts';

/** A program that does this with its signals; resolves when it has said that it did. */
async function program(code: string): Promise<number> {
  const child = spawn('python3', [
    '-c',
    `import signal, sys, time\n${code}\nprint("on", flush=True)\ntime.sleep(60)`,
  ]);
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

test('a handler takes it, and what has none dies of it', async () => {
  const pid = await program(
    'signal.signal(signal.SIGHUP, lambda *_: None)\nsignal.signal(signal.SIGINT, signal.SIG_DFL)',
  );
  expect(signalSafety(pid, 'SIGHUP')).toEqual({ fate: 'taken', taken: ['SIGHUP'] });
  expect(signalSafety(pid, 'SIGINT')).toEqual({ fate: 'fatal', taken: ['SIGHUP'] });
});

test('a signal that is ignored does nothing', async () => {
  const pid = await program('signal.signal(signal.SIGINT, signal.SIG_IGN)');
  expect(signalSafety(pid, 'SIGINT').fate).toBe('ignored');
});

test('a thread that waits for it takes it: it is blocked in all of them', async () => {
  const pid = await program('signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])');
  expect(signalSafety(pid, 'SIGUSR1').fate).toBe('taken');
  expect(signalSafety(pid, 'SIGUSR2').fate).toBe('fatal');
});

test('one thread that blocks it is not enough', () => {
  const statuses = (...masks: string[]): string[] => masks.map((mask) => `Name:\tx\nSigBlk:\t${mask}\n`);
  expect(blockedIn(statuses('0000000000000200', '0000000000000200'))('SIGUSR1')).toBe(true);
  expect(blockedIn(statuses('0000000000000200', '0000000000000000'))('SIGUSR1')).toBe(false);
  expect(blockedIn([])('SIGUSR1')).toBe(false);
});

test('of a process that is gone nothing is known', () => {
  expect(signalSafety(2 ** 22 + 1, 'SIGINT')).toEqual({ fate: 'unknown', taken: [] });
});

test('it goes to the group, but not where that would end a program in between', async () => {
  const deadly = await program('signal.signal(signal.SIGINT, signal.SIG_DFL)');
  const careful = await program('signal.signal(signal.SIGINT, lambda *_: None)');
  expect(signalTarget('SIGINT', 7, 7, true)).toBe(-7);
  expect(signalTarget('SIGINT', careful, 9, true)).toBe(-careful);
  expect(signalTarget('SIGINT', deadly, 9, true)).toBe(9);
  // A signal without a key is for the process that serves, not for the script before it.
  expect(signalTarget('SIGHUP', careful, 9, false)).toBe(9);
});

test('what is not sent is said, with the signals that the server takes', () => {
  expect(noticeOfUnsent('SIGINT', { fate: 'taken', taken: ['SIGINT'] })).toBeNull();
  expect(noticeOfUnsent('SIGINT', { fate: 'unknown', taken: [] })).toBeNull();
  expect(noticeOfUnsent('SIGINT', { fate: 'fatal', taken: ['SIGHUP', 'SIGUSR1'] })).toMatchObject({
    message: 'SIGINT would end the server: it does not catch that signal. Nothing was sent.',
    remedy:
      'It takes SIGHUP and SIGUSR1. If one of them makes it reload, name it in hotdeck.json: "reload": "SIGHUP".',
    actions: ['send-anyway'],
  });
  expect(noticeOfUnsent('SIGINT', { fate: 'ignored', taken: [] })).toMatchObject({
    message: 'The server ignores SIGINT, so it would not reload. Nothing was sent.',
    actions: [],
  });
});
