import type { LogEvent } from '../logs/events/logEvent.ts';

/**
 * What the server's log says of whether it obeys. A signal is logged, and a refusal after it; but a reload may also
 * come without any signal (a command in the server's console), and what is refused then is the second one.
 */
export class ReloadTalk {
  #requested = 0;
  #refused = 0;
  #underWay = false;

  /** Somebody here asks for a reload: what was asked before is over. */
  begin(): void {
    this.#requested = 0;
    this.#refused = 0;
  }

  /** The server has ended. */
  end(): void {
    this.begin();
    this.#underWay = false;
  }

  note(event: LogEvent): void {
    if (event.kind === 'reload-requested') this.#requested += 1;
    else if (event.kind === 'refused' && !ENDINGS.has(event.signal ?? '')) this.#refused += 1;
    else if (event.kind === 'ready') this.#underWay = false;
    else if (AT_WORK.has(event.kind)) this.#underWay = true;
  }

  /** Modules are on their way, whoever wanted it. */
  get underWay(): boolean {
    return this.#underWay;
  }

  /** It won't: as many refusals as requests. */
  get refused(): boolean {
    return !this.#underWay && this.#refused > 0 && this.#refused >= this.#requested;
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
