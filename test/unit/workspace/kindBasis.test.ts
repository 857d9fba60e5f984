import { describe, expect, test } from 'vitest';
import type { CargoMetadata, DeclaredDependency } from '../../../main/engine/cargo/metadata/cargoMetadata.ts';
import { readPackages } from '../../../main/engine/cargo/packages/packages.ts';
import { readKindBasis, reloadFeatureOf } from '../../../main/engine/workspace/kindBasis.ts';

interface Named {
  name: string;
  optional?: boolean;
  kind?: string;
}

interface Crate {
  name: string;
  types: string[];
  needs?: string[];
  crates?: Named[];
  features?: Record<string, string[]>;
}

const declared = ({ name, optional = false, kind }: Named): DeclaredDependency => ({
  name,
  kind: kind ?? null,
  optional,
  uses_default_features: true,
  features: [],
  target: null,
});

const metadata = (crates: readonly Crate[]): CargoMetadata => ({
  packages: crates.map(({ name, types, needs = [], crates: named = [], features = {} }) => ({
    id: name,
    name,
    version: '0.1.0',
    manifest_path: `/srv/${name}/Cargo.toml`,
    targets: [{ name, kind: types, crate_types: types }],
    features,
    dependencies: [...needs.map((need) => ({ name: need })), ...named].map(declared),
  })),
  workspace_members: crates.map(({ name }) => name),
  workspace_root: '/srv',
  target_directory: '/srv/target',
  resolve: {
    nodes: crates.map(({ name, needs = [] }) => ({
      id: name,
      deps: needs.map((pkg) => ({ name: pkg, pkg, dep_kinds: [{ kind: null, target: null }] })),
    })),
  },
});

function basisOf(crates: readonly Crate[]) {
  const read = metadata(crates);
  const packages = readPackages(read, { platform: 'linux' });
  const [program] = packages.programs;
  if (program === undefined) throw new Error('There is no program.');
  return readKindBasis({ metadata: read, packages, program, family: null, preferDynamic: null });
}

function featureOf(bin: Omit<Crate, 'name' | 'types'>) {
  const read = metadata([{ name: 'bin', types: ['bin'], ...bin }]);
  const [program] = readPackages(read, { platform: 'linux' }).programs;
  if (program === undefined) throw new Error('There is no program.');
  return reloadFeatureOf(read, program);
}

describe('what the manifests say', () => {
  test('who depends on what helps to open libraries; tests and build scripts do not count', () => {
    const basis = basisOf([
      {
        name: 'bin',
        types: ['bin'],
        crates: [{ name: 'hot-lib-reloader', optional: true }, { name: 'log' }],
      },
      { name: 'lib', types: ['rlib', 'dylib'], crates: [{ name: 'libloading', kind: 'dev' }] },
    ]);
    expect(basis.reloaders).toEqual([{ crate: 'hot-lib-reloader', by: 'bin' }]);
    expect(basis.openers).toEqual([]);
    expect(basis.libraries).toEqual([{ name: 'lib', type: 'dylib' }]);
  });

  test("a dylib is between others where it can't be copied into them", () => {
    const crates = (types: string[]): Crate[] => [
      { name: 'core', types },
      { name: 'api', types: ['dylib'], needs: ['core'] },
      { name: 'bin', types: ['bin'], needs: ['core'] },
    ];
    expect(basisOf(crates(['dylib'])).between).toEqual([{ below: 'core', users: ['api', 'bin'] }]);
    expect(basisOf(crates(['rlib', 'dylib'])).between).toEqual([]);
  });
});

describe('the feature that turns reloading on', () => {
  const optional = [{ name: 'hot-lib-reloader', optional: true }];
  test('is found by what it enables', () => {
    const features = { default: [], reload: ['lib/reload', 'dep:hot-lib-reloader'] };
    expect(featureOf({ crates: optional, features })).toMatchObject({
      feature: 'reload',
      reason: 'The feature reload turns hot-lib-reloader on.',
    });
  });

  test('is the one that cargo makes of the dependency, where there is no other', () => {
    const features = { 'hot-lib-reloader': ['dep:hot-lib-reloader'] };
    expect(featureOf({ crates: optional, features })?.feature).toBe('hot-lib-reloader');
  });

  test('there is none where it is on by default, or the dependency is no option', () => {
    const features = { default: ['reload'], reload: ['dep:hot-lib-reloader'] };
    expect(featureOf({ crates: optional, features })).toBeNull();
    expect(featureOf({ crates: [{ name: 'hot-lib-reloader' }], features: { reload: [] } })).toBeNull();
  });
});
