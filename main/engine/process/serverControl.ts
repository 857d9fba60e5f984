import { StringDecoder } from 'node:string_decoder';
import type { Halted, ServerState, Signal } from '#shared/contract.ts';
import { WantedLines } from '../logs/events/wantedLines.ts';
import type { OutputStream } from '../logs/outputStream.ts';
import { failed, type Result, success } from '../result.ts';
import { type Core, findCore, NO_CORE } from './coreFile.ts';
import { readyLine } from './readyLine.ts';
import { RecentLines } from './recentLines.ts';
import {
  endedByKey,
  type ServerExit,
  type ServerProcess,
  signalOfKeys,
  spawnServer,
} from './serverProcess.ts';
import type { ServerProgram } from './serverProgram.ts';
import { Shutdown, shutdownSteps } from './shutdown.ts';
import { readSignalActions, shutdownSignal } from './signalActions.ts';
import { nextState, type ServerEvent } from './transitions.ts';

export interface ServerEnd extends ServerExit {
  /** It was not asked to, and did not end well. */
  crashed: boolean;
  /** Its last lines, without colors. */
  tail: string[];
  /** Many more of them: a panic stands above its backtrace. */
  recent: string[];
  /** It never came to serve. */
  atStart: boolean;
  /** What the crash left behind. */
  core: Core;
}

interface Options {
  output: OutputStream;
  /** A server is about to be started. */
  onStart(): void;
  onState(state: ServerState): void;
  /** What it writes, as it comes. */
  onBytes(bytes: Uint8Array): void;
  /** Lines of its log with one of these words are wanted. */
  words: readonly string[];
  /** Such a line, without colors; there are others among them. Says whether the next one is wanted in any case. */
  onLine(line: string): boolean;
  /** The log line that says that it serves came. @param witness that, as a sentence. */
  onReadyLine(witness: string): void;
  onEnd(end: ServerEnd): void;
  /** Has it nothing to reload, so that Ctrl+C is an ordinary key? */
  isStatic(): boolean;
  /** Its processes, as far as they are known: itself, and those below it. */
  processes(): readonly number[];
}

const TAIL_LINES = 12;
const RECENT_LINES = 400;
const LONGEST_WITNESS = 160;

/** The one server of a session: its process, and its state by the table of transitions. */
export class ServerControl {
  readonly #options: Options;
  #state: ServerState = { name: 'stopped' };
  #process: ServerProcess | null = null;
  #ended: Promise<ServerEnd | null> = Promise.resolve(null);
  #recent = new RecentLines(TAIL_LINES);
  #shutdown: Shutdown | null = null;
  #starting = false;
  /** The signal of the last key that was typed to end it. */
  #typed: Signal | null = null;
  #size = { columns: 120, rows: 30 };
  /** Whether its process stands still. */
  #halted: Halted | null = null;
  /** Has this run's log said that the server serves? */
  saysReady = false;
  /** The same of any run. */
  hasSaidReady = false;
  #said = '';
  /** By what it is taken to serve. */
  #witness: string | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The process id while there is a process. */
  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Resolves when no process is left; at once where there is none. */
  get ended(): Promise<unknown> {
    return this.#ended;
  }

  /** How the server ended, once it has; null if none was ever started. */
  get lastEnd(): Promise<ServerEnd | null> {
    return this.#ended;
  }

  /** Its last lines, without colors. */
  get tail(): readonly string[] {
    return this.#recent.lines();
  }

