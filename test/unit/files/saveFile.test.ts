import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveFile, saveFileSync } from '../../../main/files/saveFile.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotdeck-save-'));
  path = join(folder, 'kept.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each([
  ['saveFile', (file: string, text: string) => saveFile(file, text, { makeFolder: true })],
  ['saveFileSync', async (file: string, text: string) => saveFileSync(file, text)],
])('%s', (_name, save) => {
  it('replaces the file as a whole, for its owner alone, and leaves nothing beside it', async () => {
    writeFileSync(path, 'something older and longer');
    await save(path, 'new – ü');
    expect(readFileSync(path, 'utf8')).toBe('new – ü');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['kept.json']);
  });

  it('makes the folders', async () => {
    await save(join(folder, 'a', 'b', 'c'), 'x');
    expect(readFileSync(join(folder, 'a', 'b', 'c'), 'utf8')).toBe('x');
  });

  it('replaces a link, and leaves what it leads to', async () => {
    writeFileSync(join(folder, 'target'), 'untouched');
    symlinkSync(join(folder, 'target'), path);
    await save(path, 'new');
    expect([readFileSync(path, 'utf8'), readFileSync(join(folder, 'target'), 'utf8')]).toEqual([
      'new',
      'untouched',
    ]);
  });

  it('fails where something else is in the way, and takes its own file away', async () => {
    await save(join(path, 'inside'), 'x');
    await expect(save(path, 'new')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['kept.json']);
    expect(readdirSync(path)).toEqual(['inside']);
  });
});

it('takes contents piece by piece', async () => {
  async function* pieces() {
    yield 'one ';
    yield Buffer.from('two');
  }
  await saveFile(path, pieces());
  expect(readFileSync(path, 'utf8')).toBe('one two');
});

it('keeps the old file where the contents break off', async () => {
  writeFileSync(path, 'old');
  async function* broken() {
    yield 'half';
    throw new Error('The reader failed.');
  }
  await expect(saveFile(path, broken())).rejects.toThrow('The reader failed.');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['kept.json']);
});

it('makes no folder unless it is told to', async () => {
  await expect(saveFile(join(folder, 'none', 'file'), 'x')).rejects.toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual([]);
});

it('two that save at the same time don’t mix', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(texts.map((text) => saveFile(path, text)));
  expect(texts).toContain(readFileSync(path, 'utf8'));
  expect(readdirSync(folder)).toEqual(['kept.json']);
});
