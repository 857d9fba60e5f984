import type { LogEvent } from '../../families/logEvent.ts';

/**
 * What the server's log says of whether it obeys. A signal is logged, and a refusal after it; but a reload may also
 * come without any signal (a command in the server's console), and what is refused then is the second one.
 */
export class ReloadLogState {
  #requested = 0;
  #refused = 0;
  /** Signals that it took and has not answered yet: neither by a refusal, nor by serving again. */
  #open = 0;
  /** Such a signal came before the last `begin`, or modules are on their way. */
  #earlier = false;
  #atWork = false;

  /** A reload is watched from now on. */
  begin(): void {
    this.#requested = 0;
    this.#refused = 0;
    this.#earlier = this.#open > 0;
  }

  /** The server serves again, or has ended. */
  end(): void {
    this.#open = 0;
    this.#earlier = false;
    this.#atWork = false;
  }

  note(event: LogEvent): void {
    if (event.kind === 'reload-requested') {
      this.#requested += 1;
      this.#open += 1;
    } else if (event.kind === 'refused' && !ENDINGS.has(event.signal ?? '')) {
      this.#refused += 1;
      this.#open = Math.max(0, this.#open - 1);
    } else if (event.kind === 'ready') this.end();
    else if (AT_WORK.has(event.kind)) this.#atWork = true;
  }

  /** It reloads already, whoever wanted it. */
  get underWay(): boolean {
    return this.#atWork || this.#earlier;
  }

  /** It took a request since the last `begin`. */
  get isHeard(): boolean {
    return this.#requested > 0;
  }

  /** It won't: as many refusals as requests. */
  get refused(): boolean {
    return !this.underWay && this.#refused > 0 && this.#refused >= this.#requested;
  }
}

const ENDINGS: ReadonlySet<string> = new Set(['SIGQUIT', 'SIGTERM']);

const AT_WORK: ReadonlySet<LogEvent['kind']> = new Set([
  'draining',
  'stopped-listening',
  'drained',
  'services-stopping',
  'unload-pass',
  'unloading',
  'load-pass',
  'loaded',
] as const);