  async start(workspace: ServerProgram): Promise<Result<null>> {
    if (this.#starting || nextState(this.#state.name, 'start') === null) {
      return failed('already-running', 'The server is already running.');
    }
    this.#starting = true;
    const ready = readyLine(workspace.ready);
    const lines = new WantedLines(ready.words && [...this.#options.words, ...ready.words], (line) => {
      const wantsNext = this.#options.onLine(line);
      if (ready.is(line)) this.#noteReadyLine(line);
      return wantsNext;
    });
    const decoder = new StringDecoder('utf8');
    const recent = new RecentLines(TAIL_LINES);
    this.#recent = recent;
    this.#options.onStart();
    const spawned = await spawnServer({
      file: workspace.program.file,
      arguments: workspace.program.arguments,
      cwd: workspace.root,
      env: workspace.serverEnvironment,
      ...this.#size,
      onData: (bytes) => {
        this.#options.onBytes(bytes);
        const data = decoder.write(bytes);
        this.#options.output.push(data);
        recent.push(data);
        lines.push(bytes);
      },
    }).finally(() => {
      this.#starting = false;
    });
    if (!spawned.ok) return spawned;
    const server = spawned.value;
    this.#process = server;
    this.saysReady = false;
    this.#witness = null;
    this.#typed = null;
    this.#options.output.setSource(server);
    const since = Date.now();
    this.#move('start', { name: 'starting', pid: server.pid, since });
    this.#ended = server.exited.then(async (exit) => {
      const { root: cwd, program } = workspace;
      const pids = [...new Set([server.pid, ...this.#options.processes()])];
      const core = mayHaveCore(exit)
        ? await findCore({ ...exit, pids, file: program.file, cwd, since })
        : NO_CORE;
      return this.#onExit(exit, recent, core);
    });
    return success(null);
  }

  /** Ends the server, ever more sternly. While that is under way, asking again sends the next signal at once. */
  async stop(workspace: ServerProgram, waits?: { first: number; term: number }): Promise<void> {
    const server = this.#process;
    if (server === null) return;
    if (this.#shutdown !== null) this.#shutdown.hurry();
    else {
      const { shutdown } = workspace;
      const first = shutdown.isSet
        ? shutdown.signal
        : shutdownSignal(shutdown.signal, this.#options.isStatic(), readSignalActions(server.pid));
      this.#shutdown = new Shutdown(server, shutdownSteps(first, waits), (step, until) => {
        const since = this.#state.name === 'stopping' ? this.#state.since : Date.now();
        this.#move('shutdown', { name: 'stopping', pid: server.pid, since, signal: step.signal, until });
      });
    }
    await this.#ended;
  }

  /** It serves, as far as can be seen. @param witness by what that is known, a sentence. */
  ready(witness: string): void {
    if (this.#process === null || this.#witness === witness) return;
    this.#witness = witness;
    if (this.#state.name === 'running') this.#show({ ...this.#state, witness });
    else this.#toRunning('ready');
  }

  beginReload(): boolean {
    const pid = this.#process?.pid;
    if (pid === undefined) return false;
    return this.#move('reload', { name: 'reloading', pid, since: this.#since() });
  }

  endReload(): void {
    if (this.#process !== null) this.#toRunning('reloaded');
  }

  /** @param serving the process that serves: the one that was started, or one below it. */
  signalReload(signal: Signal, serving: number): void {
    this.#process?.signalReload(signal, serving);
  }

  /** Keys for its terminal. @param reload the signal whose key asks for a reload; any other such key ends it. */
  write(data: string, reload: Signal | null): void {
    this.#typed = signalOfKeys(data, reload) ?? this.#typed;
    this.#process?.write(data);
  }

  /** Its process stands still, or goes on. */
  noteHalted(halted: Halted | null): void {
    if (this.#halted === halted || !('pid' in this.#state)) return;
    this.#halted = halted;
    this.#show(this.#state);
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    this.#process?.resize(columns, rows);
  }

  #noteReadyLine(line: string): void {
    // The first one will do: others say the same.
    if (!this.saysReady) this.#said = `It said “${line.trim().slice(0, LONGEST_WITNESS)}”.`;
    this.saysReady = true;
    this.hasSaidReady = true;
    this.#options.onReadyLine(this.#said);
  }

  #onExit(exit: ServerExit, recent: RecentLines, core: Core): ServerEnd {
    const atStart = this.#state.name === 'starting';
    const asked = this.#state.name === 'stopping' || exit.code === 0 || endedByKey(exit, this.#typed);
    this.#process = null;
    this.#halted = null;
    this.#shutdown = null;
    this.#options.output.setSource(null);
    const lines = { tail: recent.lines(), recent: recent.lines(RECENT_LINES) };
    const end = { ...exit, ...lines, crashed: !asked, atStart, core };
    this.#options.onEnd(end);
    if (asked) this.#move('ended', { name: 'stopped' });
    else this.#move('died', { name: 'crashed', code: exit.code, signal: exit.signal, at: exit.at });
    return end;
  }

  #toRunning(event: 'ready' | 'reloaded'): void {
    const pid = this.#process?.pid;
    if (pid !== undefined)
      this.#move(event, {
        name: 'running',
        pid,
        since: this.#since(),
        ...(this.#witness === null ? {} : { witness: this.#witness }),
      });
  }

  #since(): number {
    return 'since' in this.#state ? this.#state.since : Date.now();
  }

  #move(event: ServerEvent, next: ServerState): boolean {
    if (nextState(this.#state.name, event) !== next.name) return false;
    this.#show(next);
    return true;
  }

  #show(state: ServerState): void {
    if ('pid' in state) {
      const { halted: _, ...rest } = state;
      this.#state = this.#halted === null ? rest : { ...rest, halted: this.#halted };
    } else this.#state = state;
    this.#options.onState(this.#state);
  }
}

/** It died of a signal, or a shell in between says that its program did. */
const mayHaveCore = ({ code, signal }: ServerExit): boolean =>
  (signal !== null && signal !== 'SIGKILL') || (code !== null && code > 128);
