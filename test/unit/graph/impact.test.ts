import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { needsOf } from '../../../main/engine/graph/closure.ts';
import { staleAfter } from '../../../main/engine/graph/impact.ts';
import { conduwuit, conduwuitGraph, graphOf, graphs } from './webs.ts';

describe('staleAfter', () => {
  test('takes in every library that changed or depends on one that did, and no external', () => {
    fc.assert(
      fc.property(graphs(200), ({ graph, some }) => {
        const stale = staleAfter(some, graph.nodes);
        for (const { name, role } of graph.nodes) {
          if (role === 'executable') continue;
          const touched = some.has(name) || [...needsOf([name], graph.nodes)].some((need) => some.has(need));
          expect(stale.has(name)).toBe(touched && role !== 'external');
        }
      }),
      { numRuns: 40 },
    );
  });

  test('counts the executable for its own code and for what it is bound to', () => {
    fc.assert(
      fc.property(graphs(200), ({ graph, some }) => {
        const stale = staleAfter(some, graph.nodes);
        const bound = [...needsOf(['program'], graph.nodes)];
        const pinned = new Set(graph.nodes.filter((node) => node.role === 'pinned').map((node) => node.name));
        const expected = some.has('program') || bound.some((name) => pinned.has(name) && stale.has(name));
        expect(stale.has('program')).toBe(expected);
      }),
    );
  });

  test('does not count a mere relink', () => {
    const packages = conduwuit.map((each) =>
      each.kind === 'executable' ? { ...each, needs: ['conduwuit_core', 'conduwuit_router'] } : each,
    );
    const { nodes } = graphOf(packages, new Set(['conduwuit_core']));
    expect([...staleAfter(['conduwuit_api'], nodes)]).toEqual([
      'conduwuit_admin',
      'conduwuit_api',
      'conduwuit_router',
    ]);
    expect(staleAfter(['conduwuit_core'], nodes).has('conduwuit')).toBe(true);
  });

  test('follows a third-party library that changed', () => {
    const { nodes } = conduwuitGraph();
    expect([...staleAfter(['rocksdb'], nodes)]).toEqual([
      'conduwuit_admin',
      'conduwuit_api',
      'conduwuit_database',
      'conduwuit_router',
      'conduwuit_service',
    ]);
    expect(staleAfter(['ruma'], nodes).has('conduwuit')).toBe(true);
    expect(staleAfter(['nobody'], nodes).size).toBe(0);
  });
});
