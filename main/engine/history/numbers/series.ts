import type { Measure } from '#shared/contract.ts';
import type { BuildFacts, Facts, ReloadFacts, Slowest } from './facts.ts';

/** One measurement. Those of a group are alike; without one it says nothing of how fast the machine is. */
export interface Measured {
  id: string;
  at: number;
  ms: number;
  group: string | null;
}

/** All that is known of a module, or of the whole; in the order of time. */
export interface Series {
  module: string | null;
  measured: Readonly<Record<Measure, Measured[]>>;
  builds: { at: number; failed: boolean; slowest: Slowest | null }[];
  /** When there was a reload that moved it. */
  reloads: number[];
  /** Save-to-swapped of reloads that nobody asked for. */
  unasked: Measured[];
}

const newSeries = (module: string | null): Series => ({
  module,
  measured: { build: [], link: [], unload: [], load: [], swap: [] },
  builds: [],
  reloads: [],
  unasked: [],
});

/** Gathers facts, which come in the order of time, by module. */
export class SeriesSet {
  readonly whole = newSeries(null);
  readonly modules = new Map<string, Series>();

  add(facts: Facts): void {
    if (facts.kind === 'build') this.#addBuild(facts);
    else this.#addReload(facts);
  }

  #addBuild(build: BuildFacts): void {
    const { id, at, took, outcome, link, compiled, group, modules, failed, slowest } = build;
    // Nothing was to be done: that is no build, and would make the others look slow.
    if (outcome !== 'failed' && compiled === 0) return;
    this.whole.builds.push({ at, failed: outcome === 'failed', slowest });
    if (outcome === 'ok') {
      put(this.whole, 'build', { id, at, ms: took, group });
      put(this.whole, 'link', { id, at, ms: link, group });
    }
    for (const module of modules) {
      const series = this.#of(module.name);
      put(series, 'build', { id, at, ms: module.took, group: '' });
      put(series, 'link', { id, at, ms: module.link, group: '' });
      series.builds.push({ at, failed: failed.includes(module.name), slowest: module.slowest });
    }
    for (const name of failed) {
      if (modules.some((module) => module.name === name)) continue;
      this.#of(name).builds.push({ at, failed: true, slowest: null });
    }
  }

  #addReload(reload: ReloadFacts): void {
    const { id, at, moved, unasked, unload, load, swap, modules, group } = reload;
    if (!moved) return;
    this.whole.reloads.push(at);
    put(this.whole, 'unload', { id, at, ms: unload, group });
    put(this.whole, 'load', { id, at, ms: load, group });
    const kindOfSwap = unasked ? group : null;
    put(this.whole, 'swap', { id, at, ms: swap, group: kindOfSwap });
    for (const module of modules) {
      const series = this.#of(module.name);
      series.reloads.push(at);
      put(series, 'unload', { id, at, ms: module.unload, group: module.first ? 'first' : 'later' });
      put(series, 'load', { id, at, ms: module.load, group: '' });
      put(series, 'swap', { id, at, ms: module.swap, group: kindOfSwap });
    }
  }

  #of(name: string): Series {
    const known = this.modules.get(name) ?? newSeries(name);
    this.modules.set(name, known);
    return known;
  }
}

function put(
  series: Series,
  measure: Measure,
  { id, at, ms, group }: { id: string; at: number; ms: number | null; group: string | null },
): void {
  if (ms === null) return;
  const measured = { id, at, ms, group };
  series.measured[measure].push(measured);
  if (measure === 'swap' && group !== null) series.unasked.push(measured);
}
