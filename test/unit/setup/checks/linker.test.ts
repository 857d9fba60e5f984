import { describe, expect, it } from 'vitest';
import type { CargoSettings } from '../../../../main/engine/rust/cargoSettings.ts';
import { linkerChoice } from '../../../../main/engine/rust/linkerChoice.ts';
import { type InstalledLinker, linkerFlags, nextLinker } from '../../../../main/engine/rust/linkers.ts';
import {
  asksForOwnLld,
  type LinkerFacts,
  linkerChecks,
} from '../../../../main/engine/setup/checks/linker.ts';

const bfd: InstalledLinker = {
  id: 'bfd',
  version: 'GNU ld (GNU Binutils for Debian) 2.40',
  from: 'path',
  path: '/usr/bin/ld.bfd',
};
const gold: InstalledLinker = {
  id: 'gold',
  version: 'GNU gold (GNU Binutils for Debian 2.40) 1.16',
  from: 'path',
  path: '/usr/bin/ld.gold',
};
const mold: InstalledLinker = {
  id: 'mold',
  version: 'mold 2.30.0 (compatible with GNU ld)',
  from: 'path',
  path: '/usr/bin/ld.mold',
};
const own: InstalledLinker = {
  id: 'lld',
  version: 'LLD 22.1.2 (/checkout)',
  from: 'toolchain',
  path: '/t/gcc-ld/ld.lld',
};
const plain: LinkerFacts = {
  choice: { driver: 'cc', driverFrom: null, asked: null, askedFrom: null, ownOff: false },
  driver: {
    name: 'cc',
    path: '/usr/bin/cc',
    kind: 'gcc',
    version: 'cc (Debian 12.2.0-14) 12.2.0',
    number: '12.2.0',
    own: bfd.version,
  },
  installed: [own, bfd, gold],
  strange: false,
  ownLld: true,
  worked: [],
};
const asking = (asked: string, more: Partial<LinkerFacts> = {}): LinkerFacts => ({
  ...plain,
  choice: { ...plain.choice, asked, askedFrom: 'RUSTFLAGS' },
  ...more,
});
const check = (facts: LinkerFacts) => linkerChecks(facts)[0];

