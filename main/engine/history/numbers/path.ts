/**
 * What a build waited for; pure. From the crate that was done last, back to the one that it waited for, and so on. What a
 * crate needs is known of modules and the executable: among those it is the one that was done last. Of all others nothing
 * but the times is known: then it is taken to have waited for the one that was done just when it began.
 */
import type { CompiledCrate, GraphNode } from '../../../../preload/contract.ts';

/** A step of the critical path. */
export interface PathStep {
  name: string;
  /** ms that the build waited for it alone: from when the one before it was done, or it began. */
  share: number;
  after: { name: string; why: 'needs' | 'times' } | null;
}

type Timed = { name: string; began: number; ended: number };

/** Who begins when another is done does so within this time, ms; cargo tells of the two in either order. */
const AT_ONCE_MS = 150;
const EARLY_MS = 40;

export type Needs = ReadonlyMap<string, readonly string[]>;

/** What the modules and the executable need, by name. Library names have `_` where packages may have `-`. */
export function needsOf(nodes: readonly GraphNode[]): Needs {
  const inside = nodes.filter(({ role }) => role !== 'external');
  return new Map(inside.map(({ name, needs }) => [crateName(name), needs.map(crateName)]));
}

/**
 * The critical path that ends with a crate, the first crate first.
 * @param last null: with the one that was done last. @returns empty where it is not measured when all of them began.
 */
export function criticalPath(
  crates: readonly CompiledCrate[],
  needs: Needs,
  last: string | null = null,
): PathStep[] {
  const timed = crates.flatMap(({ name, began, ended }): Timed[] =>
    began === null || ended === null ? [] : [{ name, began, ended }],
  );
  if (timed.length < crates.length) return [];
  const steps: PathStep[] = [];
  const left = new Set(timed);
  let step = last === null ? latest(timed) : (timed.find(({ name }) => name === last) ?? null);
  while (step !== null) {
    left.delete(step);
    const before = waitedFor(step, [...left], needs);
    const { name, began, ended } = step;
    const share = Math.max(0, ended - Math.max(began, before?.crate.ended ?? 0));
    steps.push({ name, share, after: before && { name: before.crate.name, why: before.why } });
    step = before?.crate ?? null;
  }
  return steps.reverse();
}

function waitedFor(
  crate: Timed,
  others: readonly Timed[],
  needs: Needs,
): { crate: Timed; why: 'needs' | 'times' } | null {
  const needed = needs.get(crateName(crate.name)) ?? null;
  const earlier = others.filter(({ ended }) => ended <= crate.ended);
  const direct = latest(earlier.filter(({ name }) => needed?.includes(crateName(name)) ?? false));
  const justDone = (each: Timed): boolean =>
    each.ended <= crate.began + EARLY_MS && each.ended >= crate.began - AT_ONCE_MS;
  // Of a module that does not need it, it is known that it did not wait for it, if there is one that it does need.
  const candidates = earlier.filter(
    (each) => justDone(each) && (direct === null || !needs.has(crateName(each.name))),
  );
  const close = latest(candidates);
  if (direct !== null && (close === null || close.ended <= direct.ended)) {
    return { crate: direct, why: 'needs' };
  }
  return close && { crate: close, why: 'times' };
}

function latest(crates: readonly Timed[]): Timed | null {
  let found: Timed | null = null;
  for (const crate of crates) if (found === null || crate.ended > found.ended) found = crate;
  return found;
}

const crateName = (name: string): string => name.replaceAll('-', '_');
