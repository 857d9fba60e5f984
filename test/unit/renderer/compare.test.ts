import { describe, expect, it } from 'vitest';
import { compareImage, place } from '../../../renderer/details/compare.ts';
import { status } from './fixtures.ts';

const file = { device: '8:2', inode: '77' };

describe('artifact and image', () => {
  it('are compared only where there are both', () => {
    expect(compareImage(status('built'))).toBeNull();
    expect(compareImage({ ...status('built'), artifact: file })).toBeNull();
  });

  it('are the same file when the inode is, and nothing says otherwise', () => {
    const image = { ...file, device: '0:44', deleted: false };
    expect(compareImage({ ...status('loaded'), artifact: file, image })?.equal).toBe(true);
    expect(compareImage({ ...status('stuck'), artifact: file, image })?.equal).toBe(false);
    expect(
      compareImage({ ...status('loaded'), artifact: file, image: { ...image, deleted: true } })?.equal,
    ).toBe(false);
    expect(compareImage({ ...status('loaded'), artifact: { ...file, inode: '78' }, image })?.equal).toBe(
      false,
    );
  });

  it('are written as device and inode', () => {
    expect(place(file)).toBe('8:2 : 77');
    expect(place(null)).toBeNull();
  });
});
