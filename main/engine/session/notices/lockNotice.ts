import type { BuildEvent, BuildWait } from '../../building/buildEvents.ts';
import type { Notices } from './notices.ts';

/** Most waits are short: the build's status reports those. ms. */
const PATIENCE_MS = 2_000;

/** Reports a build that waits for a lock for long: who holds it, and what helps. */
export class LockNotice {
  readonly #notices: Pick<Notices, 'add' | 'clear'>;
  #timer: NodeJS.Timeout | undefined;
  #wait: BuildWait | null = null;
  #isTold = false;

  constructor(notices: Pick<Notices, 'add' | 'clear'>) {
    this.#notices = notices;
  }

  note(event: BuildEvent): void {
    if (event.kind !== 'waiting') return;
    this.#wait = event.wait;
    if (event.wait === null) this.close();
    else if (this.#isTold) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), PATIENCE_MS);
  }

  /** The build is over. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wait = null;
    if (this.#isTold) this.#notices.clear('build-waits');
    this.#isTold = false;
  }

  #tell(): void {
    if (this.#wait === null) return;
    this.#isTold = true;
    this.#notices.add({
      kind: 'build-waits',
      severity: 'info',
      message: this.#wait.message,
      remedy: this.#wait.remedy,
      actions: [],
      modules: [],
    });
  }
}
