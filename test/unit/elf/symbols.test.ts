import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ElfSymbols, readSymbols } from '../../../main/engine/elf/symbols.ts';
import { inTheirWords, readelfSymbols, sourceOf, workshop } from './files.ts';

const shop = workshop();
afterAll(shop.remove);

function symbolsOf(bytes: Uint8Array): ElfSymbols {
  const result = readSymbols(sourceOf(bytes));
  if (!result.ok) throw new Error(result.failure.message);
  return result.symbols;
}

/** @returns how many symbols there are. */
function expectAgreement(file: string, isProgram = false): number {
  const ours = inTheirWords(symbolsOf(new Uint8Array(readFileSync(file))));
  const theirs = readelfSymbols(file);
  // A program exports copies of what it took from libraries, by their versions; binutils never call those default.
  const alike = (names: string[]) => (isProgram ? names.map((name) => name.replace('@@', '@')) : names);
  expect(alike(ours.exported)).toEqual(alike(theirs.exported));
  expect(ours.undefined).toEqual(theirs.undefined);
  return ours.exported.length + ours.undefined.length;
}

const VERSIONED = `
  int old_answer(void) { return 41; }
  int new_answer(void) { return 42; }
  int other(void) { return 1; }
  __asm__(".symver old_answer,answer@ONE");
  __asm__(".symver new_answer,answer@@TWO");
`;
const SCRIPT = 'ONE { global: answer; other; local: *; }; TWO { global: answer; } ONE;';

describe('readSymbols agrees with readelf', () => {
  test('reads the library of the Rust toolchain as readelf does', () => {
    const folder = execFileSync('rustc', ['--print', 'target-libdir'], { encoding: 'utf8' }).trim();
    const name = readdirSync(folder).find((each) => /^libstd-.*\.so$/.test(each)) ?? '';
    expect(expectAgreement(join(folder, name))).toBeGreaterThan(1000);
  });

  test('reads system libraries, which define and want versions', () => {
    const maps = readFileSync('/proc/self/maps', 'utf8');
    const files = new Set(maps.match(/\/\S*\/lib(?:c|m|stdc\+\+|gcc_s)[.-]\S+/g));
    expect(files.size).toBeGreaterThan(1);
    for (const file of files) expect(expectAgreement(file)).toBeGreaterThan(10);
  });

  test('reads programs with and without exports', () => {
    expect(expectAgreement(process.execPath, true)).toBeGreaterThan(100);
    expect(expectAgreement('/bin/ls', true)).toBeGreaterThan(10);
    shop.compile('quiet', 'int printf(const char *, ...); int main(void) { return printf("x"); }');
    expect(expectAgreement(shop.path('quiet'), true)).toBeGreaterThan(1);
  });

  test.each([
    ['gnu hash', ['-Wl,--hash-style=gnu']],
    ['old hash', ['-Wl,--hash-style=sysv']],
    ['both hashes', ['-Wl,--hash-style=both']],
    ['no libraries', ['-nostdlib', '-Wl,--hash-style=gnu']],
  ])('reads a library with its own versions: %s', (name, flags) => {
    const file = `libversioned-${name.replaceAll(' ', '-')}.so`;
    shop.write('versions', SCRIPT);
    shop.compile(file, VERSIONED, '-shared', '-fPIC', '-Wl,--version-script=versions', ...flags);
    expectAgreement(shop.path(file));
    const exported = symbolsOf(shop.bytes(file)).exported;
    expect(exported.filter((each) => each.name === 'answer')).toEqual(
      expect.arrayContaining([
        { name: 'answer', version: 'ONE', isDefault: false, weak: false, unique: false },
        { name: 'answer', version: 'TWO', isDefault: true, weak: false, unique: false },
      ]),
    );
  });

  test('reads weak, hidden, unique, undefined and thread-local symbols', () => {
    const code = `
      __attribute__((weak)) int weakly(void) { return 1; }
      __attribute__((visibility("hidden"))) int hidden(void) { return 2; }
      __attribute__((visibility("protected"))) int guarded(void) { return 3; }
      __thread int mine;
      extern __thread int yours;
      __attribute__((weak)) extern int perhaps(void);
      extern int surely(void);
      int all(void) { return yours + mine + hidden() + (perhaps ? perhaps() : surely()); }
      __asm__(".globl single\\n.type single, @gnu_unique_object\\n.data\\nsingle: .long 1\\n.text");
    `;
    const file = shop.compile('libkinds.so', code, '-shared', '-fPIC');
    expectAgreement(file);
    const symbols = symbolsOf(shop.bytes('libkinds.so'));
    const wanted = Object.fromEntries(symbols.undefined.map((each) => [each.name, each.weak]));
    expect(wanted).toMatchObject({ perhaps: true, surely: false, yours: false });
    expect(symbols.exported.find((each) => each.name === 'single')?.unique).toBe(true);
    expect(symbols.exported.map((each) => each.name)).not.toContain('hidden');
  });
});

test('names the library that a version is wanted from', () => {
  shop.write('versions', SCRIPT);
  const flags = ['-shared', '-fPIC', '-Wl,--version-script=versions', '-Wl,-soname,libof.so.7'];
  shop.compile('libof.so', VERSIONED, ...flags);
  const code = 'int answer(void); int ask(void) { return answer(); }';
  shop.compile('libasking.so', code, '-shared', '-fPIC', './libof.so');
  expect(symbolsOf(shop.bytes('libasking.so')).undefined).toContainEqual({
    name: 'answer',
    version: 'TWO',
    file: 'libof.so.7',
    weak: false,
  });
});

test('has names of any script', () => {
  const code = '__asm__(".globl \\"größe_日本\\"\\n\\"größe_日本\\": ret\\n.globl plain\\nplain: ret");';
  shop.compile('libnames.so', code, '-shared', '-fPIC');
  const names = symbolsOf(shop.bytes('libnames.so')).exported.map((each) => each.name);
  expect(names.toSorted()).toEqual(['größe_日本', 'plain']);
});

test('a program without a dynamic section has no symbols', () => {
  shop.compile('static', 'void _start(void) { for (;;); }', '-nostdlib', '-static');
  expect(symbolsOf(shop.bytes('static'))).toEqual({ exported: [], undefined: [] });
});

test('a program that exports nothing, without section headers, shows nothing rather than failing', () => {
  shop.compile('bare', 'int printf(const char *, ...); int main(void) { return printf("x"); }');
  const bytes = shop.bytes('bare');
  new DataView(bytes.buffer).setBigUint64(40, 0n, true);
  new DataView(bytes.buffer).setUint16(60, 0, true);
  expect(symbolsOf(bytes).exported).toEqual([]);
});
