import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GraphNode, type ModuleGraph, type Moves, MovesSchema, type Rule } from '#shared/contract.ts';
import { dependentsOf } from '../../../main/engine/graph/closure.ts';
import { planReload } from '../../../main/engine/graph/plan.ts';
import { generator, graphs, shuffled } from './webs.ts';

const rules: Rule[] = ['stack', 'dependents', 'all'];
const plans = fc
  .record({ given: graphs(400), rule: fc.constantFrom(...rules) })
  .map(({ given: { graph, some }, rule }) => ({
    graph,
    rule,
    stale: some,
    plan: planReload({ graph, rule, stale: some }),
  }));

const namesOf = (graph: ModuleGraph, ...roles: string[]): string[] =>
  graph.nodes.filter((node) => roles.includes(node.role)).map((node) => node.name);

/** For each module of a list what it needs, directly or not, of the same list: none of it may come later. */
function expectNeedsFirst(graph: ModuleGraph, list: readonly string[]): void {
  const place = new Map(list.map((name, at) => [name, at]));
  for (const { name, needs } of graph.nodes) {
    const own = place.get(name);
    if (own === undefined) continue;
    for (const need of needs) {
      if ((place.get(need) ?? -1) > own) expect.fail(`${need} comes after ${name}, which needs it`);
    }
  }
}

describe('planReload', () => {
  test('loads needs before dependents, and unloads the other way round', () => {
    fc.assert(
      fc.property(plans, ({ graph, plan }) => {
        expectNeedsFirst(graph, plan.load);
        expect(plan.unload).toEqual(plan.load.toReversed());
        expect(new Set(plan.load).size).toBe(plan.load.length);
      }),
    );
  });

  test('accounts for every stale node once, and gives a reason for each name', () => {
    fc.assert(
      fc.property(plans, ({ graph, plan, stale }) => {
        const { unload, restart, leftBehind } = plan;
        const all = [...unload, ...restart, ...leftBehind];
        expect(new Set(all).size).toBe(all.length);
        for (const name of namesOf(graph, 'module')) {
          if (stale.has(name)) expect(unload.includes(name) || leftBehind.includes(name)).toBe(true);
        }
        expect(new Set(restart)).toEqual(
          new Set(namesOf(graph, 'pinned', 'executable').filter((name) => stale.has(name))),
        );
        expect(Object.keys(plan.reasons).sort()).toEqual(all.sort());
        for (const reason of Object.values(plan.reasons)) expect(reason).not.toBe('');
        expect(MovesSchema.parse(plan)).toEqual(plan);
      }),
    );
  });

  test('under the stack rule takes the stale top of the stack, whole and nothing else', () => {
    fc.assert(
      fc.property(graphs(400), ({ graph, some: stale }) => {
        const { load, leftBehind } = planReload({ graph, rule: 'stack', stale });
        const rest = graph.order.slice(0, graph.order.length - load.length);
        expect([...rest, ...load]).toEqual(graph.order);
        expect(load.every((name) => stale.has(name))).toBe(true);
        const blocker = rest.at(-1);
        if (blocker !== undefined) expect(stale.has(blocker)).toBe(false);
        expect(new Set(leftBehind)).toEqual(new Set(rest.filter((name) => stale.has(name))));
      }),
    );
  });

  test('under the dependents rule takes exactly the stale modules and those that depend on them', () => {
    fc.assert(
      fc.property(graphs(400), ({ graph, some: stale }) => {
        const { load, leftBehind } = planReload({ graph, rule: 'dependents', stale });
        const modules = namesOf(graph, 'module');
        const starts = modules.filter((name) => stale.has(name));
        const taken = new Set([...starts, ...dependentsOf(starts, graph.nodes)]);
        expect(new Set(load)).toEqual(new Set(modules.filter((name) => taken.has(name))));
        expect(leftBehind).toEqual([]);
      }),
    );
  });

  test('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(plans, fc.nat(), ({ graph, rule, stale, plan }, seed) => {
        const random = generator(seed);
        const nodes = shuffled(graph.nodes, random).map((node) => ({
          ...node,
          needs: shuffled(node.needs, random),
        }));
        const again: Moves = planReload({
          graph: { nodes, order: graph.order },
          rule,
          stale: new Set(shuffled(stale, random)),
        });
        expect(again).toEqual(plan);
        expect(Object.keys(again.reasons)).toEqual(Object.keys(plan.reasons));
      }),
    );
  });

  test('keeps needs first under the dependents rule even where the order is wrong or has gaps', () => {
    fc.assert(
      fc.property(graphs(100), fc.nat(), ({ graph, some: stale }, seed) => {
        const random = generator(seed);
        const order = shuffled(graph.order, random).filter(() => random() < 0.8);
        const plan = planReload({ graph: { ...graph, order }, rule: 'dependents', stale });
        const whole = planReload({ graph, rule: 'dependents', stale });
        expectNeedsFirst(graph, plan.load);
        expect(new Set(plan.load)).toEqual(new Set(whole.load));
      }),
    );
  });

  test('names as the cause the nearest stale node, of several as near the first by name', () => {
    fc.assert(
      fc.property(graphs(150), ({ graph, some: stale }) => {
        const { reasons, load } = planReload({ graph, rule: 'dependents', stale });
        const needs = new Map(graph.nodes.map((node) => [node.name, node.needs]));
        const labels = new Map(graph.nodes.map((node) => [node.name, node.label]));
        const known = new Set(graph.nodes.filter((node) => stale.has(node.name)).map((node) => node.name));
        for (const name of load) {
          let level = new Set([name]);
          while (![...level].some((each) => known.has(each))) {
            level = new Set([...level].flatMap((each) => needs.get(each) ?? []));
          }
          const nearest = [...level].filter((each) => known.has(each)).sort()[0] ?? '';
          const expected =
            nearest === name ? 'changed on disk' : `depends on ${labels.get(nearest)}, which changed on disk`;
          expect(reasons[name]).toBe(stale.has(name) ? expected : `${expected}; its own code is the same`);
        }
      }),
    );
  });

  test('plans a chain of 5,000', () => {
    const nodes = Array.from({ length: 5000 }, (_, at) => ({
      name: `m${at}`,
      label: `m${at}`,
      role: 'module' as const,
      needs: at === 0 ? [] : [`m${at - 1}`],
      wave: at,
    }));
    const graph = { nodes, order: nodes.map((node) => node.name) };
    const plan = planReload({ graph, rule: 'dependents', stale: new Set(['m0']) });
    expect(plan.load).toEqual(graph.order);
    expect(plan.reasons.m4999).toBe('depends on m0, which changed on disk; its own code is the same');
  });
});

