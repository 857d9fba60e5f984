import { describe, expect, test } from 'vitest';
import type { Rule } from '#shared/contract.ts';
import { staleAfter } from '../../../main/engine/graph/impact.ts';
import { planReload } from '../../../main/engine/graph/plan.ts';
import { conduwuitGraph } from './webs.ts';

const graph = conduwuitGraph();
const full = (...labels: string[]): string[] => labels.map((label) => `conduwuit_${label}`);

/** What a reload would do after the package was edited and all of it rebuilt. */
function afterEdit(label: string, rule: Rule = 'stack') {
  const [name = ''] = full(label);
  const changed = new Map([[name, `edited (src/${label}/mod.rs)`]]);
  return planReload({ graph, rule, stale: staleAfter([name], graph.nodes), changed });
}

describe('a plan for conduwuit', () => {
  test.each<Rule>(['stack', 'dependents'])('swaps api and what stands on it, rule %s', (rule) => {
    expect(afterEdit('api', rule)).toEqual({
      rule,
      unload: full('router', 'admin', 'api'),
      load: full('api', 'admin', 'router'),
      restart: [],
      leftBehind: [],
      notTaken: [],
      unchanged: [],
      reasons: {
        conduwuit_api: 'edited (src/api/mod.rs)',
        conduwuit_admin: 'depends on api, which was edited',
        conduwuit_router: 'depends on api, which was edited',
      },
    });
  });

  test('swaps the top alone', () => {
    expect(afterEdit('router')).toMatchObject({ unload: full('router'), load: full('router') });
  });

  test('swaps the whole stack for its lowest module', () => {
    expect(afterEdit('database').unload).toEqual(full('router', 'admin', 'api', 'service', 'database'));
  });

  test('asks for a restart where core changed', () => {
    const plan = afterEdit('core');
    expect(plan.restart).toEqual(['conduwuit_core', 'conduwuit']);
    expect(plan.reasons).toMatchObject({
      conduwuit_core: 'edited (src/core/mod.rs); linked into the executable: swapping it takes a restart',
      conduwuit: 'depends on core, which was edited; the program itself can’t be swapped while it runs',
      conduwuit_api: 'depends on core, which was edited',
    });
  });

  test('leaves stale modules under a fresh one, and says so', () => {
    const stale = new Set(full('service', 'api', 'router'));
    const plan = planReload({ graph, rule: 'stack', stale });
    expect(plan).toMatchObject({
      unload: full('router'),
      load: full('router'),
      leftBehind: full('service', 'api'),
      reasons: {
        conduwuit_router: 'changed on disk',
        conduwuit_api: 'stale, but admin above it is not: the stack stops there',
      },
    });
    const torn = planReload({ graph, rule: 'stack', stale: new Set(full('api')) });
    expect(torn).toMatchObject({ unload: [], load: [], leftBehind: full('api') });
    expect(torn.reasons.conduwuit_api).toBe('stale, but router above it is not: the stack stops there');
  });

  test('swaps fresh dependents too under the other rule', () => {
    const plan = planReload({ graph, rule: 'dependents', stale: new Set(full('api')) });
    expect(plan.load).toEqual(full('api', 'admin', 'router'));
    expect(plan.reasons.conduwuit_admin).toBe(
      'depends on api, which changed on disk; its own code is the same',
    );
    expect(plan.unchanged).toEqual(full('admin', 'router'));
  });

  test('names the nearest of several edits, and none that was not built yet', () => {
    const changed = new Map([
      ['conduwuit_database', 'edited (src/database/mod.rs)'],
      ['conduwuit_api', 'edited (src/api/mod.rs)'],
    ]);
    const stale = staleAfter(['conduwuit_database'], graph.nodes);
    expect(planReload({ graph, rule: 'stack', stale, changed }).reasons).toMatchObject({
      conduwuit_service: 'depends on database, which was edited',
      conduwuit_admin: 'depends on api, which was edited',
    });
    stale.delete('conduwuit_database');
    stale.delete('conduwuit_api');
    expect(planReload({ graph, rule: 'stack', stale, changed }).reasons).toEqual({
      conduwuit_router: 'changed on disk',
      conduwuit_admin: 'changed on disk',
      conduwuit_service: 'stale, but api above it is not: the stack stops there',
    });
  });

  test('has nothing to do where nothing is stale', () => {
    const nothing = {
      unload: [],
      load: [],
      restart: [],
      leftBehind: [],
      notTaken: [],
      unchanged: [],
      reasons: {},
    };
    expect(planReload({ graph, rule: 'stack', stale: new Set() })).toEqual({ rule: 'stack', ...nothing });
    expect(planReload({ graph, rule: 'dependents', stale: new Set() })).toEqual({
      rule: 'dependents',
      ...nothing,
    });
  });
});
