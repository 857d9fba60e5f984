import type { BuildRecord } from '#shared/contract.ts';

/** What a build is expected to be like. */
export interface Forecast {
  /** How many crates it compiles; null where it begins in the midst of what another left undone. */
  crates: number | null;
  /** How long such builds usually take, ms; null: there were not enough of them. */
  usual: { low: number; high: number } | null;
}

type Past = Pick<BuildRecord, 'outcome' | 'took' | 'trigger' | 'compiled' | 'rebuilt'>;

const MOST = 10;
const LEAST = 3;

/**
 * Foretells a build from those that went well before it and were about the same crates. Pure.
 * @param past the latest first.
 * @param edited the crates whose files were saved. @param unbuilt modules that do not exist yet.
 * @param ownerOf the crate that a file belongs to.
 */
export function forecast(
  past: readonly Past[],
  edited: ReadonlySet<string>,
  unbuilt: readonly string[],
  ownerOf: (file: string) => string,
): Forecast {
  // With neither there is no telling what it will find to do.
  if (edited.size === 0 && unbuilt.length === 0) return { crates: null, usual: null };
  const alike = past
    .filter(({ outcome, rebuilt, trigger }) => {
      if (trigger.kind === 'elsewhere') return false;
      if (outcome !== 'ok' || !unbuilt.every((name) => rebuilt.includes(name))) return false;
      const owners = new Set(trigger.files.map(ownerOf));
      return owners.size === edited.size && [...edited].every((name) => owners.has(name));
    })
    .slice(0, MOST);
  const group = largest(alike);
  const last = past[0];
  // What one had compiled that was interrupted, nobody knows.
  const isRest =
    last !== undefined &&
    (last.outcome === 'interrupted' || (last.outcome !== 'ok' && last.compiled.length > 0));
  return {
    crates: isRest ? null : (group[0]?.compiled.length ?? null),
    usual: group.length < LEAST ? null : usualOf(group.map(({ took }) => took)),
  };
}

/** Those that compiled the same crates, as most of them did: the others took up something half done. */
function largest(builds: readonly Past[]): readonly Past[] {
  const groups = new Map<string, Past[]>();
  for (const build of builds) {
    const key = build.compiled
      .map(({ name }) => name)
      .sort()
      .join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [build]);
    else group.push(build);
  }
  return [...groups.values()].reduce((best, group) => (group.length > best.length ? group : best), []);
}

/** From the tenth to the ninetieth percentile, by nearest rank: of a few, from the least to the most. */
function usualOf(times: readonly number[]): { low: number; high: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { low: rank(0.1), high: rank(0.9) };
}
