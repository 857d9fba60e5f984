import type { ChildProcess } from 'node:child_process';
import { type Opened, untilEnd } from '../launch/openApp.ts';

/** How long the app has to end in order, ms; it gives its server 1.5 s. */
const GRACE_MS = 4000;

/** Owns the one app that runs: starts it, replaces it after a build, ends it. */
export class AppRunner {
  /** Resolves when the app was closed by its user, or `end` has ended it. */
  readonly ended: Promise<Opened>;
  readonly #start: () => ChildProcess;
  #settle: (opened: Opened) => void = () => {};
  #app: ChildProcess | null = null;
  #wanted: 'run' | 'restart' | 'end' = 'run';

  constructor(start: () => ChildProcess) {
    this.#start = start;
    this.ended = new Promise((settle) => {
      this.#settle = settle;
    });
  }

  /** Starts the app, or ends the one that runs and starts the next. */
  restart(): void {
    if (this.#wanted === 'end') return;
    if (this.#app === null) {
      this.#run();
    } else if (this.#wanted === 'run') {
      this.#wanted = 'restart';
      stop(this.#app);
    }
  }

  /** Ends the app, and with it everything; at once where it was asked before. */
  end(): void {
    const again = this.#wanted === 'end';
    this.#wanted = 'end';
    if (this.#app === null) this.#settle({ ok: true, code: 0 });
    else if (again) this.#app.kill('SIGKILL');
    else stop(this.#app);
  }

  #run(): void {
    this.#wanted = 'run';
    const app = this.#start();
    this.#app = app;
    void untilEnd(app).then((opened) => {
      this.#app = null;
      if (this.#wanted === 'restart') this.#run();
      else this.#settle(this.#wanted === 'end' && opened.ok ? { ok: true, code: 0 } : opened);
    });
  }
}

function stop(app: ChildProcess): void {
  app.kill('SIGTERM');
  const timer = setTimeout(() => app.kill('SIGKILL'), GRACE_MS);
  app.once('exit', () => clearTimeout(timer));
}
