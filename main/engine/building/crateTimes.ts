import type { CompiledCrate } from '#shared/contract.ts';
import { type BuildEvent, keyOf, type LinkTimes } from './buildEvents.ts';
import { PassTimes } from './passTimes.ts';

interface Noted {
  name: string;
  began: number | null;
  /** When the last of its units was there; null while there is none but build scripts. */
  ended: number | null;
}

/** When the crates of a build were compiled and linked; all times in ms after it began. */
export class CrateTimes {
  readonly #crates = new Map<string, Noted>();
  readonly #fresh = new Map<string, string>();
  readonly #passes = new PassTimes();
  #links: LinkTimes | null = null;

  note(event: BuildEvent, at: number): void {
    if (event.kind === 'links') this.#links = event.links;
    else if (event.kind === 'pass') this.#passes.note(event);
    else if (event.kind === 'compiling') {
      const key = keyOf(event.crate);
      const known = this.#crates.get(key) ?? { name: event.crate.name, began: null, ended: null };
      this.#crates.set(key, { ...known, began: known.began ?? at });
    } else if (event.kind === 'unit' && event.fresh !== null) {
      const { crate, fresh, script } = event;
      const key = keyOf(crate);
      if (fresh) {
        if (!script) this.#fresh.set(key, crate.name);
        return;
      }
      this.#passes.end(key);
      const known = this.#crates.get(key) ?? { name: crate.name, began: null, ended: null };
      // In the order in which they were done.
      if (!script) this.#crates.delete(key);
      this.#crates.set(key, { ...known, ended: script ? known.ended : at });
    }
  }

  get compiled(): CompiledCrate[] {
    return [...this.#crates].flatMap(([key, { name, began, ended }]) => {
      if (ended === null) return [];
      const took = began === null ? null : Math.max(0, ended - began);
      const link = this.#passes.linking.get(key) ?? this.#links?.crates.get(key) ?? null;
      return [{ name, began, ended, took, link: rounded(link) }];
    });
  }

  /** Packages of which every unit was fresh. */
  get fresh(): string[] {
    const compiled = new Set(this.compiled.map(({ name }) => name));
    return [...new Set(this.#fresh.values())].filter((name) => !compiled.has(name));
  }

  /** How much of the whole something was being linked; null where that could not be seen. */
  get link(): number | null {
    return rounded(this.#links?.whole ?? null);
  }
}

const rounded = (ms: number | null): number | null => (ms === null ? null : Math.round(ms));
