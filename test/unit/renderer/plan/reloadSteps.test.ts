import { describe, expect, it } from 'vitest';
import type { ReloadStep } from '#shared/contract.ts';
import { awayTimes, seenAtOnce } from '../../../../renderer/plan/reloadSteps.ts';

const step = (module: string, what: ReloadStep['step'], at: number): ReloadStep => ({
  module,
  step: what,
  at,
});

describe('how long a module was away', () => {
  it('is from its unloading to its loading', () => {
    const steps = [
      step('router', 'unload', 1),
      step('api', 'unload', 2),
      step('api', 'load', 6.1),
      step('router', 'load', 8),
    ];
    expect([...awayTimes(steps)]).toEqual([
      ['api', expect.closeTo(4.1)],
      ['router', 7],
    ]);
  });

  it('is not known of one that went and came between two looks, never came back, or was new', () => {
    const steps = [
      step('api', 'unload', 3),
      step('api', 'load', 3),
      step('admin', 'unload', 4),
      step('plugin', 'load', 5),
    ];
    expect(awayTimes(steps).size).toBe(0);
  });

  it('is that of the last time where a module went twice', () => {
    const steps = [
      step('api', 'unload', 1),
      step('api', 'load', 2),
      step('api', 'unload', 10),
      step('api', 'load', 15),
    ];
    expect(awayTimes(steps).get('api')).toBe(5);
  });
});

describe('steps', () => {
  const steps = [
    step('router', 'unload', 0.3),
    step('api', 'unload', 0.9),
    step('api', 'load', 3),
    step('router', 'load', 5),
  ];

  it('that share a time were seen at once', () => {
    expect(seenAtOnce(steps)).toBe(false);
    expect(seenAtOnce([...steps, step('admin', 'load', 5)])).toBe(true);
    expect(seenAtOnce([])).toBe(false);
  });
});
