import { execFileSync } from 'node:child_process';
import { spawn } from 'node-pty';
import { expect, onTestFinished, test } from 'vitest';
import { hasSignalKey, isSignalKey, terminalOf } from '../../../main/engine/process/terminalKeys.ts';

const CTRL_C = '\x03';

/** A program in a terminal of its own that has set that up; resolves when it has. */
async function inTerminal(setUp: string): Promise<number> {
  const pty = spawn('/bin/sh', ['-c', `${setUp}; echo done; exec sleep 60`], {});
  onTestFinished(() => pty.kill('SIGKILL'));
  await new Promise<void>((resolve) => {
    let text = '';
    pty.onData((data) => {
      text += data;
      if (text.includes('done')) resolve();
    });
  });
  return pty.pid;
}

test('Ctrl+C is a signal as terminals come, and none where the program holds its own raw', async () => {
  expect(await isSignalKey(await inTerminal('true'), CTRL_C)).toBe(true);
  expect(await isSignalKey(await inTerminal('stty -isig'), CTRL_C)).toBe(false);
  expect(await isSignalKey(await inTerminal('stty intr ^X'), CTRL_C)).toBe(false);
});

test('without a terminal nothing is known', async () => {
  expect(terminalOf('1 (a) b) S 0 1 1 0 -1 0')).toBeNull();
  expect(terminalOf('1 (a) b) S 0 1 1 34819 1 0')).toBe('/dev/pts/3');
  expect(await isSignalKey(2 ** 22 + 1, CTRL_C)).toBeNull();
});

test('what stty says, as it says it here', () => {
  expect(hasSignalKey('intr = ^C; quit = ^\\; isig icanon', '\x03')).toBe(true);
  expect(hasSignalKey('intr = ^C; quit = ^\\; isig icanon', '\x1c')).toBe(true);
  expect(hasSignalKey('intr = <undef>; quit = ^\\; isig', '\x03')).toBe(false);
  expect(execFileSync('stty', ['--version']).toString()).toContain('stty');
});
