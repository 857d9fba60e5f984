import type { AppState, Auto, Failure, Preferences } from '#shared/contract.ts';
import {
  type AppMessage,
  type EngineFacts,
  type HostMessage,
  HostMessageSchema,
} from '../engine/protocol.ts';
import { describe, log, logAt } from './log.ts';
import { afterCrash } from './restartPolicy.ts';

export type EngineHealth = AppState['engine'];

/** A running engine process, whichever way it was started. */
export interface EngineChild<Port> {
  /** Never throws: a message to a process that is gone is lost. */
  post(message: AppMessage, port?: Port): void;
  /** Ends the process now. */
  kill(): void;
}

export interface EngineEvents {
  message(message: unknown): void;
  exit(code: number | null): void;
}

export interface SupervisorOptions<Port> {
  /** Starts the engine; it may throw. */
  fork(events: EngineEvents): EngineChild<Port>;
  onHealth(health: EngineHealth): void;
  onMessage(message: HostMessage): void;
  /** A new engine runs after a crash: whoever had a port needs another. */
  onReplaced(): void;
}

export interface QuitLimits {
  /** How long the server has to end, in ms. */
  readonly grace: number;
  /** When the engine itself is killed, in ms. */
  readonly limit: number;
}

/** `crashed`: between a crash and the next start. `idle`: not started yet, or quit. */
type Phase<Port> =
  | { readonly name: 'idle' }
  | { readonly name: 'running'; readonly child: EngineChild<Port> }
  | { readonly name: 'quitting'; readonly child: EngineChild<Port>; readonly ended: Promise<void> }
  | { readonly name: 'crashed'; readonly timer: NodeJS.Timeout; readonly message: string }
  | { readonly name: 'failed'; readonly message: string };

/** Keeps one engine alive: starts it, restarts it when it crashes, gives it its workspace again, and ends it. */
export class EngineSupervisor<Port> {
  readonly #options: SupervisorOptions<Port>;
  #phase: Phase<Port> = { name: 'idle' };
  #closed = false;
  #quitDone: () => void = () => {};
  #crashes: readonly number[] = [];
  #exportCount = 0;
  readonly #exports = new Map<number, (failure: Failure | null) => void>();
  readonly #descriptions = new Map<number, (described: EngineFacts | null) => void>();
  #preferences: Preferences | null = null;
  #workspace: { root: string; auto: Auto } | null = null;

  constructor(options: SupervisorOptions<Port>) {
    this.#options = options;
  }

  get health(): EngineHealth {
    const phase = this.#phase;
    if (phase.name === 'crashed') return { name: 'restarting', message: phase.message };
    if (phase.name === 'failed') return { name: 'failed', message: phase.message };
    if (phase.name === 'quitting') return { name: 'restarting', message: 'The engine is shutting down.' };
    if (phase.name === 'idle') return { name: 'restarting', message: 'The engine is starting.' };
    return { name: 'running' };
  }

