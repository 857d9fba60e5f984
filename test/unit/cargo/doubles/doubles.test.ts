import { describe, expect, test } from 'vitest';
import { contentsOf } from '../../../../main/engine/cargo/doubles/contents.ts';
import type { FileState } from '../../../../main/engine/cargo/doubles/crateVariables.ts';
import { doubleFindings, findDoubles } from '../../../../main/engine/cargo/doubles/doubles.ts';
import { readPackages } from '../../../../main/engine/cargo/packages/packages.ts';
import { aMetadata, type Crate } from '../../../support/cargoMetadata.ts';

const outside = (name: string, version = '1.0.0'): Crate => ({ name, type: 'lib', version, outside: true });

/** What lies in which node, as lists. @param linked pairs `node>library`; null where nothing is built. */
function contents(crates: readonly Crate[], linked: readonly string[] | null = null) {
  const { crates: parts } = readPackages(aMetadata(crates), { platform: 'linux' });
  return contentsOf(parts, (node, library) => linked?.includes(`${node}>${library}`) ?? null);
}

const inside = (crates: readonly Crate[], linked: readonly string[] | null = null) =>
  Object.fromEntries([...contents(crates, linked)].map(([node, all]) => [node, [...all.keys()].sort()]));

describe('what lies in a file', () => {
  test('all that is no dylib, also by way of others; macros and what only tests use do not', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin', needs: ['util', 'derive'] },
      { name: 'util', type: 'lib', needs: ['log@1.0.0'] },
      { name: 'plugin', type: 'cdylib', needs: ['log@1.0.0'], dev: ['rand@1.0.0'] },
      { name: 'derive', type: 'proc-macro', needs: ['syn@1.0.0'] },
      ...['log', 'rand', 'syn'].map((name) => outside(name)),
    ];
    expect(inside(crates)).toEqual({ app: ['app', 'log', 'util'], plugin: ['log', 'plugin'] });
  });

  test('what a dylib has inside is taken from there by all who are linked to it', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin', needs: ['kernel', 'tokio@1.0.0'] },
      { name: 'kernel', type: 'dylib', needs: ['tokio@1.0.0'] },
      { name: 'api', type: 'dylib', needs: ['kernel', 'tokio@1.0.0', 'log@1.0.0'] },
      outside('tokio'),
      outside('log'),
    ];
    expect(inside(crates)).toEqual({ app: ['app'], kernel: ['kernel', 'tokio'], api: ['api', 'log'] });
  });

  test('of a crate that is rlib and dylib, the linked file says which it was', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin', needs: ['shared'] },
      { name: 'shared', type: ['rlib', 'dylib'], needs: ['log@1.0.0'] },
      outside('log'),
    ];
    expect(inside(crates).app).toEqual(['app', 'log', 'shared']);
    expect(inside(crates, ['app>shared']).app).toEqual(['app']);
    expect(inside(crates, []).app).toEqual(['app', 'log', 'shared']);
  });

  test('a program takes what is in the dylib of its own package from there', () => {
    const crates: Crate[] = [
      { name: 'depot', type: 'dylib', binaries: ['depot'], needs: ['log@1.0.0'] },
      outside('log'),
    ];
    expect(inside(crates)).toEqual({ depot: ['depot', 'log'], 'depot (bin)': [] });
  });
});

describe('crates that exist twice', () => {
  const crates: Crate[] = [
    { name: 'app', type: 'bin', needs: ['tokio@1.0.0', 'once_cell@1.0.0', 'shared', 'libsqlite3-sys@1.0.0'] },
    {
      name: 'plugin',
      type: 'cdylib',
      needs: ['tokio@1.0.0', 'once_cell@1.0.0', 'shared', 'libsqlite3-sys@1.0.0'],
    },
    { name: 'shared', type: 'lib' },
    ...['tokio', 'once_cell', 'libsqlite3-sys'].map((name) => outside(name)),
  ];
  const state = (parts: Partial<FileState> & { crates?: Record<string, string[]> } = {}): FileState => ({
    variables: new Map(Object.entries(parts.crates ?? {})),
    functions: parts.functions ?? new Set(),
    isComplete: parts.isComplete ?? true,
  });
  const find = (app: FileState | null, plugin: FileState | null, std: boolean | null = false) =>
    findDoubles({
      contents: contents(crates),
      states: new Map([
        ['app', app],
        ['plugin', plugin],
      ]),
      hasStandardLibrary: () => std,
      label: (node) => node,
    });
  const both = { tokio: ['tokio::CONTEXT'], shared: ['shared::COUNT', 'shared::NAMES'] };

  test('by the symbols of the files: those with state in both, of the workspace too', () => {
    const found = find(state({ crates: both }), state({ crates: both }));
    expect(found.map(({ crate, from }) => [crate, from])).toEqual([
      ['shared', 'artifacts'],
      ['tokio', 'artifacts'],
    ]);
    expect(found[0]?.message).toBe(
      'shared is inside of plugin and app, a copy in each: what is written to shared::COUNT (and 1 more) in one is not there in the other.',
    );
    expect(doubleFindings(found).map(({ kind, severity }) => [kind, severity])).toEqual([
      ['double', 'warning'],
      ['double', 'warning'],
    ]);
  });

  test('none where one of the files has nothing of its state', () => {
    expect(find(state({ crates: both }), state())).toEqual([]);
  });

  test('by a function, where the state is that of a C library', () => {
    const sqlite = state({ functions: new Set(['sqlite3_open_v2']) });
    expect(find(sqlite, sqlite).map(({ crate }) => crate)).toEqual(['libsqlite3-sys']);
  });

  test('by the manifests alone the known ones, and it says so', () => {
    const found = find(null, state({ isComplete: false }));
    expect(found.map(({ crate, from }) => [crate, from])).toEqual([
      ['libsqlite3-sys', 'manifests'],
      ['tokio', 'manifests'],
    ]);
    expect(found[1]?.message).toMatch(/^By the manifests tokio is inside of /);
    expect(doubleFindings(found).every(({ severity }) => severity === 'info')).toBe(true);
  });

  test('the standard library inside of both is said, and is nothing to warn of', () => {
    const found = find(state(), state(), true);
    expect(found).toMatchObject([{ crate: 'std', isHarmless: true }]);
    expect(doubleFindings(found)).toEqual([]);
    expect(find(state(), state(), null)).toEqual([]);
  });

  test('two versions are named', () => {
    const found = findDoubles({
      contents: contents([
        { name: 'app', type: 'bin', needs: ['log@0.3.9'] },
        { name: 'plugin', type: 'cdylib', needs: ['log@0.4.1'] },
        outside('log', '0.3.9'),
        outside('log', '0.4.1'),
      ]),
      states: new Map(),
      hasStandardLibrary: () => null,
      label: (node) => node,
    });
    expect(found[0]?.message).toContain('plugin (0.4.1) and app (0.3.9)');
  });
});
