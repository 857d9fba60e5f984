import fc from 'fast-check';
import { vi } from 'vitest';
import type { ModuleGraph } from '#shared/contract.ts';
import type { PackageLinks } from '../../../main/engine/graph/moduleGraph.ts';
import { buildModuleGraph } from '../../../main/engine/graph/moduleGraph.ts';

// Hundreds of graphs for each property: a busy machine may need longer than for a plain test.
vi.setConfig({ testTimeout: 60_000 });

/** Who needs what; without cycles where it comes from `webs`. */
export type Web = Map<string, string[]>;

/** The same numbers below 1 for the same seed. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

export function shuffled<T>(items: Iterable<T>, random: () => number): T[] {
  return [...items]
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Webs of up to `most` modules, few and small or many and deep; the names say nothing about who needs whom. */
export const webs = (most: number): fc.Arbitrary<Web> =>
  fc
    .record({
      size: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: most })),
      fan: fc.integer({ min: 0, max: 6 }),
      span: fc.oneof(fc.constant(2), fc.constant(40), fc.constant(5000)),
      seed: fc.nat(),
    })
    .map(({ size, fan, span, seed }) => {
      const random = generator(seed);
      const names = shuffled(
        Array.from({ length: size }, (_, at) => `lib_${at}`),
        random,
      );
      const web: Web = new Map();
      names.forEach((name, at) => {
        const needs = new Set<string>();
        for (let count = Math.floor(random() * (fan + 1)); count > 0 && at > 0; count--) {
          const need = names[Math.max(0, at - 1 - Math.floor(random() * span))];
          if (need !== undefined) needs.add(need);
        }
        web.set(name, [...needs]);
      });
      return web;
    });

/** The same web, told in another order. */
export function retold(web: Web, seed: number): Web {
  const random = generator(seed);
  return new Map(shuffled(web, random).map(([name, needs]) => [name, shuffled(needs, random)]));
}

/** A graph over a web: some of the bottom is pinned, an executable is linked to that, and a few crates are external. */
export function packagesOf(web: Web, seed: number): { packages: PackageLinks[]; pinned: Set<string> } {
  const random = generator(seed);
  const crates = ['serde', 'tokio'];
  const pinned = new Set<string>();
  const packages: PackageLinks[] = crates.map((name) => ({ name, kind: 'external', needs: [] }));
  for (const [name, needs] of web) {
    if (needs.every((need) => pinned.has(need)) && random() < 0.3) pinned.add(name);
    packages.push({ name, kind: 'library', needs: [...needs, ...crates.filter(() => random() < 0.5)] });
  }
  packages.push({ name: 'program', kind: 'executable', needs: [...pinned].filter(() => random() < 0.5) });
  return { packages, pinned };
}

export function graphOf(packages: readonly PackageLinks[], pinned: ReadonlySet<string>): ModuleGraph {
  const built = buildModuleGraph({ packages, pinned, rolesFrom: 'artifacts' });
  if (!built.ok) throw new Error(built.failure.message);
  return built.graph;
}

/** Graphs with modules, pinned libraries, an executable and externals, and some of the nodes, by name. */
export const graphs = (most: number): fc.Arbitrary<{ graph: ModuleGraph; some: Set<string> }> =>
  fc
    .record({ web: webs(most), seed: fc.nat(), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map((given) => {
      const { packages, pinned } = packagesOf(given.web, given.seed);
      const graph = graphOf(packages, pinned);
      const random = generator(given.seed + 1);
      const some = graph.nodes.filter(() => random() < given.share).map((node) => node.name);
      return { graph, some: new Set(some) };
    });

const library = (name: string, ...needs: string[]): PackageLinks => ({ name, kind: 'library', needs });

/** conduwuit as its manifests have it. */
export const conduwuit: PackageLinks[] = [
  { name: 'conduwuit', kind: 'executable', needs: ['conduwuit_core'] },
  library('conduwuit_router', 'conduwuit_admin', 'conduwuit_api', 'conduwuit_service', 'conduwuit_core'),
  library('conduwuit_admin', 'conduwuit_api', 'conduwuit_service', 'conduwuit_database', 'conduwuit_core'),
  library('conduwuit_api', 'conduwuit_service', 'conduwuit_database', 'conduwuit_core'),
  library('conduwuit_service', 'conduwuit_database', 'conduwuit_core'),
  library('conduwuit_database', 'conduwuit_core', 'rocksdb'),
  library('conduwuit_core', 'ruma'),
  { name: 'rocksdb', kind: 'external', needs: [] },
  { name: 'ruma', kind: 'external', needs: [] },
];

export const conduwuitGraph = (): ModuleGraph => graphOf(conduwuit, new Set(['conduwuit_core']));