describe('the linker', () => {
  it.each([
    ["rustc's own lld", plain, 'ok', 'cc (gcc 12.2.0) uses the lld that comes with Rust'],
    ["the driver's default", { ...plain, ownLld: false }, 'ok', 'uses GNU ld 2.40, its own default'],
    ['no toolchain to tell', { ...plain, ownLld: null }, 'unknown', 'depends on how this Rust was built'],
    [
      'a driver that does not tell',
      { ...plain, ownLld: false, driver: { ...plain.driver, own: null } },
      'unknown',
      'by default is not known',
    ],
    [
      'no driver',
      { ...plain, driver: { ...plain.driver, path: null, version: null } },
      'problem',
      'cc was not found',
    ],
    ['one that is asked for', asking('bfd'), 'ok', 'uses GNU ld, as set in RUSTFLAGS'],
    ['one that worked', asking('bfd', { worked: ['bfd'] }), 'ok', 'It linked this workspace before.'],
    ['one that is not installed', asking('mold'), 'problem', 'it was not found'],
    ['gold', asking('gold'), 'warning', 'known bugs'],
    [
      'mold with an old gcc',
      asking('mold', { installed: [mold, bfd], driver: { ...plain.driver, number: '11.4.0' } }),
      'problem',
      '12.1',
    ],
    ['mold with a gcc that knows it', asking('mold', { installed: [mold, bfd] }), 'ok', 'uses mold'],
  ] satisfies [string, LinkerFacts, string, string][])('%s', (_, facts, state, words) => {
    expect(check(facts)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });

  it('offers another for one that is not installed', () => {
    expect(check(asking('mold'))?.action).toEqual({ kind: 'use-linker', linker: 'lld' });
    expect(check(asking('mold', { installed: [] }))?.action).toBeNull();
  });

  it('says which others there are', () => {
    const others = (installed: InstalledLinker[]) => linkerChecks({ ...plain, installed })[1];
    expect(others([own, bfd, gold])).toMatchObject({
      state: 'ok',
      seen: 'lld 22.1.2 (with Rust), GNU ld 2.40 and gold 1.16.',
    });
    expect(others([bfd])?.state).toBe('warning');
    expect(others([])?.state).toBe('problem');
  });
});

describe('rustc', () => {
  const host = 'x86_64-unknown-linux-gnu';
  const without = (version: string) => ({ kind: 'plain', version, host, sysroot: null }) as const;
  const withRustup = (name: string, version: string) =>
    ({
      kind: 'rustup',
      version: null,
      installed: [{ name, path: '/r', version }],
      active: { name, because: 'default', where: null, installed: true },
      wanted: null,
      components: null,
      host,
      otherCargo: null,
    }) as const;
  it.each([
    ['by rustup', withRustup(`stable-${host}`, '1.95.0 (59807616e 2026-04-14)'), null, true],
    ['by rustup, before 1.90', withRustup(`1.89.0-${host}`, '1.89.0 (29483883e 2025-08-04)'), null, false],
    ['a nightly before 1.90', withRustup(`nightly-2025-01-01-${host}`, '1.85.0-nightly (x)'), null, true],
    ['a nightly of the cycle of the change', withRustup(`nightly-${host}`, '1.80.0-nightly (x)'), null, null],
    ['for another target', withRustup(`stable-${host}`, '1.95.0 (x)'), 'aarch64-unknown-linux-gnu', false],
    ['a toolchain of one’s own', withRustup('mine', '1.95.0 (x)'), null, null],
    ['without rustup, as the Rust project builds it', without('1.95.0 (59807616e 2026-04-14)'), null, null],
    ['without rustup, before 1.90', without('1.85.0 (4d91de4e4 2025-02-17)'), null, false],
    ['of Fedora', without('1.90.0 (1159e78c4 2025-09-14) (Fedora 1.90.0-1.fc42)'), null, false],
    ['none', { kind: 'none' } as const, null, null],
  ])('%s: does it ask for its own lld?', (_, toolchains, target, expected) => {
    const { installed, ...rest } = { installed: [], ...toolchains };
    expect(
      asksForOwnLld(rest.kind === 'rustup' ? { ...rest, installed: [...installed] } : rest, target),
    ).toBe(expected);
  });
});

describe('nextLinker', () => {
  it('goes through what is installed, each once', () => {
    expect(nextLinker([mold, own, bfd, gold], [])).toBe('mold');
    expect(nextLinker([own, bfd, gold], ['lld'])).toBe('bfd');
    expect(nextLinker([own, bfd], ['lld', 'bfd'])).toBeNull();
  });
});

describe('linkerFlags', () => {
  it("says where the toolchain's own is", () => {
    expect(linkerFlags('lld', [own])).toEqual(['-Clink-arg=-B/t/gcc-ld', '-Clink-arg=-fuse-ld=lld']);
    expect(linkerFlags('bfd', [own, bfd])).toEqual(['-Clink-arg=-fuse-ld=bfd']);
  });
});

describe('linkerChoice', () => {
  const none = { values: [], from: '' };
  const settings = (flags: string[], linker: CargoSettings['linker'] = null): CargoSettings => ({
    flags: { values: flags, from: 'RUSTFLAGS' },
    unused: [],
    linker,
    target: null,
    targetDirectory: null,
  });
  it.each([
    ['nothing', settings([]), null, { driver: 'cc', asked: null, ownOff: false }],
    [
      'a link argument',
      settings(['-Clink-arg=-fuse-ld=mold']),
      null,
      { asked: 'mold', askedFrom: 'RUSTFLAGS' },
    ],
    ['in two words', settings(['-C', 'link-arg=-fuse-ld=gold']), null, { asked: 'gold' }],
    ['among others', settings(['-Clink-args=-Wl,-z,now -fuse-ld=lld -g']), null, { asked: 'lld' }],
    ['a path', settings(['-Clink-arg=-fuse-ld=/usr/bin/ld.mold']), null, { asked: 'mold' }],
    [
      'the last one',
      settings(['-Clink-arg=-fuse-ld=gold', '-Clink-arg=-fuse-ld=bfd']),
      null,
      { asked: 'bfd' },
    ],
    [
      'a choice before the flags',
      settings(['-Clink-arg=-fuse-ld=gold']),
      'bfd',
      { asked: 'bfd', askedFrom: 'Hotdeck' },
    ],
    ['another driver', settings(['-C', 'linker=clang']), null, { driver: 'clang', driverFrom: 'RUSTFLAGS' }],
    [
      'a driver of the configuration',
      settings([], { program: 'clang', from: '/c' }),
      null,
      { driver: 'clang', driverFrom: '/c' },
    ],
    ["without rustc's own", settings(['-Clinker-features=-lld']), null, { ownOff: true }],
  ] as const)('reads %s', (_, given, chosen, expected) => {
    expect(linkerChoice(given, { chosen, profile: none, wrapped: false })).toMatchObject(expected);
  });

  it('knows the flags of a profile, which come before the others, and a wrapper, which comes before all', () => {
    const profile = { values: ['-Clink-arg=-fuse-ld=mold'], from: 'Cargo.toml (profile.dev)' };
    const asked = (flags: string[], wrapped = false) =>
      linkerChoice(settings(flags), { chosen: null, profile, wrapped });
    expect(asked([])).toMatchObject({ asked: 'mold', askedFrom: 'Cargo.toml (profile.dev)' });
    expect(asked(['-Clink-arg=-fuse-ld=bfd'])).toMatchObject({ asked: 'bfd', askedFrom: 'RUSTFLAGS' });
    expect(asked(['-Clink-arg=-fuse-ld=bfd'], true)).toMatchObject({ asked: 'mold', askedFrom: 'mold -run' });
  });
});
