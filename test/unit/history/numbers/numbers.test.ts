import { describe, expect, it } from 'vitest';
import type { Answer, GraphNode, HistoryRecord, ReloadStep } from '#shared/contract.ts';
import type { HistoryStore } from '../../../../main/engine/history/historyStore.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { valueIn } from '../../logs/store/runs.ts';
import { aBuild, aGraph, anEdit, aReloadRecord, historyIn } from '../records.ts';

const NOW = 1_750_000_000_000;
const MINUTE = 60_000;
const now = (): number => NOW;

const graph = {
  ...aGraph('depot_api'),
  nodes: [
    { name: 'depot_core', label: 'core', role: 'pinned', needs: [], wave: 0 },
    { name: 'depot_api', label: 'api', role: 'module', needs: ['depot_core'], wave: 1 },
  ] satisfies GraphNode[],
};

const compiled = (name: string, began: number, ended: number, link: number | null = null) => ({
  name,
  began,
  ended,
  took: ended - began,
  link,
});

/** A build of api, some minutes ago. */
const apiBuild = (ago: number, ms: number) =>
  aBuild({
    at: NOW - ago * MINUTE,
    took: ms + 100,
    compiled: [compiled('depot_api', 50, 50 + ms, 30)],
    link: 30,
  });

const step = (module: string, which: ReloadStep['step'], at: number): ReloadStep => ({
  module,
  step: which,
  at,
});

async function filled(records: readonly HistoryRecord[]): Promise<{ store: HistoryStore; ids: string[] }> {
  const { store } = historyIn(await temporaryFolder(), { now });
  store.noteGraph(graph);
  return { store, ids: records.map((record) => store.append(record)?.id ?? '') };
}

const ask = async (store: HistoryStore, days = 30, focus: string | null = null): Promise<Answer<'numbers'>> =>
  valueIn(await store.numbers({ days, focus }));

