import type { BuildEvent } from './buildEvents.ts';

/** How far a build has come: pure. It counts as cargo does, by units: a build script and its run are two more. */
export class BuildProgress {
  /** Compiled so far; what was fresh is not counted. */
  done = 0;
  #fresh = 0;
  #total: number | null = null;
  #expected: number | null = null;
  readonly #active = new Set<string>();
  #told: readonly string[] | null = null;

  note(event: BuildEvent): void {
    if (event.kind === 'count') {
      this.#total = event.of;
      this.#told = event.crates;
    } else if (event.kind === 'compiling') {
      this.#active.add(event.crate.name);
    } else if (event.kind === 'unit') {
      const { crate, fresh, script } = event;
      // Whether a build script had to run, only its package tells.
      if (fresh ?? !this.#active.has(crate.name)) this.#fresh += 1;
      else this.done += 1;
      if (!script) this.#active.delete(crate.name);
    }
  }

  /** As many as a build like this one had. */
  expect(crates: number): void {
    this.#expected = crates;
  }

  /** How many there will be, as cargo tells, or else as is expected; null: unknown. */
  get of(): number | null {
    if (this.#total !== null) return Math.max(this.done, this.#total - this.#fresh);
    return this.#expected !== null && this.done <= this.#expected ? this.#expected : null;
  }

  /** What cargo is on. */
  get crates(): string[] {
    return [...(this.#told ?? this.#active)];
  }
}
