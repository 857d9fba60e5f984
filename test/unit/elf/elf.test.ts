import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ElfSummary, readElf } from '../../../main/engine/elf/elf.ts';
import { readelf, sourceOf, workshop } from './files.ts';

const shop = workshop();
afterAll(shop.remove);

function summaryOf(bytes: Uint8Array): ElfSummary {
  const result = readElf(sourceOf(bytes));
  if (!result.ok) throw new Error(result.failure.message);
  return result.elf;
}

/** The flags by the names that binutils have for them. */
function flagNames({ flags1 }: ElfSummary): string[] {
  const names: [boolean, string][] = [
    [flags1.now, 'NOW'],
    [flags1.noDelete, 'NODELETE'],
    [flags1.initFirst, 'INITFIRST'],
    [flags1.noOpen, 'NOOPEN'],
    [flags1.interpose, 'INTERPOSE'],
    [flags1.noDefaultLib, 'NODEFLIB'],
    [flags1.pie, 'PIE'],
  ];
  return names.flatMap(([set, name]) => (set ? [name] : [])).sort();
}

function expectAgreement(file: string): void {
  const elf = summaryOf(new Uint8Array(readFileSync(file)));
  const { needed, soname, rpath, runpath, buildId } = elf;
  const { flags, ...expected } = readelf(file);
  expect({ needed, soname, rpath, runpath, buildId }).toEqual(expected);
  const named = ['NOW', 'NODELETE', 'INITFIRST', 'NOOPEN', 'INTERPOSE', 'NODEFLIB', 'PIE'];
  expect(flagNames(elf)).toEqual(flags.filter((flag) => named.includes(flag)));
}

describe('readElf agrees with readelf', () => {
  test('reads the library of the Rust toolchain as readelf does, from a few kilobytes', () => {
    const folder = execFileSync('rustc', ['--print', 'target-libdir'], { encoding: 'utf8' }).trim();
    const name = readdirSync(folder).find((each) => /^libstd-.*\.so$/.test(each)) ?? '';
    const file = join(folder, name);
    expectAgreement(file);
    const source = sourceOf(new Uint8Array(readFileSync(file)));
    expect(readElf(source).ok).toBe(true);
    expect(source.asked.bytes).toBeLessThan(16_384);
    expect(source.asked.times).toBeLessThan(30);
  });

  test('reads programs as readelf does', () => {
    expectAgreement(process.execPath);
    expectAgreement('/bin/ls');
  });

  test.each([
    ['plain', []],
    ['named', ['-Wl,-soname,libnamed.so.1']],
    ['nodelete', ['-Wl,-z,nodelete']],
    ['every flag', ['-Wl,-z,nodelete,-z,nodlopen,-z,initfirst,-z,now,-z,interpose,-z,nodefaultlib']],
    ['runpath', ['-Wl,--enable-new-dtags,-rpath,$ORIGIN/deps:/opt/lib']],
    ['rpath', ['-Wl,--disable-new-dtags,-rpath,$ORIGIN/../lib']],
    ['build id', ['-Wl,--build-id=sha1']],
    ['no build id', ['-Wl,--build-id=none']],
    ['old hash', ['-Wl,--hash-style=sysv']],
    ['no libraries', ['-nostdlib']],
  ])('reads a library as readelf does: %s', (name, flags) => {
    expectAgreement(shop.link(`lib${name.replaceAll(' ', '-')}.so`, '-shared', '-fPIC', ...flags));
  });

  test('reads a library that needs others with long names', () => {
    const names = Array.from({ length: 6 }, (_, at) => `lib${'long'.repeat(at * 10)}_${at}.so`);
    for (const name of names) shop.link(name, '-shared', '-fPIC', '-nostdlib');
    const file = shop.link(
      'libmany.so',
      '-shared',
      '-fPIC',
      '-nostdlib',
      '-Wl,--no-as-needed',
      ...names.map((name) => `./${name}`),
    );
    expect(readelf(file).needed.length).toBe(6);
    expectAgreement(file);
  });
});

