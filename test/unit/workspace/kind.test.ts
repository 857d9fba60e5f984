import { describe, expect, test } from 'vitest';
import { type KindFacts, kindOf, type LibraryFacts } from '../../../main/engine/workspace/kind.ts';

const library = (name: string, parts: Partial<LibraryFacts> = {}): LibraryFacts => ({
  name,
  type: 'dylib',
  std: null,
  exports: null,
  ...parts,
});

const facts = (parts: Partial<KindFacts> = {}): KindFacts => ({
  family: null,
  reloaders: [],
  openers: [],
  stable: [],
  program: { name: 'server', std: null, opens: null },
  libraries: [library('api')],
  between: [],
  preferDynamic: null,
  ...parts,
});

const built = { name: 'server', std: 'inside', opens: true } as const;
const libloading = [{ crate: 'libloading', by: 'server' }];
const cdylib = library('plugin', { type: 'cdylib' });

describe('what a workspace is taken for, and why', () => {
  test.each<[string, Partial<KindFacts>, string, string]>([
    ['the family', { family: 'conduwuit' }, 'family', 'Its crates are those of conduwuit.'],
    [
      'the family, whatever else it depends on',
      { family: 'conduwuit', reloaders: [{ crate: 'hot-lib-reloader', by: 'x' }] },
      'family',
      'Its crates are those of conduwuit.',
    ],
    [
      'hot-lib-reloader',
      { reloaders: [{ crate: 'hot-lib-reloader', by: 'bin' }] },
      'hot-lib-reloader',
      'bin depends on hot-lib-reloader.',
    ],
    [
      'hot-lib-reloader whose standard library is shared: that does not change what it needs',
      {
        reloaders: [{ crate: 'hot-lib-reloader', by: 'bin' }],
        libraries: [library('lib', { std: 'shared' })],
        preferDynamic: 'RUSTFLAGS',
      },
      'hot-lib-reloader',
      'bin depends on hot-lib-reloader.',
    ],
    ['no library', { libraries: [] }, 'unknown', 'No crate of the workspace is built as a dynamic library.'],
    [
      'a program that shares libstd with its libraries',
      {
        program: { ...built, std: 'shared' },
        openers: libloading,
        libraries: [library('api', { std: 'shared' }), library('web', { std: 'shared' })],
      },
      'shared-std',
      'server, api and web use one standard library (libstd-….so).',
    ],
    [
      'the flag, before the first build',
      { preferDynamic: '.cargo/config.toml' },
      'shared-std',
      '.cargo/config.toml sets -Cprefer-dynamic.',
    ],
    [
      'a dylib below others',
      { between: [{ below: 'core', users: ['server', 'api'] }] },
      'shared-std',
      'server and api are linked with core, a dylib: they share its Rust types.',
    ],
    ['cdylibs', { libraries: [cdylib] }, 'c-interface', 'plugin is a cdylib.'],
    [
      'cdylibs under the flag: their interface stays C',
      { libraries: [cdylib], preferDynamic: '.cargo/config.toml' },
      'c-interface',
      'plugin is a cdylib.',
    ],
    [
      'built cdylibs',
      { libraries: [{ ...cdylib, std: 'inside', exports: ['plugin_name', 'plugin_run'] }] },
      'c-interface',
      'plugin is a cdylib, and exports C names only: plugin_name and plugin_run.',
    ],
    [
      'types with a stable layout',
      { stable: [{ crate: 'abi_stable', by: 'api' }], openers: libloading },
      'c-interface',
      'api depends on abi_stable.',
    ],
    ['libloading', { openers: libloading }, 'hot-lib-reloader', 'server depends on libloading.'],
    [
      'libloading, built',
      { openers: libloading, program: built, libraries: [library('api', { std: 'shared' })] },
      'hot-lib-reloader',
      'server depends on libloading; server has a standard library of its own inside.',
    ],
    [
      'a program that calls dlopen itself',
      { program: built, libraries: [library('api', { std: 'shared' })] },
      'hot-lib-reloader',
      'server calls dlopen; server has a standard library of its own inside.',
    ],
    [
      'a dylib that nothing is known of',
      {},
      'unknown',
      'api is a dylib, and nothing says yet how server uses it.',
    ],
    [
      'several of them',
      { libraries: [library('api'), library('web')] },
      'unknown',
      'api and web are dylibs, and nothing says yet how server uses them.',
    ],
  ])('%s', (_, given, kind, evidence) => {
    expect(kindOf(facts(given))).toEqual({ kind, evidence });
  });

  test('of many exports the first are named', () => {
    const exports = ['a', 'b', 'c', 'd', 'e'];
    expect(kindOf(facts({ libraries: [{ ...cdylib, exports }] })).evidence).toContain('a, b, c and 2 more');
  });
});
