import type { BuildOutcome } from '../../building/buildOutcome.ts';
import type { Notices } from '../notices/notices.ts';

/** Holds back a reload that was asked for during a build: at most one, until the build is over. */
export class HeldReload {
  readonly #notices: Pick<Notices, 'add' | 'clear'>;
  #isHeld = false;

  constructor(notices: Pick<Notices, 'add' | 'clear'>) {
    this.#notices = notices;
  }

  /** Waits for the build. @returns how it ended; null, at once: a reload is held already. */
  async until(build: () => Promise<BuildOutcome>): Promise<BuildOutcome | null> {
    if (this.#isHeld) return null;
    this.#isHeld = true;
    this.#notices.add({
      kind: 'held',
      severity: 'info',
      message: 'A build is running: the reload waits for it to finish.',
      remedy: null,
      actions: [],
      modules: [],
    });
    const outcome = await build();
    this.#isHeld = false;
    this.#notices.clear('held');
    return outcome;
  }
}
