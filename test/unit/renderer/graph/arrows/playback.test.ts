import { describe, expect, it } from 'vitest';
import type { LastReload, Plan } from '#shared/contract.ts';
import { numbers, reloadStateAfter, stepDuration } from '../../../../../renderer/graph/arrows/playback.ts';
import { noPlan } from '../../fixtures.ts';

const plan: Plan = { ...noPlan, unload: ['router', 'api'], load: ['api', 'router'] };
const steps: LastReload['steps'] = [
  { module: 'router', step: 'unload', at: 0.3 },
  { module: 'api', step: 'unload', at: 0.9 },
  { module: 'api', step: 'load', at: 3 },
  { module: 'router', step: 'load', at: 5 },
];
describe('what is seen after some steps', () => {
  it('follows the steps in the order in which they were seen', () => {
    expect(reloadStateAfter(steps, 0)).toEqual({ unloaded: [], loaded: [], gone: [] });
    expect(reloadStateAfter(steps, 2)).toEqual({
      unloaded: ['router', 'api'],
      loaded: [],
      gone: ['router', 'api'],
    });
    expect(reloadStateAfter(steps, 3)).toEqual({
      unloaded: ['router', 'api'],
      loaded: ['api'],
      gone: ['router'],
    });
    expect(reloadStateAfter(steps, 99).gone).toEqual([]);
  });
});

describe('how long a step is shown', () => {
  it('gives the eye time, and a long reload no more than it needs', () => {
    expect(stepDuration(1)).toBe(320);
    expect(stepDuration(10)).toBe(170);
    expect(stepDuration(600)).toBe(60);
    expect(stepDuration(0)).toBe(320);
  });
});

describe('the numbers on nodes', () => {
  it('count from one', () => {
    expect([...numbers(plan.load)]).toEqual([
      ['api', 1],
      ['router', 2],
    ]);
  });
});
