import { describe, expect, test } from 'vitest';
import { readPackages } from '../../../main/engine/cargo/packages/packages.ts';
import { buildSelection } from '../../../main/engine/cargo/packages/selection.ts';
import { remarksOf } from '../../../main/engine/workspace/remarks.ts';
import { aMetadata, type Crate } from '../../support/cargoMetadata.ts';

const read = (crates: readonly Crate[], args: readonly string[] = []) =>
  readPackages(aMetadata(crates), { platform: 'linux', arguments: args });

const modulesOf = (crates: readonly Crate[], args: readonly string[] = []): string[] =>
  read(crates, args).libraries.map((each) => each.package);

const outside = (name: string): Crate => ({ name, type: 'lib', outside: true });

describe('what is no module', () => {
  test.each([
    ['wasm-bindgen', 'a WebAssembly module (wasm-bindgen)'],
    ['pyo3', 'a Python extension (pyo3)'],
    ['napi', 'a Node.js addon (napi)'],
    ['pgrx', 'a PostgreSQL extension (pgrx)'],
  ])('a cdylib that uses %s', (crate, what) => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin' },
      { name: 'plugin', type: 'cdylib' },
      { name: 'bindings', type: ['cdylib', 'rlib'], needs: [crate] },
      outside(crate),
    ];
    expect(modulesOf(crates)).toEqual(['plugin']);
    expect(read(crates).foreign).toEqual([{ package: 'bindings', what }]);
  });

  test('a module that only runs such a language, or uses the crate on another platform, is one', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin' },
      { name: 'scripts', type: 'cdylib', needs: [{ name: 'pyo3', features: ['auto-initialize'] }] },
      { name: 'web', type: 'cdylib', needs: [{ name: 'wasm-bindgen', target: 'cfg(windows)' }] },
      { name: 'both', type: ['dylib', 'cdylib'], needs: ['wasm-bindgen'] },
      { ...outside('pyo3'), features: ['auto-initialize'] },
      outside('wasm-bindgen'),
    ];
    expect(modulesOf(crates)).toEqual(['scripts', 'web', 'both']);
  });

  test('what hotdeck.json names is a module all the same', () => {
    const crates: Crate[] = [{ name: 'py', type: 'cdylib', needs: ['pyo3'] }, outside('pyo3')];
    const named = readPackages(aMetadata(crates), { platform: 'linux', named: ['py'] });
    expect(named.libraries.map((each) => each.package)).toEqual(['py']);
  });

  test('the cdylib of an example, and a macro', () => {
    const metadata = aMetadata([
      { name: 'app', type: 'bin' },
      { name: 'derive', type: 'proc-macro' },
    ]);
    metadata.packages[0]?.targets.push({ name: 'plug', kind: ['example'], crate_types: ['cdylib'] });
    expect(readPackages(metadata, { platform: 'linux' }).libraries).toEqual([]);
  });

  test('what is not built: outside of the default members, or not selected', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin', needs: ['kernel'] },
      { name: 'kernel', type: 'dylib', byDefault: false },
      { name: 'other', type: 'dylib', byDefault: false },
    ];
    expect(modulesOf(crates)).toEqual(['kernel']);
    expect(modulesOf(crates, ['--workspace'])).toEqual(['kernel', 'other']);
    expect(modulesOf(crates, ['--workspace', '--exclude', 'other'])).toEqual(['kernel']);
    expect(modulesOf(crates, ['-p', 'app', '--package=oth*'])).toEqual(['kernel', 'other']);
  });
});

