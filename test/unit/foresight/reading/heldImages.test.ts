import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { queryOf } from '../../../../main/engine/elf/gnuHash.ts';
import { BinaryCache } from '../../../../main/engine/foresight/reading/binaryCache.ts';
import { HeldImages, type ImageReading } from '../../../../main/engine/foresight/reading/heldImages.ts';
import { readMapped } from '../../../../main/engine/foresight/reading/mapped.ts';
import { type Image, readImages } from '../../../../main/engine/process/images.ts';
import { workshop } from './workshop.ts';

const shop = workshop();
afterAll(shop.remove);

const imagesOf = (pid: number): Image[] =>
  [...(readImages(pid) ?? new Map<string, Image[]>()).values()].flat();

function imageOf(pid: number, name: string): Image {
  const found = readImages(pid)?.get(name)?.[0];
  if (found === undefined) throw new Error(`${name} is not mapped.`);
  return found;
}

const has = (found: ImageReading, name: string): boolean | null =>
  found.kind === 'read' && found.reading.ok
    ? (found.reading.binary.symbols?.versionsOf(queryOf(name)).length ?? 0) > 0
    : null;

const openFiles = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(shop.folder) ? [path] : [];
    } catch {
      // The listing's own, closed again.
      return [];
    }
  });

test('an image is read as it is mapped, also after its file was replaced', async () => {
  const file = shop.library('libheld.so', 'int before(void) { return 1; }');
  const pid = await shop.open([file]);
  const held = new HeldImages(new BinaryCache());
  await held.hold(pid, imagesOf(pid));
  await rename(shop.library('libnew.so', 'int after(void) { return 2; }'), file);
  const image = imageOf(pid, 'libheld.so');
  expect(image.deleted).toBe(true);
  const found = await held.read(image);
  expect([has(found, 'before'), has(found, 'after')]).toEqual([true, false]);

  await held.hold(pid, imagesOf(pid));
  expect(openFiles()).toContain(`${file} (deleted)`);
  expect(await held.read(imageOf(pid, 'host'))).toMatchObject({ kind: 'read', reading: { ok: true } });
  await held.hold(pid, []);
  expect(openFiles()).toEqual([]);
  expect(await held.read(image)).toEqual({ kind: 'lost' });
  await held.close();
});

test('one that was replaced before is read where the system allows it, or is unknown', async () => {
  const file = shop.library('liblate.so', 'int before(void) { return 1; }');
  const pid = await shop.open([file]);
  await rename(shop.library('libnew.so', 'int after(void) { return 2; }'), file);
  const images = imagesOf(pid);
  const held = new HeldImages(new BinaryCache());
  await held.hold(pid, images);
  const found = await held.read(imageOf(pid, 'liblate.so'));
  expect([true, null]).toContain(has(found, 'before'));
  expect(has(found, 'after')).not.toBe(true);
  await held.close();

  // As it is for a user without privileges: no address to find the file by.
  const blind = images.map((image) => ({ ...image, address: null }));
  await held.hold(pid, blind);
  const mapped = await readMapped(blind, held, () => null);
  const late = mapped.find(({ path }) => path === file);
  expect(late?.file).toMatchObject({ module: 'liblate.so', symbols: null, noDelete: false });
  expect(mapped.find(({ path }) => path.endsWith('/host'))?.file.symbols).not.toBeNull();
  await held.close();
});

test('the program is found by the kernel’s link to it', async () => {
  const file = shop.library('libplain.so');
  const pid = await shop.open([file]);
  await rename(shop.library('libnew.so'), shop.path('host'));
  const held = new HeldImages(new BinaryCache());
  const images = imagesOf(pid).map((image) => ({ ...image, address: null }));
  await held.hold(pid, images);
  const program = images.find(({ path }) => path.endsWith('/host'));
  expect(program?.deleted).toBe(true);
  if (program === undefined) throw new Error('The program is not mapped.');
  expect(await held.read(program)).toMatchObject({
    kind: 'read',
    reading: { ok: true, binary: { elf: { kind: 'executable' } } },
  });
  await held.close();
});

test('a data file is none of its business', async () => {
  const path = `${shop.library('libplain.so')}.c`;
  const inode = statSync(path).ino.toString();
  const image = { path, inode, device: '00:00', deleted: false, pid: process.pid, address: null };
  const held = new HeldImages(new BinaryCache());
  await held.hold(process.pid, [image]);
  expect(await held.read(image)).toEqual({ kind: 'data' });
  expect(await readMapped([image], held, () => null)).toEqual([]);
  expect(openFiles()).toEqual([]);
});
