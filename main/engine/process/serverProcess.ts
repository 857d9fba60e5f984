import { access, constants } from 'node:fs/promises';
import { constants as os } from 'node:os';
import { type IPty, spawn } from 'node-pty';
import type { Signal } from '#shared/contract.ts';
import type { Environment } from '../environment.ts';
import { codeOf, failed, messageOf, type Result, success } from '../result.ts';
import { guardProcessGroup } from './guard.ts';
import { readRest } from './ptyRest.ts';
import { signalTarget } from './signalSafety.ts';

export interface ServerExit {
  /** When; ms since the epoch. Its last bytes are read after that. */
  at: number;
  code: number | null;
  signal: string | null;
}

export interface ServerProcess {
  pid: number;
  exited: Promise<ServerExit>;
  write(data: string): void;
  resize(columns: number, rows: number): void;
  /**
   * Sends a signal: to the whole process group where a terminal has a key for it, as that key would, but without losing
   * what was written and not read yet (termios(3): such a key flushes the queues unless NOFLSH is set).
   */
  signal(signal: Signal | 'SIGKILL'): void;
  /** Sends the signal that makes it reload. @param serving the process that serves: this one, or one below it. */
  signalReload(signal: Signal, serving: number): void;
  pause(): void;
  resume(): void;
}

interface SpawnOptions {
  file: string;
  arguments: readonly string[];
  cwd: string;
  env: Environment;
  columns: number;
  rows: number;
  /** What it wrote, as it came: pieces may end in the middle of a character. */
  onData(bytes: Uint8Array): void;
}

/** The keys that a terminal turns into signals (termios(3): VINTR, VQUIT). */
export const SIGNAL_KEYS: Readonly<Partial<Record<Signal, string>>> = { SIGINT: '\x03', SIGQUIT: '\x1c' };

/** The signal of a key in what was typed, but for the one that asks for a reload; null where there is none. */
export function signalOfKeys(data: string, reload: Signal | null): Signal | null {
  const keys: [Signal, string][] = [
    ['SIGINT', '\x03'],
    ['SIGQUIT', '\x1c'],
  ];
  return keys.find(([signal, key]) => signal !== reload && data.includes(key))?.[0] ?? null;
}

/** Did it end of the signal of a key, as itself or as a shell says of its program? */
export const endedByKey = ({ code, signal }: ServerExit, typed: Signal | null): boolean =>
  typed !== null && (signal === typed || code === 128 + os.signals[typed]);

// Of several names for a number the first is the usual one: SIGABRT, not SIGIOT.
const SIGNAL_NAMES = new Map(
  Object.entries(os.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
);

// Well below node-pty's DESTROY_SOCKET_TIMEOUT_MS of 200.
const HELD_LOOK_MS = 50;

// The last bytes of a pty may come after the exit of its process.
const TRAILING_DATA_MS = 100;

/** Starts the server in a pseudo-terminal. Errors: the program is missing or can't be started. */
export async function spawnServer(options: SpawnOptions): Promise<Result<ServerProcess>> {
  try {
    await access(options.file, constants.X_OK);
    await access(options.cwd);
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT';
    return failed(
      missing ? 'missing-executable' : 'not-executable',
      missing ? `${options.file} does not exist.` : `${options.file} can't be run: ${messageOf(error)}.`,
      missing
        ? 'Something just removed it. Start again to build it first.'
        : 'Check its permissions and what kind of file it is.',
    );
  }
  let pty: IPty;
  try {
    pty = spawn(options.file, [...options.arguments], {
      name: 'xterm-256color',
      cols: options.columns,
      rows: options.rows,
      cwd: options.cwd,
      // Bytes, not text: what it wrote is kept as it is.
      encoding: null,
      env: { ...options.env, TERM: 'xterm-256color', COLORTERM: 'truecolor' },
    });
  } catch (error) {
    return failed('spawn', `The server can't be started: ${messageOf(error)}.`);
  }
  return success(wrap(pty, options));
}

function wrap(pty: IPty, options: SpawnOptions): ServerProcess {
  const guard = guardProcessGroup(pty.pid);
  let alive = true;
  let held: NodeJS.Timeout | undefined;
  const resume = (): void => {
    clearInterval(held);
    held = undefined;
    if (alive) pty.resume();
  };
  pty.onData((data: unknown) => {
    if (data instanceof Uint8Array) options.onData(data);
  });
  readRest(pty, options.onData);
  const exited = new Promise<ServerExit>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      const at = Date.now();
      alive = false;
      clearInterval(held);
      guard.release();
      // Children that the server left in its group go with it.
      sendSignal(-pty.pid, 'SIGKILL');
      const name =
        signal === undefined || signal === 0 ? null : (SIGNAL_NAMES.get(signal) ?? `signal ${signal}`);
      const exit = { at, code: name === null ? exitCode : null, signal: name };
      setTimeout(() => resolve(exit), TRAILING_DATA_MS);
    });
  });
  return {
    pid: pty.pid,
    exited,
    write: (data) => {
      if (alive) pty.write(data);
    },
    resize: (columns, rows) => {
      if (alive) pty.resize(columns, rows);
    },
    signal: (signal) => {
      if (!alive) return;
      const toAll = signal === 'SIGKILL' || SIGNAL_KEYS[signal] !== undefined;
      sendSignal(toAll ? -pty.pid : pty.pid, signal);
    },
    signalReload: (signal, serving) => {
      if (!alive) return;
      const hasKey = SIGNAL_KEYS[signal] !== undefined;
      sendSignal(signalTarget(signal, pty.pid, serving, hasKey), signal);
    },
    pause: () => {
      if (!alive || held !== undefined) return;
      pty.pause();
      // node-pty closes a terminal soon after the end of its process; what nobody has read by then is lost.
      held = setInterval(() => isGone(pty.pid) && resume(), HELD_LOOK_MS);
    },
    resume,
  };
}

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
};

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Already gone, which is what the signal was for or makes it pointless.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
