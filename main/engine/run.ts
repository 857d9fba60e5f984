import { type ChildProcess, spawn } from 'node:child_process';
import type { Environment } from './environment.ts';
import { LineSplitter } from './lineSplitter.ts';
import { codeOf, failed, messageOf, type Result, success } from './result.ts';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** How a program is looked after while it runs. */
export interface Running {
  /** Ends the program, and all that it started. */
  signal?: AbortSignal;
  /** What it says on stderr, line by line, as it says it. */
  onSaid?(line: string): void;
}

/** The kind of the failure of a program that somebody stopped. */
const STOPPED = 'stopped';

/**
 * Runs a short program to its end and gives what it printed. Errors: it can't be started (`ENOENT`, …), or it was stopped
 * (`stopped`); its exit code is part of the answer.
 */
export function run(
  command: string,
  args: readonly string[],
  { signal, onSaid, ...options }: { cwd: string; env: Environment } & Running,
): Promise<Result<Finished>> {
  const stopped = failed(STOPPED, `${command} was stopped.`);
  if (signal?.aborted === true) return Promise.resolve(stopped);
  return new Promise((resolve) => {
    // What can be stopped leads a group of its own: a wrapper's children are stopped with it.
    const ownGroup = signal !== undefined && process.platform !== 'win32';
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: ownGroup });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const lines = new LineSplitter();
    const stop = (): void => {
      end(child, ownGroup);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(stopped);
    };
    signal?.addEventListener('abort', stop, { once: true });
    const settle = (result: Result<Finished>): void => {
      signal?.removeEventListener('abort', stop);
      resolve(result);
    };
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.push(chunk);
      if (onSaid !== undefined) for (const line of lines.push(chunk.toString())) onSaid(line);
    });
    child.on('error', (error) => settle(failed(codeOf(error) ?? 'spawn', messageOf(error))));
    child.on('close', (code) =>
      settle(
        success({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
      ),
    );
  });
}

function end(child: ChildProcess, ownGroup: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (ownGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    // It ended by itself just now.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
