import { type ChildProcess, spawn } from 'node:child_process';
import { stripAnsi } from '#shared/ansi.ts';
import type { BuildEvent } from '../building/buildEvents.ts';
import type { BuildOutcome, RunningBuild } from '../building/buildOutcome.ts';
import type { BuildRecord } from '../building/buildRecord.ts';
import type { SourceTree } from '../building/sourceTree.ts';
import type { Environment } from '../environment.ts';
import { LineSplitter } from '../lineSplitter.ts';
import { codeOf, messageOf } from '../result.ts';
import { BuildRecorder } from './buildRecorder.ts';
import { parseCargoLine } from './cargoMessages.ts';
import { CargoProgressParser, PROGRESS } from './cargoProgressParser.ts';
import { parseUnit } from './cargoUnits.ts';
import { CargoVerboseFilter, isVerbosityChosen, SAY_WHY } from './cargoVerboseFilter.ts';
import { DiagnosticCollector } from './diagnostics/collector.ts';
import { LinkWatch } from './linkWatch.ts';
import { LockWatch } from './lockWatch.ts';

export interface BuildOptions {
  /** Built at its root. */
  sources: SourceTree;
  arguments: readonly string[];
  env: Environment;
  /** Names the settings that decide where things are put: it goes into the record. */
  placesKey?: string;
  /** Text for the terminal view: cargo's progress and the compiler's words, with colors. */
  onOutput(text: string): void;
  onArtifact(packageName: string, fresh: boolean): void;
  /** What else is seen of it, as it happens. */
  onEvent?(event: BuildEvent): void;
  /** It has ended: what it put where. @param whole it came to its end, so what it did not name it does not build. */
  onRecord?(record: BuildRecord, whole: boolean): void;
}

// cargo gives up its children at SIGINT; one that doesn't is not worth waiting for.
const CANCEL_PATIENCE_MS = 3000;
// A failed link tells its whole command, in one line of JSON.
const LONGEST_MESSAGE = 4 * 1024 * 1024;

/** Starts `cargo build` in a process group of its own, so that cancelling takes its compilers along. */
export function startCargoBuild(options: BuildOptions): RunningBuild {
  const command = ['build', '--message-format=json-diagnostic-rendered-ansi', ...options.arguments];
  options.onOutput(`\x1b[1;34m$ cargo build${options.arguments.map((each) => ` ${each}`).join('')}\x1b[0m\n`);
  const began = Date.now();
  const child = spawn('cargo', command, {
    cwd: options.sources.root,
    env: { CARGO_TERM_COLOR: 'always', ...SAY_WHY, ...options.env, ...PROGRESS },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const collector = new DiagnosticCollector();
  const rebuilt = new Set<string>();
  const recorder = new BuildRecorder(options.placesKey ?? '');
  const lines = new LineSplitter(LONGEST_MESSAGE);
  const errors: string[] = [];
  let cancelled = false;
  let killTimer: NodeJS.Timeout | undefined;
  const talk = new CargoProgressParser();
  const links = child.pid === undefined ? null : new LinkWatch(child.pid);
  const locks =
    child.pid === undefined ? null : new LockWatch(child.pid, (event) => options.onEvent?.(event));
  const tell = (event: BuildEvent | null): void => {
    if (event === null) return;
    locks?.note(event);
    options.onEvent?.(event);
  };
  const words = new CargoVerboseFilter(isVerbosityChosen(options.arguments, options.env), tell);
  const hear = (text: string): void => {
    if (text === '') return;
    errors.push(text);
    options.onOutput(text);
  };

  const take = (line: string): void => {
    tell(parseUnit(line, options.sources.names));
    const message = parseCargoLine(line, options.sources);
    recorder.note(message);
    if (message.kind === 'problem') {
      if (collector.add(message)) options.onOutput(message.rendered);
    } else if (message.kind === 'artifact') {
      // A build script is nothing that a package is built to.
      const isScript = message.artifact.kind.includes('custom-build');
      if (isScript) return;
      if (!message.fresh) rebuilt.add(message.package);
      options.onArtifact(message.package, message.fresh);
    }
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of lines.push(chunk)) take(line);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    const { text, events: told } = talk.push(chunk);
    for (const event of told) tell(event);
    hear(words.push(text));
  });

  const done = new Promise<BuildOutcome>((resolve) => {
    child.on('error', (error) => {
      clearTimeout(killTimer);
      links?.stop();
      locks?.stop();
      const missing = codeOf(error) === 'ENOENT';
      resolve({
        kind: 'failed',
        ...collector.diagnoses,
        began,
        message: missing ? 'cargo, or the workspace folder, is gone.' : messageOf(error),
      });
    });
    child.on('close', (code, signal) => {
      clearTimeout(killTimer);
      for (const line of lines.flush()) take(line);
      hear(words.push(talk.flush()) + words.flush());
      locks?.stop();
      const linked = links?.stop() ?? null;
      if (linked !== null) tell({ kind: 'links', links: linked });
      options.onRecord?.(recorder.record, code === 0);
      if (cancelled) resolve({ kind: 'cancelled' });
      else if (code === 0) {
        resolve({ kind: 'ok', rebuilt: [...rebuilt], ...collector.diagnoses, began });
      } else {
        const message = explain(errors.join(''), code, signal);
        resolve({ kind: 'failed', ...collector.diagnoses, message, began });
      }
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
  const plain = stripAnsi(stderr);
  const error = plain.match(
    /^error: (?!could not compile|aborting)[^\n]*(?:\n(?!error|warning|\s*$)[^\n]*)*/m,
  )?.[0];
  if (error !== undefined) return error.replace(/^error: /, '');
  return signal === null ? `cargo ended with exit code ${code}.` : `cargo was ended by ${signal}.`;
}
