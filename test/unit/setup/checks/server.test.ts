import { describe, expect, it } from 'vitest';
import { failed, success } from '../../../../main/engine/result.ts';
import { type BuiltFacts, builtCheck } from '../../../../main/engine/setup/checks/built.ts';
import { type DiskFacts, diskCheck } from '../../../../main/engine/setup/checks/diskSpace.ts';
import { type LibraryPathFacts, libraryPathCheck } from '../../../../main/engine/setup/checks/libraryPath.ts';
import { settingsChecks } from '../../../../main/engine/setup/checks/settings.ts';
import { parseSettings } from '../../../../main/engine/workspace/settingsFile.ts';

describe('disk space', () => {
  const facts: DiskFacts = { folder: '/w/target/debug', free: 100e9, built: false, kind: 'family' };
  it.each([
    ['plenty', facts, 'ok'],
    ['less than a first build takes', { ...facts, free: 9e9 }, 'warning'],
    ['enough for one more', { ...facts, free: 9e9, built: true }, 'ok'],
    ['nearly none', { ...facts, free: 1e9 }, 'problem'],
    ['enough for a small workspace', { ...facts, free: 3e9, kind: 'generic' }, 'ok'],
    ['not to be seen', { ...facts, free: null }, 'unknown'],
  ] satisfies [string, DiskFacts, string][])('%s', (_, given, state) =>
    expect(diskCheck(given).state).toBe(state),
  );

  it('says that its numbers are a guess', () => {
    expect(diskCheck({ ...facts, free: 640 * 1024 ** 2 }).seen).toBe(
      '640 MB are free for /w/target/debug. By a rough guess a first build may take 15 GB.',
    );
  });
});

