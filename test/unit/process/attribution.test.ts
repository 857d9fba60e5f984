import { describe, expect, test } from 'vitest';
import { attribute, type ImageFacts, type ModuleFile } from '../../../main/engine/process/attribution.ts';
import type { Image } from '../../../main/engine/process/images.ts';
import { runningImage, withoutOlderCopies } from '../../../main/engine/process/runningImage.ts';

const file = (name: string, path: string, isProgram = false): ModuleFile => ({
  name,
  path,
  others: [],
  soname: null,
  isProgram,
});
const FILES = [
  { ...file('shop', '/w/target/debug/libshop.so'), others: ['/w/target/debug/deps/libshop.so'] },
  file('shop-api', '/w/target/debug/libshop_api.so'),
  file('host', '/w/target/debug/host', true),
];
const NOTHING: ImageFacts = { soname: null, sameCode: [], codeFrom: 'content' };
const told = (path: string, facts: Partial<ImageFacts> = {}) =>
  attribute({ path }, { ...NOTHING, ...facts }, FILES);

describe('an image belongs to', () => {
  test('the module whose file was opened, whatever is in it', () => {
    expect(told('/w/target/debug/libshop.so')).toEqual({ name: 'shop', witness: 'path', copy: null });
    expect(told('/w/target/debug/deps/libshop.so', { sameCode: ['shop-api'] })).toMatchObject({
      name: 'shop',
      witness: 'path',
    });
  });

  test('the module whose code it holds, whatever it is called', () => {
    expect(told('/memfd:plugin', { sameCode: ['shop'] })).toEqual({
      name: 'shop',
      witness: 'content',
      copy: { path: '/memfd:plugin', number: null },
    });
    expect(told('/tmp/x/libshop_api-hot-12.so', { sameCode: ['shop-api'] })?.copy?.number).toBe(12);
    // A guess by name says less than the code.
    expect(told('/tmp/libshop.so', { sameCode: ['shop-api'], soname: 'libshop.so' })).toMatchObject({
      name: 'shop-api',
      witness: 'content',
    });
    expect(told('/tmp/x', { sameCode: ['shop'], codeFrom: 'memory' })?.witness).toBe('memory');
  });

  test('of two modules with the same code the one that it is named after', () => {
    expect(told('/tmp/libshop_api-3.so', { sameCode: ['shop', 'shop-api'] })?.name).toBe('shop-api');
  });

  test('by its own name or that of its file, as a guess', () => {
    expect(told('/opt/a/libshop.so')).toMatchObject({ name: 'shop', witness: 'name' });
    expect(told('/opt/a/whatever', { soname: 'libshop_api.so' })).toMatchObject({
      name: 'shop-api',
      witness: 'soname',
    });
    for (const [path, number] of [
      ['/w/target/debug/libshop_api-hot-7.so', 7],
      ['/w/target/debug/libshop_api_7.so', 7],
      ['/w/target/debug/libshop_api.7.so', 7],
      ['/w/target/debug/libshop_api.so.7', 7],
    ] as const) {
      expect(told(path), path).toEqual({ name: 'shop-api', witness: 'name', copy: { path, number } });
    }
  });

  test('nobody, if it is only called alike', () => {
    expect(told('/usr/lib/libshop_client.so')).toBeNull();
    expect(told('/usr/lib/libshop2.so')).toBeNull();
    expect(told('/usr/lib/libc.so.6', { soname: 'libc.so.6' })).toBeNull();
    // It has another name of its own.
    expect(told('/usr/lib/libshop.so.3', { soname: 'libshop.so.3' })).toBeNull();
    // A library is no program.
    expect(told('/usr/lib/host.7')).toBeNull();
  });
});

describe('of several images', () => {
  let count = 0;
  const image = (more: Partial<Image> = {}): Image => {
    count += 1;
    return { device: 'd', inode: String(count), path: '/x', deleted: false, pid: 1, address: null, ...more };
  };
  const copy = (number: number | null, more: Partial<Image> = {}): Image =>
    image({ copy: { path: `/c-${number}`, number }, path: `/c-${number}`, ...more });

  test('the copy with the highest number runs, the others are old', () => {
    const [two, ten] = [copy(2), copy(10)];
    expect(runningImage([ten, two], () => true)).toEqual({ image: ten, older: [two] });
    expect(withoutOlderCopies([two, ten])).toEqual([ten]);
  });

  test('without numbers it is the one that was seen last, or else the one that was made last', () => {
    const [first, second] = [copy(null, { order: 1, writtenAt: 9 }), copy(null, { order: 2, writtenAt: 5 })];
    expect(runningImage([first, second], () => true).image).toBe(second);
    const [early, late] = [copy(null, { order: 1, writtenAt: 5 }), copy(null, { order: 1, writtenAt: 9 })];
    expect(runningImage([late, early], () => true).image).toBe(late);
  });

  test('an old one that is no copy is the news, and so is the old one of a child', () => {
    const [old, fresh] = [image(), image()];
    expect(runningImage([fresh, old], (each) => each === fresh)).toEqual({ image: old, older: [] });
    const [own, childs] = [copy(8), copy(7, { pid: 2 })];
    expect(runningImage([own, childs], (each) => each === own)).toEqual({ image: childs, older: [] });
  });
});
