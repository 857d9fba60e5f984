import { expect, test } from 'vitest';
import { startReloadCommand } from '../../../main/engine/process/reloadCommand.ts';
import { groupIsAlive } from '../../support/processes.ts';

async function ran(
  command: readonly string[],
  timeout = 10_000,
): Promise<{ failure: string | null; output: string }> {
  let output = '';
  const { done } = startReloadCommand({
    command,
    pid: 4711,
    cwd: '/tmp',
    env: { PATH: process.env.PATH ?? '', OWN: 'of the server' },
    timeout,
    onOutput: (text) => {
      output += text;
    },
  });
  return { failure: await done, output };
}

test('runs with the server’s environment, its process, and arguments as they are', async () => {
  const { failure, output } = await ran([
    'sh',
    '-c',
    'echo "$1 $HOTDECK_SERVER_PID $OWN $(pwd)"',
    'sh',
    'kill {pid}; $HOME',
  ]);
  expect({ failure, output }).toEqual({
    failure: null,
    output: 'kill 4711; $HOME 4711 of the server /tmp\n',
  });
});

test('tells how it failed, with its last word', async () => {
  expect((await ran(['sh', '-c', 'echo first; echo "no such host" >&2; exit 3'])).failure).toBe(
    'ended with exit code 3: no such host',
  );
  expect((await ran(['sh', '-c', 'kill -TERM $$'])).failure).toBe('ended with SIGTERM');
  expect((await ran(['/no/such/program'])).failure).toMatch(/^can't be started: .*ENOENT/);
});

test('is ended with all that it started when it takes too long', async () => {
  const { failure, output } = await ran(['sh', '-c', 'echo $$; sleep 60 & sleep 60'], 300);
  expect(failure).toMatch(/^did not end within 300 ms and was stopped/);
  expect(groupIsAlive(Number(output.trim()))).toBe(false);
});
