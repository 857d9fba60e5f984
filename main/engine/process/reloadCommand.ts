import { spawn } from 'node:child_process';
import { timeLimit } from '#shared/duration.ts';
import type { Environment } from '../environment.ts';
import { codeOf, messageOf } from '../result.ts';
import { RecentLines } from './recentLines.ts';

interface Options {
  /** The program and its arguments; `{pid}` in them is the server's process. */
  command: readonly string[];
  pid: number;
  cwd: string;
  /** The server's environment; the process id is added as HOTDECK_SERVER_PID. */
  env: Environment;
  /** When it is ended, in ms. */
  timeout: number;
  onOutput(text: string): void;
}

/** A command that tells a server to reload, while it runs. */
export interface ReloadCommand {
  /** Why it failed, as the end of a sentence that begins with its name; null where it went well. */
  done: Promise<string | null>;
  cancel(): void;
}

const LAST_LINES = 3;
/** What it left running may hold its output open: how long its last words are waited for, in ms. */
const LAST_WORDS_MS = 200;

/** Runs a reload command in a process group of its own, so that nothing is left of it when it is ended. */
export function startReloadCommand(options: Options): ReloadCommand {
  const { pid, cwd, timeout, onOutput } = options;
  const [program = '', ...args] = options.command.map((word) => word.replaceAll('{pid}', String(pid)));
  const recent = new RecentLines(LAST_LINES);
  const child = spawn(program, args, {
    cwd,
    env: { ...options.env, HOTDECK_SERVER_PID: String(pid) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      // It has just ended by itself.
      if (codeOf(error) !== 'ESRCH') throw error;
    }
  };
  const hear = (chunk: Buffer): void => {
    const text = chunk.toString();
    recent.push(text);
    onOutput(text);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, timeout);
  let late: NodeJS.Timeout | undefined;
  const done = new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(`can't be started: ${messageOf(error)}`));
    const finish = (): void => {
      const { exitCode: code, signalCode: signal } = child;
      const last = recent.lines().findLast((line) => line.trim() !== '');
      const words = last === undefined ? '' : `: ${last.trim()}`;
      if (isLate) resolve(`did not end within ${timeLimit(timeout)} and was stopped${words}`);
      else if (code === 0) resolve(null);
      else resolve(`ended with ${code === null ? signal : `exit code ${code}`}${words}`);
    };
    child.on('close', finish);
    child.on('exit', () => {
      late = setTimeout(finish, LAST_WORDS_MS);
    });
  }).finally(() => {
    clearTimeout(timer);
    clearTimeout(late);
  });
  return { done, cancel: end };
}
