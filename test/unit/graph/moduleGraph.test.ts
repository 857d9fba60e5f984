import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModuleGraphSchema } from '#shared/contract.ts';
import { buildModuleGraph } from '../../../main/engine/graph/moduleGraph.ts';
import { conduwuit, conduwuitGraph, generator, graphOf, packagesOf, shuffled, webs } from './webs.ts';

describe('buildModuleGraph', () => {
  test('knows conduwuit as its own loader does', () => {
    const graph = conduwuitGraph();
    const names = ['database', 'service', 'api', 'admin', 'router'];
    expect(graph.order).toEqual(names.map((name) => `conduwuit_${name}`));
    const seen = graph.nodes.map(({ label, role, wave }) => `${label} ${role} ${wave}`);
    expect(seen).toEqual([
      'conduwuit executable null',
      'admin module 4',
      'api module 3',
      'core pinned 0',
      'database module 1',
      'router module 5',
      'service module 2',
      'rocksdb external null',
      'ruma external null',
    ]);
  });

  test('gives the same graph in whatever order packages and needs come', () => {
    fc.assert(
      fc.property(webs(200), fc.nat(), (web, seed) => {
        const { packages, pinned } = packagesOf(web, seed);
        const random = generator(seed);
        const retold = shuffled(packages, random).map((each) => ({
          ...each,
          needs: shuffled([...each.needs, ...each.needs], random),
        }));
        const graph = graphOf(packages, pinned);
        expect(graphOf(retold, pinned)).toEqual(graph);
        expect(ModuleGraphSchema.parse(graph)).toEqual(graph);
      }),
    );
  });

  test('keeps an order that is set, of modules only, and puts those it leaves out on top', () => {
    const result = buildModuleGraph({
      packages: conduwuit,
      pinned: new Set(['conduwuit_core']),
      order: ['conduwuit_service', 'conduwuit_core', 'conduwuit_database', 'nobody', 'conduwuit_service'],
      rolesFrom: 'settings',
    });
    expect(result.ok && result.graph.order).toEqual([
      'conduwuit_service',
      'conduwuit_database',
      'conduwuit_api',
      'conduwuit_admin',
      'conduwuit_router',
    ]);
  });

  test('leaves out needs that are no packages', () => {
    const graph = graphOf([{ name: 'a', kind: 'library', needs: ['libc', 'a_macros'] }], new Set());
    expect(graph.nodes[0]?.needs).toEqual([]);
  });

  test('names a cycle', () => {
    const result = buildModuleGraph({
      packages: [
        { name: 'c', kind: 'library', needs: ['b'] },
        { name: 'b', kind: 'library', needs: ['a'] },
        { name: 'a', kind: 'library', needs: ['c'] },
      ],
      pinned: new Set(['a']),
      rolesFrom: 'manifests',
    });
    expect(result).toEqual({
      ok: false,
      failure: {
        kind: 'cycle',
        message:
          'a needs c, which needs b, which needs a: libraries that need each other can’t be loaded one after the other.',
        remedy: 'Remove one of these dependencies from its Cargo.toml.',
      },
    });
  });
});
