/**
 * What a change of the workspace costs: the graph with its waves, the plan after an edit at the bottom, and the
 * drawing. The rival finds waves the plain way, in rounds over all that is left; it does nothing else.
 */

import type { ModuleGraph } from '#shared/contract.ts';
import { staleAfter } from '../../main/engine/graph/impact.ts';
import { buildModuleGraph, type PackageLinks } from '../../main/engine/graph/moduleGraph.ts';
import { planReload } from '../../main/engine/graph/plan.ts';
import { computeWaves } from '../../main/engine/graph/waves.ts';
import { layoutGraph } from '../../renderer/graph/layout/layoutGraph.ts';
import { median } from './statistics.ts';

export interface GraphFigure {
  name: string;
  /** Medians. */
  ours: number;
  rival?: number;
  unit: 'ms';
}

const SIZES = [100, 1000, 5000];
const WARM_UP = 5;
const RUNS = 21;
/** Of the whole, at 5,000 modules. */
const BUDGET_MS = 50;

/** Prints the figures. */
export async function benchGraph(): Promise<void> {
  console.log(`\nModule graph, median of ${RUNS} runs (budget: ${BUDGET_MS} ms for the whole at 5,000)`);
  for (const { name, ours, rival, unit } of measureGraph()) {
    const other = rival === undefined ? '' : `   in rounds ${rival.toFixed(2)} ${unit}`;
    console.log(`  ${name.padEnd(46)} ${ours.toFixed(2).padStart(8)} ${unit}${other}`);
  }
}

/** Every part at every size, for a web of modules and for one long chain. */
export function measureGraph(): GraphFigure[] {
  const figures: GraphFigure[] = [];
  for (const size of SIZES) {
    for (const [shape, packages] of [
      ['web', web(size)],
      ['chain', chain(size)],
    ] as const) {
      const needs = new Map(packages.map((each) => [each.name, each.needs]));
      const graph = graphOf(packages);
      const plan = () => {
        const stale = staleAfter(['m0'], graph.nodes);
        return planReload({
          graph,
          rule: 'dependents',
          stale,
          changed: new Map([['m0', 'edited (lib.rs)']]),
        });
      };
      const add = (part: string, ours: () => unknown, rival?: () => unknown) =>
        figures.push({ name: `${part}, ${shape} of ${size} modules`, ...compare(ours, rival), unit: 'ms' });
      // On a chain the rounds take seconds: there is nothing to learn from that.
      const rounds = shape === 'web' ? () => wavesInRounds(needs) : undefined;
      add('waves', () => computeWaves(needs), rounds);
      add('graph', () => graphOf(packages));
      add('plan', plan);
      add('layout', () => layoutGraph(graph.nodes));
      add('graph + plan + layout', () => [graphOf(packages), plan(), layoutGraph(graph.nodes)]);
    }
  }
  return figures;
}

/** Runs the two in turn, so that a machine whose speed drifts doesn't tilt the comparison. */
function compare(ours: () => unknown, rival?: () => unknown): { ours: number; rival?: number } {
  const times: { ours: number[]; rival: number[] } = { ours: [], rival: [] };
  for (let run = -WARM_UP; run < RUNS; run++) {
    const own = timed(ours);
    const other = rival === undefined ? null : timed(rival);
    if (run < 0) continue;
    times.ours.push(own);
    if (other !== null) times.rival.push(other);
  }
  return { ours: median(times.ours), ...(rival === undefined ? {} : { rival: median(times.rival) }) };
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function graphOf(packages: readonly PackageLinks[]): ModuleGraph {
  const built = buildModuleGraph({ packages, pinned: new Set(['m0']), rolesFrom: 'manifests' });
  if (!built.ok) throw new Error(built.failure.message);
  return built.graph;
}

/** Each module needs up to six of the hundred before it, as crates of one workspace do; the first is pinned. */
function web(size: number): PackageLinks[] {
  const random = generator(size);
  return Array.from({ length: size }, (_, at) => {
    const needs = new Set<string>();
    for (let count = Math.min(at, 1 + Math.floor(random() * 6)); count > 0; count--) {
      needs.add(`m${Math.max(0, at - 1 - Math.floor(random() * 100))}`);
    }
    return { name: `m${at}`, kind: 'library', needs: [...needs] };
  });
}

function chain(size: number): PackageLinks[] {
  return Array.from({ length: size }, (_, at) => ({
    name: `m${at}`,
    kind: 'library',
    needs: at === 0 ? [] : [`m${at - 1}`],
  }));
}

/** The same numbers below 1 in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

/** Round after round, takes those that need nothing of what is left. */
function wavesInRounds(needs: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const waves = new Map<string, number>();
  let left = [...needs.keys()];
  for (let wave = 0; left.length > 0; wave++) {
    const free = left.filter((name) => (needs.get(name) ?? []).every((need) => waves.has(need)));
    for (const name of free) waves.set(name, wave);
    left = left.filter((name) => !waves.has(name));
  }
  return waves;
}
