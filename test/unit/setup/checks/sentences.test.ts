import { describe, expect, it } from 'vitest';
import type { Check } from '#shared/contract.ts';
import { type BuiltFacts, builtCheck } from '../../../../main/engine/setup/checks/built.ts';
import { type FlagsFacts, flagsCheck } from '../../../../main/engine/setup/checks/flags.ts';
import { type LibraryPathFacts, libraryPathCheck } from '../../../../main/engine/setup/checks/libraryPath.ts';
import { type LinkerFacts, linkerChecks } from '../../../../main/engine/setup/checks/linker.ts';
import { type PlatformFacts, platformCheck } from '../../../../main/engine/setup/checks/platform.ts';
import { toolchainChecks } from '../../../../main/engine/setup/checks/toolchain.ts';
import type { Rustup, ToolchainCheckFacts } from '../../../../main/engine/setup/checks/toolchainFacts.ts';

const HOST = 'x86_64-unknown-linux-gnu';

/** A sentence, a case in which it is true and said, and one close to it in which it would be false and is not. */
type Row<T> = [sentence: string, said: T, notSaid: T];

const textOf = (checks: readonly Check[]): string =>
  checks.map(({ seen, remedy }) => `${seen} ${remedy ?? ''}`).join('\n');

function sentences<T>(title: string, checksOf: (facts: T) => readonly Check[], rows: Row<T>[]): void {
  describe(title, () => {
    it.each(rows)('%s', (sentence, said, notSaid) => {
      expect(textOf(checksOf(said))).toContain(sentence);
      expect(textOf(checksOf(notSaid))).not.toContain(sentence);
    });
  });
}

const installed = (name: string, version: string) => ({
  name: `${name}-${HOST}`,
  path: `/r/${name}`,
  version,
});
const stable = installed('stable', '1.85.0 (x)');
const nightly = installed('nightly', '1.97.0-nightly (x)');
const dated = installed('nightly-2025-01-01', '1.85.0-nightly (x)');
const pinned = installed('1.80.0', '1.80.0 (x)');
const parts = ['cargo', 'rustc', 'rust-std'].map((each) => `${each}-${HOST}`);
const file = {
  file: '/w/rust-toolchain.toml',
  channel: '1.80.0',
  path: null,
  components: [],
  targets: [],
  trouble: null,
};
const active = (name: string, more: Partial<NonNullable<Rustup['active']>> = {}): Rustup['active'] => ({
  name,
  because: 'default',
  where: null,
  installed: true,
  ...more,
});
const rust = (part: Partial<Rustup>, more: Partial<ToolchainCheckFacts> = {}): ToolchainCheckFacts => ({
  toolchains: {
    kind: 'rustup',
    version: 'rustup 1.29.0',
    installed: [stable, nightly, dated, pinned],
    active: active(stable.name),
    wanted: null,
    components: parts,
    host: HOST,
    otherCargo: null,
    ...part,
  },
  needed: null,
  rustVersion: null,
  bootstrap: false,
  ...more,
});
const later = { rustVersion: '1.99' };
const missing = (name: string) => rust({ active: active(name, { installed: false }), components: null });
const plain = { kind: 'plain', version: '1.80.0 (x)', host: HOST, sysroot: '/usr' } as const;
const wanting = (more: Partial<typeof file> & { targets?: never[]; components?: never[] }) => ({
  ...file,
  ...more,
});