describe('a library that is new', () => {
  const part = (name: string, wave: number, ...needs: string[]): GraphNode => ({
    name,
    label: name,
    role: 'module',
    needs,
    wave,
  });
  const nodes = [
    part('low', 0),
    part('util', 1, 'low'),
    part('api', 2, 'low', 'util'),
    part('web', 3, 'api'),
  ];
  const graph = { nodes, order: ['low', 'util', 'api', 'web'] };

  test('comes with the module that is linked to it by now, below it and above what it needs', () => {
    const plan = planReload({
      graph,
      rule: 'dependents',
      stale: new Set(['low', 'api']),
      opened: new Set(['low', 'api', 'web']),
      coming: new Map([['api', ['util']]]),
    });
    expect(plan.load).toEqual(['low', 'util', 'api', 'web']);
    expect(plan.reasons.util).toBe('new: api needs it');
  });

  test('is not unloaded, and does not come where that module stays', () => {
    const coming = new Map([['api', ['util']]]);
    const opened = new Set(['low', 'api', 'web']);
    const stack = planReload({
      graph: { ...graph, order: ['low', 'api', 'web', 'util'] },
      rule: 'stack',
      stale: new Set(['api', 'web']),
      coming,
      opened,
    });
    expect(stack.unload).toEqual(['web', 'api']);
    expect(stack.load).toEqual(['util', 'api', 'web']);
    const web = planReload({ graph, rule: 'dependents', stale: new Set(['web']), coming });
    expect(web.load).toEqual(['web']);
  });
});
