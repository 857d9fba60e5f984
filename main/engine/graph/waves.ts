import { cycleIn } from './cycles.ts';
import { linksOf, type Needs } from './links.ts';

export type Waves = { ok: true; waves: Map<string, number> } | { ok: false; cycle: string[] };

/**
 * The wave of each name: 0 for one that needs nothing inside the map, otherwise one more than the highest wave
 * among those it needs. Linear in names and needs.
 * @returns the waves, sorted by name; or a cycle (see `findCycle`), because then there are none.
 */
export function computeWaves(needs: Needs): Waves {
  const links = linksOf(needs);
  const wave = links.names.map(() => 0);
  const waitsFor = links.needs.map((each) => each.length);
  const settled: number[] = [];
  waitsFor.forEach((count, at) => {
    if (count === 0) settled.push(at);
  });
  for (const at of settled) {
    for (const dependent of links.dependents[at] ?? []) {
      const left = (waitsFor[dependent] ?? 0) - 1;
      waitsFor[dependent] = left;
      if (left > 0) continue;
      // They settle wave by wave, so the last one waited for is of the highest.
      wave[dependent] = (wave[at] ?? 0) + 1;
      settled.push(dependent);
    }
  }
  // Whoever is on a cycle, or above one, waits for ever.
  if (settled.length < links.names.length) return { ok: false, cycle: cycleIn(links) ?? [] };
  return { ok: true, waves: new Map(links.names.map((name, at) => [name, wave[at] ?? 0])) };
}
