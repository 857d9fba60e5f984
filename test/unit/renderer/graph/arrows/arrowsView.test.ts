import { describe, expect, it } from 'vitest';
import type { LastReload, Plan } from '#shared/contract.ts';
import { arrowsView } from '../../../../../renderer/graph/arrows/arrowsView.ts';
import { aReload } from '../../../../support/session.ts';
import { noPlan } from '../../fixtures.ts';

const plan: Plan = { ...noPlan, unload: ['router', 'api'], load: ['api', 'router'] };
const steps: LastReload['steps'] = [
  { module: 'router', step: 'unload', at: 0.3 },
  { module: 'api', step: 'unload', at: 0.9 },
  { module: 'api', step: 'load', at: 3 },
  { module: 'router', step: 'load', at: 5 },
];
const reload = aReload({ number: 2, took: 6, verdict: 'swapped', steps, swapped: ['api', 'router'], plan });

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