  start(): void {
    if (this.#phase.name === 'idle') this.#fork();
  }

  /** The engine shows this workspace from now on, after a crash too. */
  open(root: string, auto: Auto): void {
    this.#workspace = { root, auto };
    this.#post({ type: 'open', root, auto });
  }

  /** The engine goes by these from now on. */
  prefer(preferences: Preferences): void {
    this.#preferences = preferences;
    this.#post({ type: 'preferences', preferences });
  }

  /** Has the engine copy a stored run; resolves to null when that is done, else to why it was not. */
  exportLog(run: string, form: 'text' | 'raw', path: string): Promise<Failure | null> {
    this.#exportCount += 1;
    const id = this.#exportCount;
    return new Promise((resolve) => {
      this.#exports.set(id, resolve);
      if (!this.#post({ type: 'export', id, run, form, path })) this.#endExports();
    });
  }

  /** What a bug report should know of the engine; null where none answers within `limit` ms. */
  describe(limit: number): Promise<EngineFacts | null> {
    this.#exportCount += 1;
    const id = this.#exportCount;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#descriptions.get(id)?.(null), limit);
      this.#descriptions.set(id, (described) => {
        clearTimeout(timer);
        this.#descriptions.delete(id);
        resolve(described);
      });
      if (!this.#post({ type: 'describe', id })) this.#descriptions.get(id)?.(null);
    });
  }

  /** Gives the engine a window's port; false when there is no engine to take it now. */
  connect(port: Port): boolean {
    return this.#post({ type: 'connect' }, port);
  }

  /** Ends the engine, in order if it still can, and starts a new one; the crashes so far are forgotten. */
  async restart(limits: QuitLimits): Promise<void> {
    await this.#end(limits);
    this.#crashes = [];
    if (this.#closed || this.#phase.name !== 'idle') return;
    this.#fork();
    this.#options.onReplaced();
  }

  /** Ends the engine for good. */
  async quit(limits: QuitLimits): Promise<void> {
    this.#closed = true;
    await this.#end(limits);
  }

  /** Asks the engine to quit; kills it when it has said so, has exited or has run out of time. */
  async #end({ grace, limit }: QuitLimits): Promise<void> {
    const phase = this.#phase;
    if (phase.name === 'quitting') return phase.ended;
    if (phase.name === 'crashed') clearTimeout(phase.timer);
    if (phase.name !== 'running') return this.#enter({ name: 'idle' });

    const { child } = phase;
    let timer: NodeJS.Timeout | undefined;
    const ended = new Promise<void>((done) => {
      timer = setTimeout(() => {
        log(`The engine did not quit within ${limit} ms; it is killed`);
        done();
      }, limit);
      this.#quitDone = done;
    });
    this.#enter({ name: 'quitting', child, ended });
    child.post({ type: 'quit', grace });
    await ended;
    clearTimeout(timer);
    child.kill();
    this.#endExports();
    this.#enter({ name: 'idle' });
  }

  #post(message: AppMessage, port?: Port): boolean {
    if (this.#phase.name !== 'running') return false;
    this.#phase.child.post(message, port);
    return true;
  }

  #fork(): void {
    // An engine that was replaced may still speak or exit late; only the present one is heard.
    let child: EngineChild<Port> | null = null;
    const current = () => {
      const phase = this.#phase;
      return (phase.name === 'running' || phase.name === 'quitting') && phase.child === child;
    };
    try {
      child = this.#options.fork({
        message: (message) => current() && this.#onMessage(message),
        exit: (code) => current() && this.#onExit(code),
      });
    } catch (error) {
      log('The engine can’t be started', describe(error));
      this.#onCrash('The engine can’t be started.');
      return;
    }
    this.#enter({ name: 'running', child });
    logAt('info', 'The engine was started');
    if (this.#preferences !== null) this.#post({ type: 'preferences', preferences: this.#preferences });
    if (this.#workspace !== null) this.#post({ type: 'open', ...this.#workspace });
  }

  #onMessage(message: unknown): void {
    const parsed = HostMessageSchema.safeParse(message);
    if (!parsed.success) {
      log('Refused a message of the engine', parsed.error.issues[0]?.message);
      return;
    }
    if (parsed.data.type === 'auto' && parsed.data.root === this.#workspace?.root) {
      this.#workspace = { root: parsed.data.root, auto: parsed.data.auto };
    }
    if (parsed.data.type === 'exported') {
      this.#exports.get(parsed.data.id)?.(parsed.data.failure);
      this.#exports.delete(parsed.data.id);
    }
    if (parsed.data.type === 'described') this.#descriptions.get(parsed.data.id)?.(parsed.data.described);
    if (parsed.data.type === 'quit' && this.#phase.name === 'quitting') this.#quitDone();
    logAt('debug', 'The engine says', parsed.data.type);
    this.#options.onMessage(parsed.data);
  }

  /** Nobody will answer any more. */
  #endExports(): void {
    const failure = {
      kind: 'no-engine',
      message: 'The engine is not running.',
      remedy: 'Try again in a moment.',
    };
    for (const resolve of this.#exports.values()) resolve(failure);
    this.#exports.clear();
    for (const resolve of [...this.#descriptions.values()]) resolve(null);
  }

  #onExit(code: number | null): void {
    this.#endExports();
    if (this.#phase.name === 'quitting') {
      this.#quitDone();
      return;
    }
    log('The engine exited', code);
    this.#onCrash('The engine stopped unexpectedly.');
  }

  #onCrash(what: string): void {
    const verdict = afterCrash(this.#crashes, Date.now());
    if (verdict.kind === 'give-up') {
      this.#enter({ name: 'failed', message: `${what} Restarting it did not help.` });
      return;
    }
    this.#crashes = verdict.crashes;
    const timer = setTimeout(() => {
      this.#fork();
      if (this.#phase.name === 'running') this.#options.onReplaced();
    }, verdict.afterMs);
    this.#enter({ name: 'crashed', timer, message: `${what} It is being restarted.` });
  }

  #enter(phase: Phase<Port>): void {
    this.#phase = phase;
    this.#options.onHealth(this.health);
  }
}
