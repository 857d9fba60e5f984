import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledCrate, GraphNode } from '#shared/contract.ts';
import { lastPathOf } from '../../../../main/engine/history/numbers/lastPath.ts';
import { criticalPath, needsOf } from '../../../../main/engine/history/numbers/path.ts';
import { aBuild } from '../records.ts';

const crate = (name: string, began: number | null, ended: number): CompiledCrate => ({
  name,
  began,
  ended,
  took: began === null ? null : ended - began,
  link: null,
});

const node = (name: string, needs: string[], role: GraphNode['role'] = 'module'): GraphNode => ({
  name,
  label: name,
  role,
  needs,
  wave: null,
});

const graph = [
  node('core', ['serde']),
  node('api', ['core']),
  node('admin', ['core']),
  node('router', ['admin', 'api']),
  node('serde', [], 'external'),
];

describe('the critical path', () => {
  it('goes from what was done last to what it needs, and there to what was done last', () => {
    const crates = [
      crate('core', 0, 300),
      crate('api', 300, 900),
      crate('admin', 310, 500),
      crate('router', 905, 1000),
    ];
    expect(criticalPath(crates, needsOf(graph))).toEqual([
      { name: 'core', share: 300, after: null },
      { name: 'api', share: 600, after: { name: 'core', why: 'needs' } },
      { name: 'router', share: 95, after: { name: 'api', why: 'needs' } },
    ]);
    expect(criticalPath(crates, needsOf(graph), 'admin').map(({ name }) => name)).toEqual(['core', 'admin']);
  });

  it('counts no time twice where one began before the other was done', () => {
    const crates = [crate('core', 0, 300), crate('api', 100, 500)];
    expect(criticalPath(crates, needsOf(graph)).map(({ share }) => share)).toEqual([300, 200]);
  });

  it('goes by the times where nothing else is known, and says so', () => {
    const crates = [crate('serde_core', 0, 400), crate('serde', 410, 700), crate('core', 720, 900)];
    expect(criticalPath(crates, needsOf(graph))).toEqual([
      { name: 'serde_core', share: 400, after: null },
      { name: 'serde', share: 290, after: { name: 'serde_core', why: 'times' } },
      { name: 'core', share: 180, after: { name: 'serde', why: 'needs' } },
    ]);
    // It ended long before: nobody waited for it.
    expect(criticalPath([crate('a', 0, 100), crate('b', 2000, 3000)], new Map())).toHaveLength(1);
  });

  it('takes names of packages and of libraries for the same', () => {
    const nodes = [node('my-api', ['my_core']), node('my-core', [])];
    const crates = [crate('my-core', 0, 10), crate('my-api', 200, 300)];
    expect(criticalPath(crates, needsOf(nodes)).map(({ name }) => name)).toEqual(['my-core', 'my-api']);
  });

  it('is not known where it was not measured when they began', () => {
    expect(criticalPath([crate('core', null, 300), crate('api', 0, 400)], needsOf(graph))).toEqual([]);
    expect(criticalPath([], needsOf(graph))).toEqual([]);
  });

  it('is no longer than the build, and has no crate twice, whatever the times', () => {
    const crates = fc
      .uniqueArray(fc.constantFrom('core', 'api', 'admin', 'router', 'serde', 'a', 'b', 'c'))
      .chain((names) =>
        fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), fc.nat(1000), fc.nat(1000)))),
      );
    fc.assert(
      fc.property(crates, (given) => {
        const all = given.map(([name, began, took]) => crate(name, began, began + took));
        const path = criticalPath(all, needsOf(graph));
        const end = Math.max(0, ...all.map(({ ended }) => ended ?? 0));
        expect(path.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(end);
        expect(new Set(path.map(({ name }) => name)).size).toBe(path.length);
        expect(all.find(({ name }) => name === path.at(-1)?.name)?.ended ?? 0).toBe(end);
      }),
    );
  });
});

describe('the crates of the latest build', () => {
  it('are the longest, and all on the path', () => {
    const others = Array.from({ length: 60 }, (_, i) => crate(`lib${i}`, 0, 100 + i));
    const record = aBuild({ compiled: [...others, crate('core', 170, 180), crate('api', 180, 190)] });
    const { crates, left, timed } = lastPathOf('id', record, graph);
    expect([crates.length, left, timed]).toEqual([40, 22, true]);
    expect(crates.filter(({ share }) => share !== null).map(({ name }) => name)).toEqual([
      'lib59',
      'core',
      'api',
    ]);
    expect(crates.map(({ began }) => began)).toEqual(
      crates.map(({ began }) => began ?? 0).sort((a, b) => a - b),
    );
  });

  it('say that it was not measured when they began', () => {
    const { timed, crates } = lastPathOf('id', aBuild(), graph);
    expect([timed, crates.map(({ name, share }) => [name, share])]).toEqual([false, [['depot_api', null]]]);
  });
});