sentences('Rust', toolchainChecks, [
  ['Run `rustup update stable`', rust({}, later), rust({ active: active(pinned.name) }, later)],
  ['an update does not change 1.80.0', rust({ active: active(pinned.name) }, later), rust({}, later)],
  [
    'Run `rustup update nightly`',
    rust({ active: active(nightly.name) }, later),
    rust({ active: active(dated.name) }, later),
  ],
  ['Update Rust the way it was installed', { ...rust({}, later), toolchains: plain }, rust({}, later)],
  ['Run `rustup toolchain install 1.86.0`', missing('1.86.0'), missing('mine')],
  ['rustup can’t download it', missing('/opt/rust'), missing('nightly-2026-01-01')],
  ['Run `rustup default stable`', rust({ active: null }), rust({ active: null }, { needed: 'nightly' })],
  [
    'Run `rustup default nightly`',
    rust({ active: null, installed: [] }, { needed: 'nightly' }),
    rust({ active: null }),
  ],
  [
    'have Hotdeck take the nightly',
    rust({ active: null }, { needed: 'nightly' }),
    rust({ active: null, installed: [stable] }, { needed: 'nightly' }),
  ],
  ['No toolchain is active', rust({ active: null }), missing('1.86.0')],
  ['The toolchain is not installed, so', missing('1.86.0'), rust({ active: null })],
  ['probably rustup did not install it', rust({ components: null }), rust({})],
  ['rustup component add --toolchain stable cargo', rust({ components: parts.slice(1) }), rust({})],
  [`rustup target add --toolchain stable ${HOST}`, rust({ components: parts.slice(0, 2) }), rust({})],
  ['which an ordinary build does not need', rust({}), rust({ components: [...parts, 'rust-src'] })],
  ['rustup is not on the PATH', { ...rust({}), toolchains: plain }, rust({})],
  [
    'if it is installed, put its folder',
    { ...rust({}), toolchains: { kind: 'none' } },
    { ...rust({}), toolchains: plain },
  ],
  ['a terminal may take another', rust({ active: active(nightly.name, { because: 'choice' }) }), rust({})],
  [
    'which a terminal probably takes',
    rust({ active: active(nightly.name, { because: 'choice' }), wanted: file }),
    rust({
      active: active(nightly.name, { because: 'choice' }),
      wanted: wanting({ channel: `nightly-${HOST}` }),
    }),
  ],
  [
    'which does not count then',
    rust({ active: active(nightly.name, { because: 'environment' }), wanted: file }),
    rust({
      active: active(nightly.name, { because: 'environment' }),
      wanted: wanting({ channel: `nightly-${HOST}` }),
    }),
  ],
]);

const shared = { values: ['-Cprefer-dynamic'], from: '/w/.cargo/config.toml' };
const target = { values: ['-g'], from: '/w/.cargo/config.toml (target.x)' };
const flags = (values: string[], unused: FlagsFacts['unused'] = [], from = 'RUSTFLAGS'): FlagsFacts => ({
  kind: 'generic',
  used: { values, from },
  unused,
});

sentences('flags', (facts: FlagsFacts) => [flagsCheck(facts)], [
  [
    '-Cprefer-dynamic is only there',
    flags(['-g'], [shared]),
    flags(['-Cprefer-dynamic=no', '-Cprefer-dynamic'], [shared]),
  ],
  [
    'is in force, and so',
    flags(['-Cprefer-dynamic=off'], [shared]),
    flags(['-Cprefer-dynamic=on'], [shared]),
  ],
  ['Unset RUSTFLAGS', flags(['-g'], [shared]), flags(['-g'], [target, shared])],
  ['Add -Cprefer-dynamic to RUSTFLAGS', flags(['-g'], [target, shared]), flags(['-g'], [shared])],
  [
    'This workspace does not need that',
    { ...flags(['-Cprefer-dynamic']), kind: 'none' },
    { ...flags(['-Cprefer-dynamic', '-Cprefer-dynamic=false']), kind: 'none' },
  ],
  ['would not count', flags(['-g']), { ...flags(['-g']), kind: 'family' }],
]);

const linux: PlatformFacts = {
  platform: 'linux',
  arch: 'x64',
  libc: 'glibc',
  target: null,
  host: HOST,
  staticRuntime: false,
};

sentences('platform', (facts: PlatformFacts) => [platformCheck(facts)], [
  ['ends in -x86_64-unknown-linux-gnu', { ...linux, host: 'aarch64-unknown-linux-gnu' }, linux],
  ['Closing a library does nothing in musl', { ...linux, libc: 'musl' }, { ...linux, libc: null }],
  [
    'That is not Linux.',
    { ...linux, target: { name: 'x86_64-pc-windows-gnu', from: 'x' } },
    { ...linux, target: { name: HOST, from: 'x' } },
  ],
  ['is untested on it', { ...linux, arch: 's390x', host: null }, { ...linux, arch: 'arm64', host: null }],
  ['which then cannot load modules', { ...linux, staticRuntime: true }, linux],
]);

