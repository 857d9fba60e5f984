import { describe, expect, it } from 'vitest';
import type { ReloadStep, StuckImage } from '#shared/contract.ts';
import { arrowsWords } from '../../../../renderer/graph/arrows/ReloadCaption.tsx';
import { awayTimes } from '../../../../renderer/plan/reloadSteps.ts';
import { hasGoneFromDisk, unplaced } from '../../../../renderer/plan/stuckFacts.ts';
import { whyNothing } from '../../../../renderer/plan/whyNothing.ts';
import { aReload } from '../../../support/session.ts';
import { session, status } from '../fixtures.ts';

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

describe('an image that is stuck', () => {
  const image: StuckImage = { module: 'api', pid: 7, address: '7f00-7f01', inode: '12', holder: null };
  const mapped = { device: '8:2', inode: '12', deleted: true };

  it('is called deleted only where the kernel says that of this very image', () => {
    expect(hasGoneFromDisk(image, { api: { ...status('stuck'), image: mapped } })).toBe(true);
    expect(
      hasGoneFromDisk(image, { api: { ...status('stuck'), image: { ...mapped, deleted: false } } }),
    ).toBe(false);
    expect(hasGoneFromDisk(image, { api: { ...status('loaded'), image: { ...mapped, inode: '13' } } })).toBe(
      false,
    );
    expect(hasGoneFromDisk(image, {})).toBe(false);
  });

  it('is not listed a second time among those that stayed', () => {
    expect(unplaced({ stayed: ['api', 'admin'], stuck: [image] })).toEqual(['admin']);
  });
});

describe('where only the log tells', () => {
  it('what is loaded is said with that reserve', () => {
    expect(whyNothing(session({ blind: 'Permission denied.' })).message).toContain('as far as the log tells');
    expect(whyNothing(session()).message).not.toContain('log');
  });

  it('so is what the arrows of the graph show', () => {
    const names = { unload: ['api'], load: ['api'], unloaded: ['api'], loaded: ['api'], gone: [] };
    for (const look of ['live', 'trace'] as const) {
      expect(arrowsWords({ look, ...names }, aReload({ evidence: 'log' }))).toMatch(/, says the log\.$/);
      expect(arrowsWords({ look, ...names }, aReload())).not.toContain('log');
    }
  });
});
