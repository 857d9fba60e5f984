import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dependentsOf, needsOf } from '../../../main/engine/graph/closure.ts';
import { conduwuitGraph, graphs } from './webs.ts';

describe('closure', () => {
  test('holds just what follows from the direct needs', () => {
    fc.assert(
      fc.property(graphs(200), ({ graph, some }) => {
        const found = dependentsOf(some, graph.nodes);
        for (const { name, needs } of graph.nodes) {
          expect(found.has(name)).toBe(needs.some((need) => some.has(need) || found.has(need)));
        }
      }),
    );
  });

  test('is the same seen from below and from above', () => {
    fc.assert(
      fc.property(graphs(25), ({ graph: { nodes } }) => {
        for (const { name: a } of nodes) {
          for (const { name: b } of nodes) {
            expect(dependentsOf([a], nodes).has(b)).toBe(needsOf([b], nodes).has(a));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test('leaves out the names themselves, and those it does not know', () => {
    const { nodes } = conduwuitGraph();
    expect([...dependentsOf(['conduwuit_api', 'nobody'], nodes)]).toEqual([
      'conduwuit_admin',
      'conduwuit_router',
    ]);
    expect([...needsOf(['conduwuit_service'], nodes)]).toEqual([
      'conduwuit_core',
      'conduwuit_database',
      'rocksdb',
      'ruma',
    ]);
  });
});
