import { setImmediate as breathe } from 'node:timers/promises';

const AT_ONCE_MS = 8;

/** Lets others have their turn now and then. */
export class CooperativeYield {
  #since = performance.now();

  /** To be awaited between pieces of work. */
  async next(): Promise<void> {
    if (performance.now() - this.#since < AT_ONCE_MS) return;
    await breathe();
    this.#since = performance.now();
  }
}