const bfd = { id: 'bfd', version: 'GNU ld 2.40', from: 'path', path: '/usr/bin/ld.bfd' } as const;
const mold = { id: 'mold', version: 'mold 2.30.0', from: 'path', path: '/usr/bin/ld.mold' } as const;
const driver: LinkerFacts['driver'] = {
  name: 'cc',
  path: '/usr/bin/cc',
  kind: 'gcc',
  version: 'cc 11.4.0',
  number: '11.4.0',
  own: null,
};
const links = (asked: string | null, more: Partial<LinkerFacts> = {}): LinkerFacts => ({
  choice: { driver: 'cc', driverFrom: null, asked, askedFrom: 'RUSTFLAGS', ownOff: false },
  driver,
  installed: [mold, bfd],
  strange: false,
  ownLld: false,
  worked: [],
  ...more,
});
const newer = { ...driver, number: '13.2.0' };

sentences('linker', (facts: LinkerFacts) => linkerChecks(facts), [
  ['Hotdeck does not know this linker', links('wild', { strange: true }), links('wild')],
  ['it was not found on the PATH', links('wild'), links('wild', { strange: true })],
  ['mold needs gcc 12.1 or later', links('mold'), links('mold', { driver: newer })],
  ['Install lld, or use mold', links('lld', { driver: newer }), links('lld')],
  [
    'cc was not found. rustc needs it to link.',
    links(null, { driver: { ...driver, path: null } }),
    links(null),
  ],
  ['None of mold, lld, GNU ld and gold was found.', links(null, { installed: [] }), links(null)],
  ['It linked this workspace before.', links('bfd', { worked: ['bfd'] }), links('bfd', { worked: ['lld'] })],
  ['which linker it uses by default is not known', links(null), links(null, { ownLld: true })],
]);

const root = '/r/toolchains/stable';
const libdir = `/h/.rustup/toolchains/stable/lib/rustlib/${HOST}/lib`;
const path = (folder: string, standardLibraries: number | null): LibraryPathFacts => ({
  libdir,
  outputDirectory: '/w/target/debug',
  folders: [{ folder, standardLibraries }],
});

sentences('LD_LIBRARY_PATH', (facts: LibraryPathFacts) => [libraryPathCheck(facts)], [
  [
    'where no libstd lies',
    path('/h/.rustup/toolchains/stable/lib', 0),
    path('/h/.rustup/toolchains/stable/lib', null),
  ],
  [
    "is not the active toolchain's",
    path(libdir.replace('stable', 'nightly'), 1),
    path('/h/.rustup/toolchains/stable/lib', 1),
  ],
  ["the toolchain's libstd was not found", { ...path(root, 1), libdir: null }, path(root, 1)],
  ['A terminal may need:', path(libdir, 1), path(libdir.replace('stable', 'nightly'), 1)],
]);

const STD = 'libstd-0123456789abcdef.so';
const built = (
  program: string[] | null,
  libraries: (string[] | null)[],
  more: Partial<BuiltFacts> = {},
): BuiltFacts => ({
  program: { name: 'x', file: 'x', needed: program },
  libraries: libraries.map((needed, at) => ({ name: `m${at}`, file: `libm${at}.so`, needed })),
  profile: '/w/target/debug',
  kind: 'shared-std',
  running: new Set(),
  ...more,
});

sentences('what was built', (facts: BuiltFacts) => [builtCheck(facts)], [
  ['The server is not built yet', built(null, [], { program: null }), built(null, [])],
  ["is there, but can't be read as a program", built(null, []), built([STD], [])],
  ['The program was built in one piece', built(['libc.so.6'], []), built(['libc.so.6'], [null])],
  ['None of the libraries is built, or can be read', built(['libc.so.6'], [null]), built(['libc.so.6'], [])],
  ['none of its modules is built', built([STD], [null]), built(['libc.so.6'], [null])],
  ['They are probably of different toolchains', built([STD], [['libstd-ff.so']]), built([STD], [[STD]])],
  ['m0 has a standard library inside', built([STD], [['libc.so.6']]), built([STD], [[STD]])],
  [
    'The server has opened m0 all the same',
    built([STD], [['libc.so.6']], { running: new Set(['m0']) }),
    built([STD], [['libc.so.6']]),
  ],
  ['its module share', built([STD], [[STD]]), built([STD], [[STD], [STD]])],
]);
