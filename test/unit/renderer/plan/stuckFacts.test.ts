import { describe, expect, it } from 'vitest';
import type { StuckImage } from '#shared/contract.ts';
import { hasGoneFromDisk, unplaced } from '../../../../renderer/plan/stuckFacts.ts';
import { status } from '../fixtures.ts';

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
