/** What is new and what the server takes for new are two questions. */
import { describe, expect, test } from 'vitest';
import { bringsChange, type PlanInput, planReload } from '../../../main/engine/graph/plan.ts';
import { conduwuitGraph } from './webs.ts';

const graph = conduwuitGraph();
const full = (...labels: string[]): string[] => labels.map((label) => `conduwuit_${label}`);
const set = (...labels: string[]): ReadonlySet<string> => new Set(full(...labels));

const plan = (stale: ReadonlySet<string>, taken: ReadonlySet<string>, more: Partial<PlanInput> = {}) =>
  planReload({ graph, rule: 'stack', newness: 'newer-time', stale, taken, ...more });

describe('a stack', () => {
  test('swaps what was touched though its code is the same, and says so', () => {
    const touched = plan(new Set(), set('router'));
    expect(touched).toMatchObject({ unload: full('router'), unchanged: full('router'), leftBehind: [] });
    expect(touched.reasons.conduwuit_router).toBe(
      'its file looks new to the server, but its code is the same',
    );
    expect(bringsChange(touched)).toBe(false);
    expect(bringsChange(plan(set('router'), set('router')))).toBe(true);
  });

  test('leaves what differs and is not newer, and says by what the server goes', () => {
    const older = plan(set('router'), new Set());
    expect(older).toMatchObject({
      unload: [],
      leftBehind: full('router'),
      notTaken: full('router'),
      unchanged: [],
    });
    expect(older.reasons.conduwuit_router).toBe(
      'stale, but the server won’t take it: its file is no newer than when it was loaded',
    );
  });

  test('tells what is not taken from what lies below it', () => {
    const stuck = plan(set('api', 'admin', 'router'), set('api', 'admin'));
    expect(stuck).toMatchObject({
      unload: [],
      leftBehind: full('api', 'admin', 'router'),
      notTaken: full('router'),
    });
    expect(stuck.reasons.conduwuit_api).toBe(
      'stale, but router above it is not taken for new: the stack stops there',
    );
  });

  test('takes what was touched on the way to what changed', () => {
    const both = plan(set('api'), set('api', 'admin', 'router'));
    expect(both).toMatchObject({ load: full('api', 'admin', 'router'), unchanged: full('admin', 'router') });
    expect(both.reasons.conduwuit_admin).toBe('its file looks new to the server, but its code is the same');
  });
});

test('dependents: what comes along unchanged is told from what changed', () => {
  const { load, unchanged, reasons } = plan(set('api'), set('api'), { rule: 'dependents' });
  expect(load).toEqual(full('api', 'admin', 'router'));
  expect(unchanged).toEqual(full('admin', 'router'));
  expect(reasons.conduwuit_admin).toBe('depends on api, which changed on disk; its own code is the same');
  const touched = plan(new Set(), set('api'), { rule: 'dependents' });
  expect(touched.reasons.conduwuit_admin).toBe(
    'depends on api, which looks new to the server; its own code is the same',
  );
});

describe('all', () => {
  test('swaps whatever is open, and names what comes back unchanged', () => {
    const all = plan(set('api'), set('api'), { rule: 'all' });
    expect(all).toMatchObject({
      unload: full('router', 'admin', 'api', 'service', 'database'),
      load: full('database', 'service', 'api', 'admin', 'router'),
      unchanged: full('database', 'service', 'admin', 'router'),
      leftBehind: [],
      notTaken: [],
    });
    expect(all.reasons).toMatchObject({
      conduwuit_api: 'changed on disk',
      conduwuit_router: 'reloaded along with all others; its code is the same',
    });
  });

  test('takes what the server would not have taken for new', () => {
    expect(plan(set('api'), new Set(), { rule: 'all' })).toMatchObject({ leftBehind: [], notTaken: [] });
  });

  test('closes nothing that is not open: without a server there is nothing to do', () => {
    expect(plan(new Set(), new Set(), { rule: 'all', opened: new Set() })).toMatchObject({
      unload: [],
      load: [],
      unchanged: [],
    });
    const opened = set('database', 'service');
    expect(plan(set('api'), set('api'), { rule: 'all', opened })).toMatchObject({
      load: full('database', 'service'),
      leftBehind: full('api'),
      reasons: { conduwuit_api: 'stale, but the server does not have it open' },
    });
  });
});
