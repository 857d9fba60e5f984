import type { BuildTrigger, CompiledCrate } from '../../../preload/contract.ts';

/** What is written down of a build while it runs. */
export class BuildNotes {
  /** ms since the epoch. */
  readonly at: number;
  readonly trigger: BuildTrigger;
  readonly #fresh = new Set<string>();
  readonly #compiled = new Map<string, CompiledCrate>();

  constructor(at: number, trigger: BuildTrigger) {
    this.at = at;
    this.trigger = trigger;
  }

  /** A part of a package is there: its library, its build script. @param now ms since the epoch. */
  artifact(name: string, fresh: boolean, now: number): void {
    if (fresh) {
      this.#fresh.add(name);
      return;
    }
    const known = this.#compiled.get(name) ?? { name, began: null, ended: null, took: null, link: null };
    // In the order in which they were done.
    this.#compiled.delete(name);
    this.#compiled.set(name, { ...known, ended: Math.max(0, now - this.at) });
  }

  get compiled(): CompiledCrate[] {
    return [...this.#compiled.values()];
  }

  /** Packages of which every part was as it should be. */
  get fresh(): string[] {
    return [...this.#fresh].filter((name) => !this.#compiled.has(name));
  }
}

const SET_UP = ['Set-up', 'Toolchain', 'Linker'];

/** @param text an edited file, or what was asked for. @param files all edited files that the build takes in. */
export function triggerOf(text: string, files: readonly string[]): BuildTrigger {
  const kind = (): BuildTrigger['kind'] => {
    if (files.includes(text)) return 'edit';
    if (text === 'Build') return 'asked';
    if (text === 'Start') return 'start';
    if (text === 'Reload' || text.startsWith('Reload ')) return 'reload';
    return SET_UP.includes(text) ? 'set-up' : 'edit';
  };
  return { kind: kind(), files: [...files], text };
}
