import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, openSync, statSync, truncateSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { CodeCache } from '../../../main/engine/process/codeCache.ts';
import { type Code, compareOwn, readCode } from '../../../main/engine/process/codeIdentity.ts';
import { stampOf } from '../../../main/engine/process/fileStamp.ts';
import { readImages } from '../../../main/engine/process/images.ts';
import { readMemoryImage } from '../../../main/engine/process/memoryCode.ts';
import { workshop } from '../foresight/reading/workshop.ts';

const shop = workshop();
afterAll(shop.remove);

const NO_ID = '-Wl,--build-id=none';
const said = (text: string): string => `const char *word(void) { return "${text}"; } int counter = 3;`;

async function codeOf(path: string): Promise<Code | null> {
  const fd = openSync(path, 'r');
  try {
    return await readCode(fd, statSync(path).size);
  } finally {
    closeSync(fd);
  }
}

test.each([
  ['with a build id', ['-Wl,--build-id=sha1'], /^build-id:/],
  ['without one', [NO_ID], /^sha256:/],
])(
  '%s: linked twice it is the same code, with another word or number in it another',
  async (_, flags, id) => {
    const kind = flags[0] === NO_ID ? 'none' : 'sha1';
    // One source, as its name may be in what is linked.
    const make = (code: string, to: string): string => {
      const made = shop.library(`libtwice-${kind}.so`, code, ...flags);
      copyFileSync(made, shop.path(to));
      return shop.path(to);
    };
    const first = await codeOf(make(said('one'), `first-${kind}`));
    const again = await codeOf(make(said('one'), `again-${kind}`));
    expect(first?.id).toMatch(id);
    expect(again).toEqual(first);
    // As many bytes as before: only reading tells, or the linker's own hash.
    const word = await codeOf(make(said('two'), `word-${kind}`));
    expect(word?.id).not.toBe(first?.id);
    const number = await codeOf(make(said('one').replace('3', '4'), `number-${kind}`));
    expect(number?.id).not.toBe(first?.id);
  },
);

test('debugging information and the names of sections are no code', async () => {
  const file = shop.library('libdebug.so', said('one'), NO_ID, '-g');
  copyFileSync(file, shop.path('stripped.so'));
  execFileSync('strip', ['-g', shop.path('stripped.so')]);
  expect(statSync(shop.path('stripped.so')).size).toBeLessThan(statSync(file).size);
  expect((await codeOf(shop.path('stripped.so')))?.id).toBe((await codeOf(file))?.id);
});

test('what is no library, or ends too early, has no code', async () => {
  const file = shop.library('libcut.so', said('one'), NO_ID);
  truncateSync(file, 5_000);
  expect(await codeOf(file)).toBeNull();
  expect(await codeOf(`${file}.c`)).toBeNull();
});

test('a program that was linked to more libraries has the own code that it had', async () => {
  const program = (name: string, code: string, ...flags: string[]): string =>
    shop.link(name, code, '-ldl', NO_ID, '-Wl,--no-as-needed', ...flags);
  const code = 'int main(void) { return 7; }';
  const library = shop.library('libother.so');
  const [plain, relinked, edited] = await Promise.all(
    [
      program('plain', code),
      program('relinked', code, library, '-Wl,-rpath,/opt/elsewhere'),
      program('edited', 'int main(void) { return 8; }'),
    ].map(codeOf),
  );
  expect(relinked?.id).not.toBe(plain?.id);
  expect(compareOwn(plain?.own ?? '', plain?.own ?? '')).toBe('same');
  expect(compareOwn(plain?.own ?? '', relinked?.own ?? '')).not.toBe('different');
  expect(compareOwn(plain?.own ?? '', edited?.own ?? '')).toBe('different');
});

test('parts of a program that lie elsewhere, and are as large, need not differ', () => {
  expect(compareOwn('s.p.c', 's.q.c')).toBe('same');
  expect(compareOwn('s.p.c', 's.q.d')).toBe('moved');
  expect(compareOwn('s.p.c', 's.p.d')).toBe('different');
  expect(compareOwn('s.p.c', 't.q.d')).toBe('different');
});

test.each([['-Wl,--build-id=sha1'], [NO_ID]])(
  'what is mapped tells its code without its file (%s)',
  async (flag) => {
    const name = `libmapped-${flag === NO_ID ? 'none' : 'sha1'}.so`;
    const file = shop.library(name, said('mapped'), flag);
    const pid = await shop.open([file]);
    const [image] = readImages(pid)?.get(name) ?? [];
    if (image === undefined) throw new Error('It is not mapped.');
    const memory = readMemoryImage(image);
    expect(await memory?.readOnly()).toBe((await codeOf(file))?.readOnly);
    expect(readMemoryImage({ ...image, address: '1000-2000' })).toBeNull();
  },
);

test('a file is read once, and again when it was written to', async () => {
  const file = shop.library('libonce.so', said('one'), NO_ID);
  const cache = new CodeCache();
  const look = () => stampOf(statSync(file, { bigint: true }));
  const before = look();
  expect(cache.recall(before)).toBeUndefined();
  const [one, other] = await Promise.all([cache.readPath(file, before), cache.readPath(file, before)]);
  expect(one).not.toBeNull();
  expect(other).toBe(one);
  expect(cache.recall(before)).toBe(one);
  copyFileSync(shop.library('libother2.so', said('two'), NO_ID), file);
  expect(cache.recall(look())).toBeUndefined();
  // Who asks for what is not there any more learns nothing false.
  expect(await new CodeCache().readPath(file, before)).toBeNull();
  expect((await cache.readPath(file, look()))?.id).not.toBe(one?.id);
});