test.each([
  ['no thread-local variable', 'int x;', [], { segment: false, fixed: false }],
  [
    'one of its own, found at run time',
    '__thread int x; int *f(void) { return &x; }',
    [],
    { segment: true, fixed: false },
  ],
  [
    'one of its own at a fixed place',
    '__thread int x; int *f(void) { return &x; }',
    ['-ftls-model=initial-exec'],
    { segment: true, fixed: true },
  ],
  [
    "another's at a fixed place",
    'extern __thread int y; int *f(void) { return &y; }',
    ['-ftls-model=initial-exec'],
    { segment: false, fixed: true },
  ],
  [
    "another's found at run time",
    'extern __thread int y; int *f(void) { return &y; }',
    [],
    { segment: false, fixed: false },
  ],
])('reads the thread-local storage of a library: %s', (_name, code, flags, expected) => {
  const file = shop.compile('libthread.so', code, '-shared', '-fPIC', ...flags);
  expect(summaryOf(shop.bytes('libthread.so')).threadLocal).toEqual(expected);
  const text = execFileSync('readelf', ['--wide', '-d', '-l', file], { encoding: 'utf8' });
  expect({ segment: /^ +TLS /m.test(text), fixed: /STATIC_TLS/.test(text) }).toEqual(expected);
});

test.each([
  ['-Wl,-z,now', true],
  ['-Wl,-z,lazy', false],
])('tells whether symbols are bound at load time: %s', (flag, expected) => {
  shop.link('libbound.so', '-shared', '-fPIC', flag);
  expect(summaryOf(shop.bytes('libbound.so')).bindNow).toBe(expected);
});

describe('readElf says what it is', () => {
  beforeAll(() => {
    shop.link('librefused.so', '-shared', '-fPIC');
    shop.link('object.o', '-c');
  });

  const kindOf = (bytes: Uint8Array): string => {
    const result = readElf(sourceOf(bytes));
    return result.ok ? result.elf.kind : result.failure.kind;
  };
  const changed = (at: number, ...values: number[]): Uint8Array => {
    const bytes = shop.bytes('librefused.so');
    bytes.set(values, at);
    return bytes;
  };

  test('tells a library from a program', () => {
    expect(kindOf(shop.bytes('librefused.so'))).toBe('shared object');
    expect(kindOf(new Uint8Array(readFileSync('/bin/ls')))).toBe('executable');
  });

  test('reports a file that is not ELF', () => {
    expect(kindOf(new Uint8Array())).toBe('not elf');
    expect(kindOf(new TextEncoder().encode('!<arch>\n a static library'))).toBe('not elf');
  });

  test('reports foreign files: 32-bit, big-endian, object files', () => {
    expect(kindOf(changed(4, 1))).toBe('foreign');
    expect(kindOf(changed(5, 2))).toBe('foreign');
    expect(kindOf(shop.bytes('object.o'))).toBe('foreign');
  });

  test('reports malformed files: huge tables, program headers of another size', () => {
    expect(kindOf(changed(56, 0xff, 0xff))).toBe('malformed');
    expect(kindOf(changed(54, 0x20, 0))).toBe('malformed');
  });

  test('reports a truncated file, wherever it ends within what is read', () => {
    const bytes = shop.bytes('librefused.so');
    for (const length of [4, 16, 63, 64, 100, 400])
      expect(kindOf(bytes.subarray(0, length))).toBe('truncated');
  });

  test('reports a file that shrinks while it is read as truncated', () => {
    const whole = sourceOf(shop.bytes('librefused.so'));
    const shrinking = { size: whole.size, read: (offset: number) => whole.read(offset, 3) };
    expect(readElf(shrinking)).toMatchObject({ ok: false, failure: { kind: 'not elf' } });
    let reads = 0;
    const later = {
      size: whole.size,
      read: (offset: number, length: number) => whole.read(offset, ++reads > 3 ? length - 1 : length),
    };
    expect(readElf(later)).toMatchObject({ ok: false, failure: { kind: 'truncated', remedy: null } });
  });
});
