import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { AppRunner } from '../../../main/dev/appRunner.ts';

/** Programs in place of the app: real processes that run until they get a signal. */
function programs(command: string): { runner: AppRunner; started: ChildProcess[] } {
  const started: ChildProcess[] = [];
  const runner = new AppRunner(() => {
    const child = spawn('sh', ['-c', command], { stdio: 'ignore' });
    started.push(child);
    return child;
  });
  onTestFinished(() => {
    for (const child of started) child.kill('SIGKILL');
  });
  return { runner, started };
}

it('runs one app at a time, however fast builds follow each other', async () => {
  const { runner, started } = programs('exec sleep 60');
  runner.restart();
  runner.restart();
  runner.restart();
  const [first] = started;
  if (first === undefined) throw new Error('Nothing was started.');
  await once(first, 'exit');
  await expect.poll(() => started.length).toBe(2);
  runner.end();
  expect(await runner.ended).toEqual({ ok: true, code: 0 });
  expect(started.map((child) => child.exitCode === null && child.signalCode === null)).toEqual([
    false,
    false,
  ]);
});

it('is over when the app is closed, with its exit code', async () => {
  const { runner } = programs('exit 3');
  runner.restart();
  expect(await runner.ended).toEqual({ ok: true, code: 3 });
});

it('starts nothing once it is to end', async () => {
  const { runner, started } = programs('exec sleep 60');
  runner.end();
  expect(await runner.ended).toEqual({ ok: true, code: 0 });
  runner.restart();
  expect(started).toEqual([]);
});
