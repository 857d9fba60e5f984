import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { engineLine } from '#shared/logLevel.ts';
import { logEngineOutput } from '../../../main/app/engineOutput.ts';
import { keepLogIn, logAt } from '../../../main/app/log.ts';

let folder: string;
let stderr: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotdeck-log-'));
  stderr = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += String(chunk);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Says something at each level; gives the levels that reached stderr and the file. */
function said(wanted: string | undefined): { stderr: string[]; file: string[] } {
  vi.stubEnv('HOTDECK_LOG', wanted);
  const file = keepLogIn(folder);
  for (const level of ['error', 'warn', 'info', 'debug'] as const) logAt(level, `this is ${level}`);
  file.close();
  const levels = (text: string) => [...text.matchAll(/this is (\w+)/g)].flatMap(([, level]) => level ?? []);
  return { stderr: levels(stderr), file: levels(readFileSync(join(folder, 'hotdeck.log'), 'utf8')) };
}

it.each([
  [undefined, ['error', 'warn'], ['error', 'warn', 'info']],
  ['nonsense', ['error', 'warn'], ['error', 'warn', 'info']],
  ['error', ['error'], ['error']],
  ['info', ['error', 'warn', 'info'], ['error', 'warn', 'info']],
  ['DEBUG', ['error', 'warn', 'info', 'debug'], ['error', 'warn', 'info', 'debug']],
])('with HOTDECK_LOG=%s stderr gets %j and the file %j', (wanted, onStderr, inFile) => {
  expect(said(wanted)).toEqual({ stderr: onStderr, file: inFile });
});

it('the engine’s lines keep their level, and a trace that Node wrote is an error', async () => {
  const file = keepLogIn(folder);
  const stream = new PassThrough();
  logEngineOutput(stream);
  stream.end(`${engineLine('info', 'Opened it')}\nError: no\n    at main.ts\n[engine nonsense] x\n`);
  await expect.poll(() => file.tail(9).length).toBe(4);
  expect(file.tail(9).map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'info  [engine] Opened it',
    'error [engine] Error: no',
    'error [engine]     at main.ts',
    'error [engine] [engine nonsense] x',
  ]);
  file.close();
});
