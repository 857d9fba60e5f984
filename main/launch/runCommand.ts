/** Runs a program to its end and hands back what it wrote. */
import { spawn } from 'node:child_process';

export type Ran =
  | { ok: true; stdout: string; stderr: string }
  /** `reason` is one sentence fragment: why it did not succeed. */
  | { ok: false; reason: string; stdout: string; stderr: string };

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** ms until it is killed; none without it. */
  timeout?: number;
}

/** Never rejects: a program that is missing, fails, or takes too long is a value. It gets no standard input. */
export function runCommand(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((settle) => {
    let stdout = '';
    let stderr = '';
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const fail = (reason: string) => settle({ ok: false, reason, stdout, stderr });
    child.once('error', (error) => fail(`${command} couldn’t be run (${error.message})`));
    child.once('close', (code, signal) => {
      if (code === 0) settle({ ok: true, stdout, stderr });
      else if (signal !== null) fail(`${command} was killed by ${signal}`);
      else fail(`${command} ended with code ${code}`);
    });
  });
}

/** The last line that says something: where programs put the reason. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
