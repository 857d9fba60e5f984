import { expect, test } from 'vitest';
import type { ReloadStep } from '#shared/contract.ts';
import { span } from '#shared/duration.ts';
import { reloadProgress } from '../../../../renderer/plan/reloadProgress.ts';
import { aReload } from '../../../support/session.ts';
import { noPlan, stack } from '../fixtures.ts';

const plan = { ...noPlan, unload: ['router', 'admin', 'api'], load: ['api', 'admin', 'router'] };
const went = (...modules: string[]): ReloadStep[] =>
  modules.map((module, i) => ({ module, step: 'unload', at: i }));
const came = (...modules: string[]): ReloadStep[] =>
  modules.map((module, i) => ({ module, step: 'load', at: 10 + i }));
const at = (steps: ReloadStep[], of = plan) => reloadProgress(aReload({ plan: of, steps }), stack);
const states = (steps: ReloadStep[]) => {
  const { unload, load } = at(steps);
  return [unload, load].map((all) => all.map(({ state }) => state));
};

test('what is done, what is next, and what waits', () => {
  expect(states([])).toEqual([
    ['now', 'waiting', 'waiting'],
    ['waiting', 'waiting', 'waiting'],
  ]);
  expect(states(went('router', 'admin'))).toEqual([
    ['done', 'done', 'now'],
    ['waiting', 'waiting', 'waiting'],
  ]);
  expect(states([...went('router', 'admin', 'api'), ...came('api')])).toEqual([
    ['done', 'done', 'done'],
    ['done', 'now', 'waiting'],
  ]);
});

test('reports the wave that loads', () => {
  const out = went('router', 'admin', 'api');
  expect(at([]).words).toBe('Unloading: 0 of 3 modules are out.');
  expect(at(out).words).toBe('Loading wave 1 of 3: 0 of 3 modules are back.');
  expect(at([...out, ...came('api', 'admin')]).words).toBe('Loading wave 3 of 3: 2 of 3 modules are back.');
  expect(at([...out, ...came('api', 'admin', 'router')]).words).toMatch('Every module is back');
  expect(at([], noPlan).words).toBe('Waiting for the server.');
});

test('what was seen beside the plan is there too', () => {
  const { unload, words } = at(went('service'), { ...noPlan, unload: ['router'], load: ['router'] });
  expect(unload).toEqual([
    { name: 'router', state: 'now', at: null },
    { name: 'service', state: 'done', at: 0 },
  ]);
  expect(words).toBe('Unloading: 1 of 2 modules are out.');
});

test.each([
  [4200, 5900, '4–6 s'],
  [5000, 5000, '5 s'],
  [310, 480, '0.3–0.5 s'],
  [400, 2999, '0.4–3.0 s'],
  [50_000, 125_000, '50.0 s – 2 m 5 s'],
])('from %d to %d ms: %s', (low, high, text) => {
  expect(span(low, high)).toBe(text);
});
