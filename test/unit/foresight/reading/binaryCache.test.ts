import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { queryOf } from '../../../../main/engine/elf/gnuHash.ts';
import type { Binary } from '../../../../main/engine/foresight/reading/binary.ts';
import { BinaryCache, type FileOnDisk } from '../../../../main/engine/foresight/reading/binaryCache.ts';
import { workshop } from './workshop.ts';

const shop = workshop();
afterAll(shop.remove);

function binaryOf(file: FileOnDisk): Binary {
  if (file.kind !== 'read' || !file.reading.ok) throw new Error(JSON.stringify(file));
  return file.reading.binary;
}

test('a file is read once, until it is another one or was written again', async () => {
  const cache = new BinaryCache();
  const file = shop.library('libone.so');
  const first = binaryOf(await cache.readPath(file));
  expect(first.symbols?.versionsOf(queryOf('answer'))).toEqual([null]);
  expect(first.isWhole).toBe(true);
  const again = await Promise.all([cache.readPath(file), cache.readPath(file)]);
  expect(again.map(binaryOf).every((binary) => binary === first)).toBe(true);
  await copyFile(file, shop.path('copy'));
  await rename(shop.path('copy'), file);
  const other = binaryOf(await cache.readPath(file));
  expect(other).not.toBe(first);
  await utimes(file, 1, 1);
  expect(binaryOf(await cache.readPath(file))).not.toBe(other);
});

test('readers that come together share one reading', async () => {
  const cache = new BinaryCache();
  const file = shop.library('libshared.so');
  const binaries = (await Promise.all([1, 2, 3].map(() => cache.readPath(file)))).map(binaryOf);
  expect(new Set(binaries).size).toBe(1);
});

test('what was used last is kept, within the limits', async () => {
  const files = ['liba.so', 'libb.so', 'libc.so'].map((name) => shop.library(name));
  const [a = '', b = '', c = ''] = files;
  for (const limits of [
    { entries: 2, bytes: 1 << 30 },
    { entries: 100, bytes: 40_000 },
  ]) {
    const cache = new BinaryCache(limits);
    const [first, second] = [binaryOf(await cache.readPath(a)), binaryOf(await cache.readPath(b))];
    expect(binaryOf(await cache.readPath(a))).toBe(first);
    await cache.readPath(c);
    expect(binaryOf(await cache.readPath(b))).not.toBe(second);
  }
});

test('what is no library is told apart', async () => {
  const cache = new BinaryCache();
  expect(await cache.readPath(shop.path('nothing'))).toEqual({ kind: 'absent' });
  expect(await cache.readPath(shop.path('libone.so/inside'))).toEqual({ kind: 'absent' });
  await mkdir(shop.path('folder'));
  expect(await cache.readPath(shop.path('folder'))).toEqual({ kind: 'closed', why: 'It is not a file.' });
  execFileSync('mkfifo', [shop.path('pipe')]);
  expect(await cache.readPath(shop.path('pipe'))).toMatchObject({ kind: 'closed' });
  await writeFile(shop.path('text'), 'no library');
  expect(await cache.readPath(shop.path('text'))).toMatchObject({
    kind: 'read',
    reading: { ok: false, failure: { kind: 'not elf' } },
  });
  await rm(shop.path('text'));
  expect(await cache.readPath(shop.path('text'))).toEqual({ kind: 'absent' });
});
