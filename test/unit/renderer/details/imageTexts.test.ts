import { describe, expect, it } from 'vitest';
import {
  compareImage,
  copyName,
  deviceAndInode,
  olderCopies,
} from '../../../../renderer/details/imageTexts.ts';
import { status } from '../fixtures.ts';

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

  it('are the same code, or not, whatever the files are', () => {
    const image = { device: '0:44', inode: '99', deleted: true, code: 'sha256:a' };
    const told = (code: string, more = {}) =>
      compareImage({ ...status('loaded'), artifact: { ...file, code }, image: { ...image, ...more } });
    expect(told('sha256:a')).toEqual({ equal: true, words: 'another file with the same code' });
    expect(told('sha256:b')?.equal).toBe(false);
    // The same file, whose code is another since it was mapped.
    expect(told('sha256:b', { inode: '77', deleted: false })?.equal).toBe(false);
    expect(told('sha256:a', { overwritten: true })).toMatchObject({
      equal: false,
      words: expect.stringContaining('overwritten'),
    });
  });

  it('name a copy, its number and what is left of those before', () => {
    const image = { ...file, deleted: false };
    expect([copyName(image), olderCopies(image)]).toEqual([null, null]);
    const copied = (number: number | null, older: number) => ({
      ...image,
      copy: { path: '/w/liba-hot-7.so', number, older },
    });
    expect(copyName(copied(7, 0))).toBe('liba-hot-7.so, copy 7');
    expect(copyName(copied(null, 0))).toBe('liba-hot-7.so');
    expect([0, 1, 2].map((older) => olderCopies(copied(7, older)))).toEqual([
      null,
      '1 older copy is still mapped',
      '2 older copies are still mapped',
    ]);
  });

  it('are written as device and inode', () => {
    expect(deviceAndInode(file)).toBe('8:2 : 77');
    expect(deviceAndInode(null)).toBeNull();
  });
});
