import { spawn } from 'node:child_process';
import { timeLimit } from '#shared/duration.ts';
import type { Environment } from '../environment.ts';
import { codeOf, failed, messageOf, type Result, success } from '../result.ts';
import type { Finished } from '../run.ts';

/** How long a program may take that only says something of itself, in ms. */
const PATIENCE = 5_000;

export interface Asking {
  cwd: string;
  env: Environment;
  /** In ms; then the program is ended. */
  patience?: number;
}

/**
 * Runs a program that only answers a question. Errors: it can't be started (`ENOENT`, …), or it said nothing in time
 * (`timeout`); its exit code is part of the answer.
 */
export function ask(command: string, args: readonly string[], asking: Asking): Promise<Result<Finished>> {
  const { cwd, env, patience = PATIENCE } = asking;
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      // What it started may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(failed('timeout', `${command} gave no answer within ${timeLimit(patience)}.`));
    }, patience);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve(failed(codeOf(error) ?? 'spawn', messageOf(error)));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(
        success({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
      );
    });
  });
}

/** The first line that a program prints when it is asked for its version; null where it gives none. */
export async function versionLine(
  command: string,
  args: readonly string[],
  asking: Asking,
): Promise<string | null> {
  const answer = await ask(command, args, asking);
  if (!answer.ok || answer.value.code !== 0) return null;
  const [line = ''] = answer.value.stdout.split('\n');
  return line.trim() === '' ? null : line.trim();
}
