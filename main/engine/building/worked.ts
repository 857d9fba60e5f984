import type { BuildState } from '#shared/contract.ts';
import type { BuildEvent } from './buildEvents.ts';

type Waiting = Extract<BuildState, { name: 'building' }>['waiting'];

/** How long a build has worked, apart from what it waited for locks: ms from now on, by a monotonic clock. */
export class Worked {
  readonly #clock: () => number;
  readonly #began: number;
  #waited = 0;
  #since: number | null = null;
  #waiting: Waiting;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#began = clock();
  }

  note(event: BuildEvent): void {
    if (event.kind !== 'waiting') return;
    const { wait, waited } = event;
    this.#waited = waited;
    this.#since = wait === null ? null : (this.#since ?? this.#clock());
    const since = this.#waiting?.since ?? Date.now();
    this.#waiting = wait === null ? undefined : { ...wait, since };
  }

  /** All of it. */
  get elapsed(): number {
    return this.#clock() - this.#began;
  }

  /** For locks, so far. */
  get waited(): number {
    return this.#waited + (this.#since === null ? 0 : this.#clock() - this.#since);
  }

  get took(): number {
    return Math.max(0, this.elapsed - this.waited);
  }

  /** What the state of a running build says of it. */
  get state(): { waiting?: NonNullable<Waiting>; waited?: number } {
    return {
      ...(this.#waiting === undefined ? {} : { waiting: this.#waiting }),
      ...(this.#waited === 0 ? {} : { waited: Math.round(this.#waited) }),
    };
  }
}
