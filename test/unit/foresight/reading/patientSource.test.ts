import { open, writeFile } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import type { ByteSource } from '../../../../main/engine/elf/source.ts';
import { readPatiently } from '../../../../main/engine/foresight/reading/patientSource.ts';
import { workshop } from './workshop.ts';

const shop = workshop();
afterAll(shop.remove);

const SIZE = 1 << 20;
const bytes = Uint8Array.from({ length: SIZE }, (_, at) => (at * 7) & 255);

async function readWith<T>(reader: (source: ByteSource) => T, claimed = SIZE) {
  const file = shop.path('bytes');
  await writeFile(file, bytes);
  const handle = await open(file);
  try {
    return await readPatiently(handle, claimed, reader);
  } finally {
    await handle.close();
  }
}

test('gives a reader the bytes that it asks for, wherever they are', async () => {
  const asked: [number, number][] = [
    [0, 4],
    [SIZE - 10, 10],
    [131_000, 300_000],
    [131_070, 4],
    [500_000, 0],
  ];
  const read = await readWith((source) => asked.map(([offset, length]) => source.read(offset, length)));
  expect(read?.value).toEqual(asked.map(([offset, length]) => bytes.slice(offset, offset + length)));
  expect(read?.bytes).toBeLessThan(SIZE);
});

test('gives fewer where the file has become shorter', async () => {
  const read = await readWith((source) => source.read(SIZE - 5, 20).length, SIZE + 100);
  expect(read?.value).toBe(5);
});

test('gives up on one that asks for ever more places', async () => {
  let next = 0;
  const read = await readWith((source) => {
    next += 1 << 18;
    return source.read(next, 1);
  }, Number.MAX_SAFE_INTEGER);
  expect(read).toBeNull();
});

test('passes on what the reader throws', async () => {
  await expect(
    readWith(() => {
      throw new RangeError('no');
    }),
  ).rejects.toThrow(RangeError);
});
