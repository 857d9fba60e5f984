import { type ChildProcess, spawn } from 'node:child_process';
import type { Problem } from '../../../preload/contract.ts';
import type { Environment } from '../environment.ts';
import { LineSplitter } from '../lines.ts';
import { codeOf, messageOf } from '../result.ts';
import { parseCargoLine } from './cargoMessages.ts';

export interface BuildOptions {
  root: string;
  arguments: readonly string[];
  env: Environment;
  /** Package names by cargo's package ids. */
  names: ReadonlyMap<string, string>;
  /** Text for the terminal view: cargo's progress and the compiler's words, with colours. */
  onOutput(text: string): void;
  onArtifact(packageName: string, fresh: boolean): void;
}

export type BuildOutcome =
  | { kind: 'ok'; rebuilt: string[]; problems: Problem[] }
  | { kind: 'failed'; problems: Problem[]; message: string }
  | { kind: 'cancelled' };

export interface RunningBuild {
  done: Promise<BuildOutcome>;
  cancel(): void;
}

// cargo gives up its children at SIGINT; one that doesn't is not worth waiting for.
const CANCEL_PATIENCE_MS = 3000;

/** Starts `cargo build` in a process group of its own, so that cancelling takes its compilers along. */
export function startCargoBuild(options: BuildOptions): RunningBuild {
  const command = ['build', '--message-format=json-diagnostic-rendered-ansi', ...options.arguments];
  options.onOutput(`\x1b[1;34m$ cargo build${options.arguments.map((each) => ` ${each}`).join('')}\x1b[0m\n`);
  const child = spawn('cargo', command, {
    cwd: options.root,
    env: { CARGO_TERM_COLOR: 'always', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const problems: Problem[] = [];
  const rebuilt = new Set<string>();
  const lines = new LineSplitter();
  const errors: string[] = [];
  let cancelled = false;
  let killTimer: NodeJS.Timeout | undefined;

  const take = (line: string): void => {
    const message = parseCargoLine(line, options.root, options.names);
    if (message.kind === 'problem') {
      problems.push({ ...message.problem, id: `problem-${problems.length + 1}` });
      options.onOutput(message.rendered);
    } else if (message.kind === 'artifact') {
      if (!message.fresh) rebuilt.add(message.package);
      options.onArtifact(message.package, message.fresh);
    }
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of lines.push(chunk)) take(line);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors.push(chunk);
    options.onOutput(chunk);
  });

  const done = new Promise<BuildOutcome>((resolve) => {
    child.on('error', (error) => {
      clearTimeout(killTimer);
      const missing = codeOf(error) === 'ENOENT';
      resolve({
        kind: 'failed',
        problems,
        message: missing ? 'cargo, or the workspace folder, is gone.' : messageOf(error),
      });
    });
    child.on('close', (code, signal) => {
      clearTimeout(killTimer);
      for (const line of lines.flush()) take(line);
      if (cancelled) resolve({ kind: 'cancelled' });
      else if (code === 0) resolve({ kind: 'ok', rebuilt: [...rebuilt], problems });
      else resolve({ kind: 'failed', problems, message: explain(errors.join(''), code, signal) });
    });
  });
  return {
    done,
    cancel() {
      if (cancelled) return;
      cancelled = true;
      kill(child, 'SIGINT');
      killTimer = setTimeout(() => kill(child, 'SIGKILL'), CANCEL_PATIENCE_MS);
    },
  };
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // It ended between the look and the signal: just what was wanted.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** The last error that cargo itself wrote, for builds that fail before or beside the compiler. */
function explain(stderr: string, code: number | null, signal: NodeJS.Signals | null): string {
  const plain = stderr.replace(/\x1b\[[0-9;]*m/g, '');
  const error = plain.match(
    /^error: (?!could not compile|aborting)[^\n]*(?:\n(?!error|warning|\s*$)[^\n]*)*/m,
  )?.[0];
  if (error !== undefined) return error.replace(/^error: /, '');
  return signal === null ? `cargo ended with exit code ${code}.` : `cargo was ended by ${signal}.`;
}
