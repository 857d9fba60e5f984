import type { LinkTimes } from '../building/buildEvents.ts';

/** What one look at the compilers of a build showed: crates by whether a linker ran for them, each once. */
export type LinkLook = ReadonlyMap<string, boolean>;

/** Adds up looks at what is being linked: pure. */
export class LinkTally {
  readonly #crates = new Map<string, number>();
  #whole = 0;
  #before: LinkLook = new Map();

  /** @param since ms since the look before. What was seen in one of the two only, was there for half of that. */
  add(look: LinkLook, since: number): void {
    for (const crate of new Set([...look.keys(), ...this.#before.keys()])) {
      const share = (Number(look.get(crate) ?? false) + Number(this.#before.get(crate) ?? false)) / 2;
      this.#crates.set(crate, (this.#crates.get(crate) ?? 0) + share * since);
    }
    this.#whole += ((Number(isLinking(look)) + Number(isLinking(this.#before))) / 2) * since;
    this.#before = look;
  }

  get times(): LinkTimes {
    return { crates: this.#crates, whole: this.#whole };
  }
}

const isLinking = (look: LinkLook): boolean => [...look.values()].includes(true);
