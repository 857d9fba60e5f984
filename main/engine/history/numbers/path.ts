/**
 * What a build waited for; pure. From the crate that was done last, back to the one that it waited for, and so on. What a
 * crate needs is known of modules and the executable: among those it is the one that was done last. Of all others nothing
 * but the times is known: then it is taken to have waited for the one that was done just when it began.
 */
import type { CompiledCrate, GraphNode } from '#shared/contract.ts';

/** A step of the critical path. */
export interface PathStep {
  name: string;
  /** ms that the build waited for it alone: from when the one before it was done, or it began. */
  share: number;
  after: { name: string; why: 'needs' | 'times' } | null;
}

type Timed = { name: string; key: string; began: number; ended: number };
type Before = { crate: Timed; why: 'needs' | 'times' } | null;

/** Who begins when another is done does so within this time, ms; cargo reports the two in either order. */
const AT_ONCE_MS = 150;
const EARLY_MS = 40;

export type Needs = ReadonlyMap<string, readonly string[]>;

/** What the modules and the executable need, by name. Library names have `_` where packages may have `-`. */
export function needsOf(nodes: readonly GraphNode[]): Needs {
  const inside = nodes.filter(({ role }) => role !== 'external');
  return new Map(inside.map(({ name, needs }) => [crateName(name), needs.map(crateName)]));
}

/** The critical path, the first crate first. Empty where it is not measured when all of them began. */
export const criticalPath = (
  crates: readonly CompiledCrate[],
  needs: Needs,
  last: string | null = null,
): PathStep[] => pathFinder(crates, needs)(last);

/** Gives the path that ends with a crate; without a name, with the one that was done last. */
export function pathFinder(
  crates: readonly CompiledCrate[],
  needs: Needs,
): (last: string | null) => PathStep[] {
  const timed = crates.flatMap(({ name, began, ended }): Timed[] =>
    began === null || ended === null ? [] : [{ name, key: crateName(name), began, ended }],
  );
  if (timed.length < crates.length) return () => [];
  const known = new Map<Timed, Before>();
  const before = (crate: Timed): Before => {
    const found = known.get(crate);
    if (found !== undefined) return found;
    const waited = waitedFor(crate, timed, needs);
    known.set(crate, waited);
    return waited;
  };
  return (last) => {
    const steps: PathStep[] = [];
    const seen = new Set<Timed>();
    let crate = last === null ? latest(timed) : (timed.find(({ name }) => name === last) ?? null);
    while (crate !== null) {
      seen.add(crate);
      const found = before(crate);
      // Two that took no time may seem to have waited for each other.
      const waited = found === null || seen.has(found.crate) ? null : found;
      const { name, began, ended } = crate;
      const share = Math.max(0, ended - Math.max(began, waited?.crate.ended ?? 0));
      steps.push({ name, share, after: waited && { name: waited.crate.name, why: waited.why } });
      crate = waited?.crate ?? null;
    }
    return steps.reverse();
  };
}

function waitedFor(crate: Timed, all: readonly Timed[], needs: Needs): Before {
  const needed = needs.get(crate.key) ?? [];
  const earlier = all.filter((each) => each !== crate && each.ended <= crate.ended);
  const direct = latest(earlier.filter(({ key }) => needed.includes(key)));
  const justDone = ({ ended }: Timed): boolean =>
    ended <= crate.began + EARLY_MS && ended >= crate.began - AT_ONCE_MS;
  // Of a module that it does not need, it is known that it did not wait for it, if there is one that it does need.
  const close = latest(earlier.filter((each) => justDone(each) && (direct === null || !needs.has(each.key))));
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