describe('a package with a library and a program', () => {
  test('is two nodes, and the program is linked to the library', () => {
    const crates: Crate[] = [
      { name: 'depot', type: 'dylib', binaries: ['server'], needs: ['kernel'] },
      { name: 'kernel', type: 'dylib' },
    ];
    const { needs, programs, owners } = read(crates);
    expect(programs[0]).toMatchObject({ package: 'depot', node: 'depot (bin)', binary: 'server' });
    expect(needs.get('depot')?.libraries).toEqual(['kernel']);
    expect(needs.get('depot (bin)')?.libraries).toEqual(['depot', 'kernel']);
    expect(owners.get('depot')).toEqual(['depot', 'depot (bin)']);
  });

  test('of which the library is an rlib is one', () => {
    expect(read([{ name: 'depot', type: 'lib', binaries: ['depot'] }]).programs[0]?.node).toBe('depot');
  });

  test('a cdylib is linked to nothing; with an rlib it is inside of who uses it, too', () => {
    const crates = (type: readonly string[]): Crate[] => [
      { name: 'app', type: 'bin', needs: ['plugin'] },
      { name: 'plugin', type, needs: ['kernel'] },
      { name: 'kernel', type: 'dylib' },
    ];
    const alone = read(crates(['cdylib']));
    expect(alone.needs.get('app')?.libraries).toEqual([]);
    expect(alone.owners.get('plugin')).toEqual(['plugin']);
    const both = read(crates(['cdylib', 'rlib']));
    expect(both.needs.get('app')?.libraries).toEqual(['kernel']);
    expect(both.owners.get('plugin')).toEqual(['plugin', 'app']);
  });
});

describe('the members that are built', () => {
  const select = (crates: readonly Crate[]): string[] => {
    const metadata = aMetadata(crates);
    const all = readPackages(metadata, { platform: 'linux', allMembers: true });
    const plain = readPackages(metadata, { platform: 'linux' });
    return buildSelection(metadata, all, plain, { package: 'app' });
  };

  test('are those that cargo builds by itself, where that is enough', () => {
    expect(
      select([
        { name: 'app', type: 'bin', needs: ['kernel'] },
        { name: 'kernel', type: 'dylib', byDefault: false },
        { name: 'page', type: 'cdylib', needs: ['wasm-bindgen'], byDefault: false },
        outside('wasm-bindgen'),
      ]),
    ).toEqual([]);
  });

  test('are more by what can be a module, and no more', () => {
    expect(
      select([
        { name: 'app', type: 'bin' },
        { name: 'tool', type: 'bin' },
        { name: 'plugin', type: 'cdylib', byDefault: false },
        { name: 'page', type: 'cdylib', needs: ['wasm-bindgen'], byDefault: false },
        outside('wasm-bindgen'),
      ]),
    ).toEqual(['-p', 'app', '-p', 'tool', '-p', 'plugin']);
  });

  test('leave out what others need on another platform only', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin', needs: [{ name: 'console', target: 'cfg(windows)' }] },
      { name: 'console', type: 'dylib', byDefault: false },
      { name: 'plugin', type: 'cdylib', byDefault: false },
    ];
    expect(select(crates)).toEqual(['-p', 'app', '-p', 'plugin']);
    const [app, ...others] = crates;
    // A plugin that is linked in by a feature is opened without it.
    const optional: Crate[] = [
      { ...app, name: 'app', type: 'bin', needs: [{ name: 'plugin', optional: true }] },
      ...others.slice(1),
    ];
    expect(select(optional)).toEqual(['--workspace']);
  });

  test('are all, in the shortest words, where nothing is left out', () => {
    expect(
      select([
        { name: 'app', type: 'bin' },
        { name: 'plugin', type: 'cdylib', byDefault: false },
      ]),
    ).toEqual(['--workspace']);
  });
});

test('two members whose libraries are one file are told about', () => {
  const packages = read([
    { name: 'red', type: 'cdylib', library: 'plugin' },
    { name: 'blue', type: 'cdylib', library: 'plugin' },
    { name: 'green', type: 'cdylib' },
  ]);
  expect(remarksOf({ less: null }, packages)).toMatchObject([
    { kind: 'same-file', message: expect.stringContaining('red and blue are both built as libplugin.so') },
  ]);
  expect(remarksOf({ less: null }, read([{ name: 'green', type: 'cdylib' }]))).toEqual([]);
});