describe('LD_LIBRARY_PATH', () => {
  const toolchain = '/home/u/.rustup/toolchains/nightly-x86_64-unknown-linux-gnu';
  const libdir = `${toolchain}/lib/rustlib/x86_64-unknown-linux-gnu/lib`;
  const facts: LibraryPathFacts = { libdir, outputDirectory: '/w/target/debug', folders: [] };
  const LINE = `export LD_LIBRARY_PATH="/w/target/debug:/w/target/debug/deps:${libdir}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`;
  it.each([
    ['not set', facts, 'ok', LINE],
    [
      'set to something else',
      { ...facts, folders: [{ folder: '/opt/lib', standardLibraries: 0 }] },
      'ok',
      LINE,
    ],
    [
      'set as it has to be',
      { ...facts, folders: [{ folder: `${libdir}/`, standardLibraries: 1 }] },
      'ok',
      LINE,
    ],
    [
      "the old instructions' folder",
      { ...facts, folders: [{ folder: `${toolchain}/lib/`, standardLibraries: 0 }] },
      'warning',
      'no libstd lies',
    ],
    [
      "another toolchain's",
      { ...facts, folders: [{ folder: libdir.replace('nightly', 'stable'), standardLibraries: 1 }] },
      'warning',
      "not the active toolchain's",
    ],
    ['no toolchain', { ...facts, libdir: null }, 'unknown', 'Hotdeck sets it'],
  ] satisfies [string, LibraryPathFacts, string, string][])('%s', (_, given, state, words) => {
    expect(libraryPathCheck(given)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });

  it('gives the line for a terminal', () => {
    expect(
      libraryPathCheck({ ...facts, folders: [{ folder: `${toolchain}/lib`, standardLibraries: 0 }] }).remedy,
    ).toContain(LINE);
  });
});

describe('what was built', () => {
  const STD = 'libstd-0123456789abcdef.so';
  const facts: BuiltFacts = {
    program: { name: 'x', file: 'x', needed: ['libx_core.so', 'libc.so.6'] },
    libraries: [
      { name: 'x-core', file: 'libx_core.so', needed: [STD, 'libc.so.6'] },
      { name: 'x_api', file: 'libx_api.so', needed: ['libx_core.so', STD] },
    ],
    profile: '/w/target/debug',
    kind: 'shared-std',
    running: new Set(),
  };
  it.each([
    ['shares one standard library', facts, 'ok', `all 2 modules share ${STD}`],
    ['nothing', { ...facts, program: null }, 'unknown', 'not built yet'],
    [
      'no ELF file',
      { ...facts, program: { name: 'x', file: 'x', needed: null } },
      'unknown',
      "can't be read as a program",
    ],
    [
      'in one piece',
      { ...facts, program: { name: 'x', file: 'x', needed: ['libc.so.6'] }, libraries: [] },
      'problem',
      'in one piece',
    ],
    [
      'modules not built',
      {
        ...facts,
        program: { name: 'x', file: 'x', needed: [STD] },
        libraries: [{ name: 'y', file: 'liby.so', needed: null }],
      },
      'warning',
      'none of its modules',
    ],
    [
      'a module with a copy inside',
      {
        ...facts,
        libraries: [...facts.libraries, { name: 'x_web', file: 'libx_web.so', needed: ['libc.so.6'] }],
      },
      'problem',
      'x_web has a standard library inside',
    ],
    [
      'of two toolchains',
      {
        ...facts,
        libraries: [
          ...facts.libraries,
          { name: 'x_web', file: 'libx_web.so', needed: ['libstd-fedcba9876543210.so'] },
        ],
      },
      'problem',
      'different standard libraries',
    ],
    [
      'a module with a copy inside, which the server has opened',
      {
        ...facts,
        running: new Set(['x_web']),
        libraries: [...facts.libraries, { name: 'x_web', file: 'libx_web.so', needed: ['libc.so.6'] }],
      },
      'warning',
      'The server has opened x_web all the same',
    ],
    [
      'a program with a copy inside, where nothing says that it matters',
      { ...facts, kind: 'unknown', program: { name: 'x', file: 'x', needed: ['libc.so.6'] } },
      'unknown',
      'x has a standard library inside',
    ],
    [
      'one standard library, inside of the lowest library',
      {
        ...facts,
        libraries: [
          { name: 'x-core', file: 'libx_core.so', needed: ['libc.so.6'] },
          { name: 'x_api', file: 'libx_api.so', needed: ['libx_core.so'] },
        ],
      },
      'ok',
      'inside of x-core',
    ],
    [
      'of hot-lib-reloader',
      {
        ...facts,
        kind: 'hot-lib-reloader',
        program: { name: 'x', file: 'x', needed: ['libc.so.6'] },
        libraries: [{ name: 'lib', file: 'liblib.so', needed: [STD] }],
      },
      'ok',
      'lib is built, and nothing else is needed',
    ],
    [
      'of hot-lib-reloader, but shared with the program',
      {
        ...facts,
        program: { name: 'x', file: 'x', needed: [STD] },
        kind: 'hot-lib-reloader',
        libraries: [{ name: 'lib', file: 'liblib.so', needed: [STD] }],
      },
      'warning',
      '#88737',
    ],
    [
      'a plugin with a C interface',
      { ...facts, kind: 'c-interface', libraries: [{ name: 'p', file: 'libp.so', needed: ['libc.so.6'] }] },
      'ok',
      'p is built',
    ],
  ] satisfies [string, BuiltFacts, string, string][])('%s', (_, given, state, words) => {
    expect(builtCheck(given)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });
});

describe('the workspace and its settings', () => {
  const states = (
    text: string | null,
    failure = null as ReturnType<typeof failed>['failure'] | null,
    broken: string[] = [],
  ) =>
    settingsChecks({
      settings: text === null ? success({}) : parseSettings(text),
      failure,
      brokenConfig: broken,
    }).map((each) => each.state);
  it.each([
    ['no settings', states(null), ['ok', 'ok']],
    ['settings', states('{ "rule": "stack" }'), ['ok', 'ok']],
    ['settings that are no JSON', states('{'), ['ok', 'problem']],
    ['an unknown key', states('{ "modulez": [] }'), ['ok', 'problem']],
    [
      'settings that keep it closed',
      states('{', failed('broken-settings', 'x').failure),
      ['unknown', 'problem'],
    ],
    [
      'a broken manifest',
      states(null, failed('broken-manifest', "cargo can't read this workspace.").failure),
      ['problem', 'ok'],
    ],
    ['no toolchain', states(null, failed('no-toolchain', 'x').failure), ['unknown', 'ok']],
    [
      'a broken configuration',
      states(null, null, ["/w/.cargo/config.toml can't be read."]),
      ['problem', 'ok'],
    ],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});
