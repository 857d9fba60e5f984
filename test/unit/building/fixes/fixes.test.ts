import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Fixes } from '../../../../main/engine/building/fixes/fixes.ts';
import type { BeforeStep } from '../../../../main/engine/building/fixes/replaceFiles.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const REQUEST = { problemId: 'p', suggestionId: '1' };

/** A suggestion about three files: the word `old` in each becomes `new`. */
async function threeFiles(before?: BeforeStep) {
  const root = await temporaryFolder();
  const files = ['a.rs', 'b.rs', 'c.rs'].map((name) => join(root, name));
  for (const file of files) await writeFile(file, 'old\n');
  const fixes = new Fixes(before);
  const edits = files.map((file) => ({ file, start: 0, end: 3, expected: 'old', text: 'new' }));
  await fixes.take(new Map([['p', new Map([['1', edits]])]]), Date.now() + 1_000);
  const contents = () => Promise.all(files.map((file) => readFile(file, 'utf8')));
  const apply = () => fixes.apply({ root, members: new Map(), target: join(root, 'target') }, REQUEST);
  return { root, files, contents, apply };
}

test('a suggestion about several files changes them all', async () => {
  const { root, contents, apply } = await threeFiles();
  expect(await apply()).toEqual({ ok: true, value: null });
  expect(await contents()).toEqual(['new\n', 'new\n', 'new\n']);
  expect((await readdir(root)).sort()).toEqual(['a.rs', 'b.rs', 'c.rs']);
});

const steps = ['write', 'rename'].flatMap((step) =>
  ['a.rs', 'b.rs', 'c.rs'].map((file) => [step, file] as const),
);
test.each(steps)('or none, where it fails before the %s of %s', async (step, name) => {
  let failing = true;
  const { root, contents, apply } = await threeFiles((at, path) => {
    if (failing && at === step && path.endsWith(name)) throw new Error('no space left');
  });
  expect(await apply()).toMatchObject({
    ok: false,
    failure: { kind: 'suggestion-not-written', message: expect.stringContaining('No file was changed') },
  });
  expect(await contents()).toEqual(['old\n', 'old\n', 'old\n']);
  expect((await readdir(root)).sort()).toEqual(['a.rs', 'b.rs', 'c.rs']);
  // It is as before, and works as soon as nothing is in its way.
  failing = false;
  expect(await apply()).toMatchObject({ ok: true });
});

test('or none, where one of them is saved in the last moment', async () => {
  const { files, contents, apply } = await threeFiles(async (at, path) => {
    if (at === 'rename' && path.endsWith('b.rs')) await writeFile(path, 'saved\n');
  });
  expect(await apply()).toMatchObject({ ok: false });
  expect(await contents()).toEqual(['old\n', 'saved\n', 'old\n']);
  expect((await stat(files[0] ?? '')).isFile()).toBe(true);
});
