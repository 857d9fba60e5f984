import { describe, expect, it } from 'vitest';
import type { LastReload, Plan } from '#shared/contract.ts';
import { arrowsView } from '../../../../renderer/graph/arrows/arrowsView.ts';
import { numbers, reloadStateAfter, stepDuration } from '../../../../renderer/graph/arrows/playback.ts';
import { seenAtOnce } from '../../../../renderer/plan/reloadSteps.ts';
import { aReload } from '../../../support/session.ts';
import { noPlan } from '../fixtures.ts';

const plan: Plan = { ...noPlan, unload: ['router', 'api'], load: ['api', 'router'] };
const steps: LastReload['steps'] = [
  { module: 'router', step: 'unload', at: 0.3 },
  { module: 'api', step: 'unload', at: 0.9 },
  { module: 'api', step: 'load', at: 3 },
  { module: 'router', step: 'load', at: 5 },
];
const reload = aReload({ number: 2, took: 6, verdict: 'swapped', steps, swapped: ['api', 'router'], plan });

describe('the scene', () => {
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

describe('steps', () => {
  it('that share a time were seen at once', () => {
    expect(seenAtOnce(steps)).toBe(false);
    expect(seenAtOnce([...steps, { module: 'admin', step: 'load', at: 5 }])).toBe(true);
    expect(seenAtOnce([])).toBe(false);
  });
});

describe('the pace', () => {
  it('gives the eye time, and a long reload no more than it needs', () => {
    expect(stepDuration(1)).toBe(320);
    expect(stepDuration(10)).toBe(170);
    expect(stepDuration(600)).toBe(60);
    expect(stepDuration(0)).toBe(320);
  });
});

describe('the arrows', () => {
  it('show a reload while it is played, even over a plan for the next one', () => {
    const view = arrowsView(plan, reload, { phase: 'playing', shown: 1 });
    expect(view).toMatchObject({
      look: 'live',
      unload: ['router', 'api'],
      unloaded: ['router'],
      gone: ['router'],
    });
  });

  it('show what was seen but not planned, too', () => {
    const surprise = { ...reload, plan: noPlan };
    expect(arrowsView(noPlan, surprise, { phase: 'playing', shown: 4 })?.unload).toEqual(['router', 'api']);
  });

  it('else show the plan, else what the last reload did, else nothing', () => {
    const over = { phase: 'over', shown: 4 } as const;
    expect(arrowsView(plan, reload, over)?.look).toBe('ghost');
    expect(arrowsView(noPlan, reload, over)?.look).toBe('trace');
    expect(arrowsView(noPlan, { ...reload, steps: [] }, over)).toBeNull();
    expect(arrowsView(noPlan, null, over)).toBeNull();
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
