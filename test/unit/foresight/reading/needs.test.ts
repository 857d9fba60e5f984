import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BinaryCache } from '../../../../main/engine/foresight/reading/binaryCache.ts';
import { findNeeds, type Needs, type Seeker } from '../../../../main/engine/foresight/reading/needs.ts';
import { workshop } from './workshop.ts';

const shop = workshop();
afterAll(shop.remove);

async function seekerOf(cache: BinaryCache, path: string): Promise<Seeker> {
  const file = await cache.readPath(path);
  if (file.kind !== 'read' || !file.reading.ok) throw new Error(`${path} can't be read.`);
  return { path, elf: file.reading.binary.elf, label: basename(path) };
}

async function needsOf(path: string, known: string[] = [], environment = {}): Promise<Needs> {
  const cache = new BinaryCache();
  const seeker = await seekerOf(cache, path);
  return findNeeds([seeker], { cache, cwd: shop.folder, executable: seeker, environment, known });
}

const namesOf = ({ found }: Needs): string[] => found.map(({ path }) => basename(path)).sort();

/** What the dynamic linker finds; the one library that it finds by its own path is itself. */
function linkerFinds(path: string, environment = {}): string[] {
  const output = execFileSync('ldd', [path], { encoding: 'utf8', env: { ...process.env, ...environment } });
  return [...output.matchAll(/=> (\/\S+)|^\s(\/\S+) \(/gm)]
    .map((match) => basename(match[1] ?? match[2] ?? ''))
    .sort();
}

test('libraries are found where the dynamic linker finds them, with all that they need', async () => {
  await mkdir(shop.path('deep'));
  shop.library('deep/libdeep.so');
  shop.library(
    'libmiddle.so',
    'int middle(void) { return 1; }',
    'deep/libdeep.so',
    '-lm',
    '-Wl,-rpath,$ORIGIN',
  );
  const top = shop.library(
    'libtop.so',
    'int top(void) { return 1; }',
    '-L.',
    '-lmiddle',
    '-Wl,-rpath,$ORIGIN',
  );
  // libmiddle is linked to libdeep by a path that is relative to where the server is started.
  const needs = await needsOf(top);
  expect(namesOf(needs)).toEqual(
    expect.arrayContaining(['libc.so.6', 'libdeep.so', 'libm.so.6', 'libmiddle.so']),
  );
  expect(needs.missing).toEqual(new Map());
  expect(linkerFinds('/bin/ls')).toEqual(namesOf(await needsOf('/bin/ls')));
});

test('folders of the environment count', async () => {
  await mkdir(shop.path('aside'), { recursive: true });
  shop.library('aside/libaside.so');
  const top = shop.library('libuser.so', 'int top(void) { return 1; }', '-Laside', '-laside');
  expect([...(await needsOf(top)).missing]).toEqual([['libaside.so', ['libuser.so']]]);
  const environment = { LD_LIBRARY_PATH: shop.path('aside') };
  expect(namesOf(await needsOf(top, [], environment))).toContain('libaside.so');
  expect(linkerFinds(top, environment)).toContain('libaside.so');
});

test('what is known is not looked for, and one that is missing is told once, with all who need it', async () => {
  shop.library('libgone.so');
  const one = shop.library('libone.so', 'int one(void) { return 1; }', '-L.', '-lgone');
  const two = shop.library('libtwo.so', 'int two(void) { return 1; }', '-L.', '-lgone');
  const cache = new BinaryCache();
  const seekers = [await seekerOf(cache, one), await seekerOf(cache, two)];
  const search = { cache, cwd: '/', executable: null, environment: {}, known: ['libc.so.6'] };
  expect(await findNeeds(seekers, search)).toEqual({
    found: [],
    missing: new Map([['libgone.so', ['libone.so', 'libtwo.so']]]),
  });
  expect(await findNeeds(seekers, { ...search, known: ['libc.so.6', 'libgone.so'] })).toEqual({
    found: [],
    missing: new Map(),
  });
});

test('what is no library for this machine is passed over', async () => {
  await mkdir(shop.path('other'), { recursive: true });
  await mkdir(shop.path('own'), { recursive: true });
  const own = shop.library('own/libboth.so');
  const bytes = execFileSync('cat', [own]);
  bytes.writeUInt16LE(183, 18);
  await writeFile(shop.path('other/libboth.so'), bytes);
  const top = shop.library('libtop2.so', 'int top(void) { return 1; }', '-Lown', '-lboth');
  const environment = { LD_LIBRARY_PATH: `${shop.path('other')}:${shop.path('own')}` };
  const needs = await needsOf(top, ['libc.so.6'], environment);
  expect(needs.found.map(({ path }) => path)).toEqual([own]);
});