describe('numbers', () => {
  it('are of builds that compiled something and went well; failed ones are counted', async () => {
    const { store } = await filled([
      aBuild({ at: NOW - 9 * MINUTE, took: 90, compiled: [] }),
      apiBuild(8, 1000),
      aBuild({
        at: NOW - 7 * MINUTE,
        took: 300,
        outcome: 'failed',
        compiled: [],
        modules: { depot_api: 'failed', depot_core: 'built' },
      }),
      apiBuild(6, 2000),
      aBuild({ at: NOW - 5 * MINUTE, took: 9000, outcome: 'cancelled', compiled: [] }),
    ]);
    const { whole, modules, builds } = await ask(store);
    expect([whole.builds, whole.failed]).toEqual([3, 1]);
    expect(whole.figures.build).toMatchObject({ count: 2, median: 1600, p95: 2100 });
    expect(modules.map(({ module, builds: n, failed }) => [module, n, failed])).toEqual([
      ['depot_api', 3, 1],
    ]);
    expect(modules[0]?.figures).toMatchObject({
      build: { median: 1500, trend: { kind: 'few', count: 2, needed: 10 } },
      link: { median: 30 },
      unload: null,
      swap: null,
    });
    expect(builds).toEqual({ inRange: 5, all: 5, left: 0 });
  });

  it('take the time of each step of a reload from the step before', async () => {
    const at = NOW - MINUTE;
    const steps = [
      step('depot_router', 'unload', 12),
      step('depot_api', 'unload', 15),
      step('depot_api', 'load', 40),
      step('depot_router', 'load', 47),
    ];
    const swapped = ['depot_api', 'depot_router'];
    const { store } = await filled([
      aReloadRecord({ at, steps, swapped, saved: at - 500, cause: 'after-build' }),
      aReloadRecord({ at: at + 1, verdict: 'nothing', steps: [], swapped: [] }),
    ]);
    const { whole, modules, focus } = await ask(store);
    const medians = ({ figures }: (typeof modules)[number]) =>
      [figures.unload, figures.load, figures.swap].map((figure) => figure?.median);
    expect(whole.reloads).toBe(1);
    expect(medians(whole)).toEqual([15, 32, 547]);
    expect(modules.map((row) => [row.module, ...medians(row)])).toEqual([
      ['depot_api', 3, 25, 540],
      ['depot_router', 12, 7, 547],
    ]);
    expect(focus.unasked).toEqual({ count: 1, median: 547 });
  });

  it('mark what took unusually long, with the record', async () => {
    const usual = Array.from({ length: 14 }, (_, i) => apiBuild(60 - i, 1000 + (i % 3) * 20));
    const { store, ids } = await filled([...usual, apiBuild(3, 5000), apiBuild(2, 1010)]);
    const { slow, focus, modules } = await ask(store, 30, 'depot_api');
    expect(slow.map(({ id, parts }) => [id, parts.map(({ module, measure }) => [module, measure])])).toEqual([
      [
        ids[14],
        [
          [null, 'build'],
          ['depot_api', 'build'],
        ],
      ],
    ]);
    expect(slow[0]?.parts[1]).toMatchObject({ ms: 5000, usual: 1020, count: 14 });
    expect(focus.samples.build.filter((sample) => sample.slow).map(({ id }) => id)).toEqual([ids[14]]);
    expect(modules[0]?.last).toHaveLength(16);
    // The build of another range is not told, but what came before it counts.
    expect((await ask(store, 1)).slow).toHaveLength(1);
  });

  it('tell the slowest crate of the paths, and the path of the latest build', async () => {
    const both = (ago: number) =>
      aBuild({
        at: NOW - ago * MINUTE,
        took: 1000,
        compiled: [compiled('depot_core', 0, 700), compiled('depot_api', 700, 900)],
      });
    const { store, ids } = await filled([both(5), both(4), apiBuild(3, 500)]);
    const { whole, modules, path } = await ask(store);
    expect(whole.slowest).toEqual({ name: 'depot_core', times: 2, of: 3, median: 700 });
    expect(modules.map(({ module, slowest }) => [module, slowest?.name])).toEqual([
      ['depot_api', 'depot_core'],
      ['depot_core', 'depot_core'],
    ]);
    expect(path).toMatchObject({ id: ids[2], timed: true, left: 0 });
  });

  it('are of the range, and the trend of more than that', async () => {
    const daily = Array.from({ length: 14 }, (_, i) =>
      apiBuild((14 - i) * 24 * 60 - 60, i < 7 ? 1000 : 2000),
    );
    const { store } = await filled(daily);
    const { whole } = await ask(store, 3);
    expect(whole.builds).toBe(3);
    expect(whole.figures.build).toMatchObject({
      count: 3,
      trend: { kind: 'days', direction: 'slower', count: 7, countBefore: 7 },
    });
  });

  it('are there when nothing is', async () => {
    const { store } = await filled([]);
    expect(await ask(store)).toMatchObject({ modules: [], slow: [], path: null, whole: { builds: 0 } });
  });

  it('know of what came since, without reading all again', async () => {
    const { store } = await filled([apiBuild(9, 1000)]);
    expect((await ask(store)).whole.builds).toBe(1);
    store.append(apiBuild(8, 1000));
    expect((await ask(store)).whole.builds).toBe(2);
  });

  it('of very many records are of the latest, and hold nobody up', { timeout: 60_000 }, async () => {
    const many = 3600;
    const { store } = await filled(
      Array.from({ length: many }, (_, i) => {
        const at = NOW - (many - i) * MINUTE;
        if (i % 3 === 0) return anEdit({ at });
        return i % 3 === 1 ? apiBuild(many - i, 1000 + (i % 50)) : aReloadRecord({ at });
      }),
    );
    const { store: again } = historyIn(store.folder.replace(/\/history\/.*/, ''), { now });
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const { builds, whole } = await ask(again);
    clearInterval(timer);
    expect(builds).toMatchObject({ all: 1000, inRange: 1000 });
    expect(builds.left).toBe(many / 3 - 1000);
    expect(whole.builds).toBe(1000);
    // Others have had their turn between the pieces.
    expect(turns).toBeGreaterThan(0);
  });
});
