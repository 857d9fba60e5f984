/** Something that can be held back for a while. */
export interface Source {
  pause(): void;
  resume(): void;
}

/** Why a source is held back. It goes on when the last reason is gone. */
export type HoldReason = 'window' | 'disk';

/** Holds a source back for as long as there is a reason. */
export class Holds {
  readonly #reasons = new Set<HoldReason>();
  #source: Source | null = null;

  /** Another source, or none; what is reason enough now holds for it, too. */
  setSource(source: Source | null): void {
    this.#source = source;
    if (this.#reasons.size > 0) source?.pause();
  }

  set(reason: HoldReason, on: boolean): void {
    if (on === this.#reasons.has(reason)) return;
    if (on) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (on && this.#reasons.size === 1) this.#source?.pause();
    if (!on && this.#reasons.size === 0) this.#source?.resume();
  }
}
