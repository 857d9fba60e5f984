import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { queryOf } from '../../../main/engine/elf/gnuHash.ts';
import { readSymbols } from '../../../main/engine/elf/symbols.ts';
import { readSymbolTable, type SymbolTable } from '../../../main/engine/elf/symbolTable.ts';
import { sourceOf, workshop } from './files.ts';

const shop = workshop();
afterAll(shop.remove);

function tableOf(bytes: Uint8Array): SymbolTable {
  const result = readSymbolTable(sourceOf(bytes));
  if (!result.ok) throw new Error(result.failure.message);
  return result.table;
}

/** @returns how many different names were found again. */
function expectAgreement(file: string): number {
  const bytes = new Uint8Array(readFileSync(file));
  const read = readSymbols(sourceOf(bytes));
  if (!read.ok) throw new Error(read.failure.message);
  const { exported, undefined: wanted } = read.symbols;
  const table = tableOf(bytes);
  expect([...table.undefined]).toEqual(wanted);
  // Copies of others' data are exported by the version of whom they were taken from.
  const from = wanted.flatMap(({ file }) => file ?? []);
  expect([...table.versionsFrom]).toEqual(expect.arrayContaining(from));
  expect(table.hasUnique).toBe(exported.some((each) => each.unique));
  const versions = new Map<string, (string | null)[]>();
  for (const { name, version } of exported) versions.set(name, [...(versions.get(name) ?? []), version]);
  const differing = [...versions].filter(
    ([name, all]) => table.versionsOf(queryOf(name)).toSorted().join() !== all.toSorted().join(),
  );
  expect(differing).toEqual([]);
  const absent = [...versions.keys()].map((name) => `${name}_`).filter((name) => !versions.has(name));
  const others = [...absent, ...wanted.map((each) => each.name).filter((name) => !versions.has(name))];
  expect(others.filter((name) => table.versionsOf(queryOf(name)).length > 0)).toEqual([]);
  return versions.size;
}

const VERSIONED = `
  int old_answer(void) { return 41; }
  int new_answer(void) { return 42; }
  __asm__(".symver old_answer,answer@ONE");
  __asm__(".symver new_answer,answer@@TWO");
`;

describe('a symbol table finds what reading all symbols finds, and nothing else', () => {
  test('in the library of the Rust toolchain', () => {
    const folder = execFileSync('rustc', ['--print', 'target-libdir'], { encoding: 'utf8' }).trim();
    const name = readdirSync(folder).find((each) => /^libstd-.*\.so$/.test(each)) ?? '';
    expect(expectAgreement(join(folder, name))).toBeGreaterThan(1000);
  });

  test('in programs, and in libraries of the system, which have versions and unique symbols', () => {
    const maps = readFileSync('/proc/self/maps', 'utf8');
    const files = new Set(maps.match(/\/\S*\/(?:lib(?:c|m|stdc\+\+|gcc_s)|ld)[.-]\S+/g));
    expect(files.size).toBeGreaterThan(2);
    for (const file of files) expect(expectAgreement(file)).toBeGreaterThan(10);
    expect(expectAgreement(process.execPath)).toBeGreaterThan(1000);
    expectAgreement('/bin/ls');
  });

  test.each(['gnu', 'sysv', 'both'])('in a library with versions of its own: %s hash', (style) => {
    shop.write('versions', 'ONE { global: answer; local: *; }; TWO { global: answer; } ONE;');
    const flags = ['-shared', '-fPIC', '-Wl,--version-script=versions', `-Wl,--hash-style=${style}`];
    const file = shop.compile(`lib${style}.so`, VERSIONED, ...flags);
    expectAgreement(file);
    const table = tableOf(shop.bytes(`lib${style}.so`));
    expect(table.versionsOf(queryOf('answer')).toSorted()).toEqual(['ONE', 'TWO']);
  });

  test('in one that exports nothing, in one with hidden symbols, and in one with names of any script', () => {
    shop.compile('libquiet.so', 'static int x; int *f(void);', '-shared', '-fPIC', '-nostdlib');
    expect(expectAgreement(shop.path('libquiet.so'))).toBe(0);
    const kinds = `
      __attribute__((visibility("hidden"))) int hidden(void) { return 2; }
      __attribute__((weak)) int weakly(void) { return hidden(); }
      __asm__(".globl single\\n.type single, @gnu_unique_object\\n.data\\nsingle: .long 1\\n.text");
      __asm__(".globl \\"größe_日本\\"\\n\\"größe_日本\\": ret");
    `;
    expect(expectAgreement(shop.compile('libkinds.so', kinds, '-shared', '-fPIC'))).toBeGreaterThan(2);
    const table = tableOf(shop.bytes('libkinds.so'));
    expect(table.hasUnique).toBe(true);
    expect(table.versionsOf(queryOf('größe_日本'))).toEqual([null]);
    expect(table.versionsOf(queryOf('hidden'))).toEqual([]);
  });

  test('in a program without a dynamic section: nothing', () => {
    const file = shop.compile('static', 'void _start(void) { for (;;); }', '-nostdlib', '-static');
    expect(expectAgreement(file)).toBe(0);
  });
});
