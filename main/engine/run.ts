import { spawn } from 'node:child_process';
import type { Environment } from './environment.ts';
import { codeOf, failed, messageOf, type Result, success } from './result.ts';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a short program to its end and gives what it printed. Fails only where it can't be started. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Environment },
): Promise<Result<Finished>> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => resolve(failed(codeOf(error) ?? 'spawn', messageOf(error))));
    child.on('close', (code) =>
      resolve(
        success({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
      ),
    );
  });
}
