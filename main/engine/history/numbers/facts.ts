/** What of a record goes into the numbers: the rest is not kept in memory. Pure. */
import { createHash } from 'node:crypto';
import type { BuildRecord, GraphNode, ReloadRecord } from '#shared/contract.ts';
import { needsOf, pathFinder } from './path.ts';

export interface Slowest {
  name: string;
  /** ms of the path that are its own. */
  share: number;
}

export interface BuildFacts {
  kind: 'build';
  id: string;
  at: number;
  took: number;
  outcome: BuildRecord['outcome'];
  link: number | null;
  /** How many packages were compiled; the same ones where `group` is the same. */
  compiled: number;
  group: string;
  /** Of those that are modules, pinned or the executable: how long they took, and what was slowest on the way to them. */
  modules: readonly { name: string; took: number | null; link: number | null; slowest: Slowest | null }[];
  /** Those that failed. */
  failed: readonly string[];
  slowest: Slowest | null;
}

export interface ReloadFacts {
  kind: 'reload';
  id: string;
  at: number;
  number: number;
  /** Did anything come of it? */
  moved: boolean;
  /** Nobody had to ask for it. */
  unasked: boolean;
  /** Of the whole, ms; null: not seen. */
  unload: number | null;
  load: number | null;
  swap: number | null;
  modules: readonly {
    name: string;
    unload: number | null;
    /** It went first: what the server finished before is in there. */
    first: boolean;
    load: number | null;
    swap: number | null;
  }[];
  /** Which went and came. */
  group: string;
}

export type Facts = BuildFacts | ReloadFacts;

export function factsOfBuild(id: string, record: BuildRecord, nodes: readonly GraphNode[]): BuildFacts {
  const { at, took, outcome, link, compiled } = record;
  const pathTo = pathFinder(compiled, needsOf(nodes));
  const inside = new Set(nodes.flatMap(({ name, role }) => (role === 'external' ? [] : [name])));
  const modules = compiled.filter(({ name }) => inside.has(name));
  const failed = outcome !== 'failed' ? [] : Object.entries(record.modules);
  return {
    kind: 'build',
    id,
    at,
    took,
    outcome,
    link,
    compiled: compiled.length,
    group: digest(compiled.map(({ name }) => name)),
    modules: modules.map((crate) => ({
      name: crate.name,
      took: crate.took,
      link: crate.link,
      slowest: slowestOf(pathTo(crate.name)),
    })),
    failed: failed.flatMap(([name, state]) => (state === 'failed' ? [name] : [])),
    slowest: slowestOf(pathTo(null)),
  };
}

function slowestOf(path: readonly Slowest[]): Slowest | null {
  let found: Slowest | null = null;
  for (const { name, share } of path) if (found === null || share > found.share) found = { name, share };
  return found;
}

export function factsOfReload(id: string, record: ReloadRecord): ReloadFacts {
  const { at, number, verdict, cause, saved, waited, swapped, stayed } = record;
  const steps = [...record.steps].sort((a, b) => a.at - b.at);
  const unloads = steps.filter(({ step }) => step === 'unload');
  const loads = steps.filter(({ step }) => step === 'load');
  const lastUnload = unloads.at(-1)?.at ?? null;
  const lastLoad = loads.at(-1)?.at ?? null;
  // Of one from outside, or by the server itself, the beginning was not seen.
  const begin = cause === 'outside' || cause === 'self' || cause === 'late' ? null : 0;
  const modules = [...new Set([...steps.map(({ module }) => module), ...swapped, ...stayed])].map((name) => {
    const unload = steps.findIndex(({ module, step }) => module === name && step === 'unload');
    const load = steps.findIndex(({ module, step }) => module === name && step === 'load');
    const loaded = steps[load]?.at ?? null;
    return {
      name,
      unload: since(steps, unload, begin),
      first: unload === 0,
      load: since(steps, load, begin),
      swap: swapped.includes(name) ? from(saved, at, loaded, waited) : null,
    };
  });
  return {
    kind: 'reload',
    id,
    at,
    number,
    moved: steps.length > 0 || !['nothing', 'refused', 'interrupted'].includes(verdict),
    unasked: cause === 'after-build',
    unload: lastUnload === null || begin === null ? null : lastUnload - begin,
    load: lastLoad === null ? null : span(lastLoad - (lastUnload ?? begin ?? lastLoad)),
    swap: verdict === 'swapped' ? from(saved, at, lastLoad, waited) : null,
    modules,
    group: digest(steps.map(({ module, step }) => `${step} ${module}`)),
  };
}

/** From the step before; of the first one from the beginning. */
function since(steps: readonly { at: number }[], i: number, begin: number | null): number | null {
  const step = steps[i];
  const before = i === 0 ? begin : (steps[i - 1]?.at ?? null);
  return step === undefined || before === null ? null : span(step.at - before);
}

/** @param waited for locks, which is no work. */
const from = (saved: number | null, at: number, step: number | null, waited: number): number | null =>
  saved === null || step === null ? null : span(at + step - saved - waited);

/** A clock that was set back gives less than nothing. */
const span = (ms: number): number | null => (ms >= 0 ? ms : null);

const digest = (names: readonly string[]): string =>
  createHash('sha1')
    .update([...names].sort().join('\n'))
    .digest('base64')
    .slice(0, 12);
