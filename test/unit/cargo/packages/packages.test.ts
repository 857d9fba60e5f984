import { expect, test } from 'vitest';
import { libraryFile, readPackages } from '../../../../main/engine/cargo/packages/packages.ts';
import { detectProfile, detectProgram } from '../../../../main/engine/workspace/profile.ts';
import { aMetadata, type Crate } from '../../../support/cargoMetadata.ts';

const read = (...crates: Crate[]) => readPackages(aMetadata(crates), { platform: 'linux' });

test('edges lead through members that are linked in whole, not through tests or macros', () => {
  const packages = read(
    { name: 'app', type: 'bin', needs: ['kernel'] },
    { name: 'kernel', type: 'dylib', needs: ['serde', 'derive'] },
    { name: 'util', type: 'lib', needs: ['kernel', 'rand'] },
    { name: 'api', type: 'dylib', needs: ['util'], dev: ['testing'] },
    { name: 'testing', type: 'lib', outside: true },
    { name: 'serde', type: 'lib', outside: true },
    { name: 'rand', type: 'lib', outside: true },
    { name: 'derive', type: 'proc-macro', outside: true },
  );
  expect(packages.needs.get('api')).toEqual({ libraries: ['kernel'], crates: ['rand'] });
  expect(packages.needs.get('kernel')).toEqual({ libraries: [], crates: ['serde'] });
  expect(packages.owners.get('util')).toEqual(['api']);
  expect(packages.owners.get('kernel')).toEqual(['kernel']);
});

test.each([
  ['linux', 'libmy_api.so'],
  ['darwin', 'libmy_api.dylib'],
  ['win32', 'my_api.dll'],
] as const)('on %s a library is called %s', (platform, file) => {
  expect(libraryFile('my-api', platform)).toBe(file);
});

test('the conduwuit family is known by its modules', () => {
  const names = ['core', 'database', 'service', 'api', 'admin', 'router'].map((name) => `conduwuit_${name}`);
  const libraries = names.map((name): Crate => ({ name, type: 'dylib' }));
  const main: Crate = { name: 'conduwuit', type: 'bin', needs: names, features: ['conduwuit_mods'] };
  const packages = read(main, ...libraries);
  expect(detectProfile(packages)).toMatchObject({
    name: 'conduwuit',
    rule: 'stack',
    modules: names.slice(1),
    buildArguments: ['--features', 'conduwuit_mods'],
  });
  expect(detectProfile(read(...libraries.slice(0, 3)))).toMatchObject({ name: 'generic', modules: null });
});

test.each([
  ['conduwuit', '_'],
  ['tuwunel', '_'],
  ['tuwunel', '-'],
])(
  'it is known by the names of its packages, before any is a dynamic library: %s with %s',
  (family, joint) => {
    const names = ['database', 'service', 'api', 'admin', 'router'].map((name) => family + joint + name);
    const crates = (type: Crate['type'], only = names): Crate[] =>
      names.map((name) => ({ name, type: only.includes(name) ? type : 'lib' }));
    const main: Crate = { name: family, type: 'bin', needs: names, features: [`${family}_mods`] };
    expect(detectProfile(read(main, ...crates('lib')))).toMatchObject({
      name: 'conduwuit',
      family: { mods: `${family}_mods`, hasFeature: true, modules: names },
      modules: [],
      buildArguments: ['--features', `${family}_mods`],
    });
    // Half way: the modules are those that are dynamic.
    const half = names.slice(2);
    expect(detectProfile(read({ ...main, features: [] }, ...crates('dylib', half)))).toMatchObject({
      family: { hasFeature: false, modules: names },
      modules: half,
      buildArguments: [],
    });
  },
);

test('features that are on by default, also by way of others', () => {
  const crates = aMetadata([{ name: 'app', type: 'bin' }]);
  const features = { default: ['quick'], quick: ['mods', 'other/thing'], mods: [], rare: [] };
  const packages = readPackages(
    { ...crates, packages: crates.packages.map((each) => ({ ...each, features })) },
    { platform: 'linux' },
  );
  expect(packages.programs[0]?.defaults).toEqual(['default', 'quick', 'mods']);
});

test('of several programs the one that the libraries are named after is the server', () => {
  const libraries: Crate[] = [
    { name: 'depot_api', type: 'dylib' },
    { name: 'depot_core', type: 'dylib' },
  ];
  const tool: Crate = { name: 'tool', type: 'bin' };
  expect(detectProgram(read({ name: 'depot', type: 'bin' }, tool, ...libraries))?.binary).toBe('depot');
  expect(detectProgram(read(tool, ...libraries))?.binary).toBe('tool');
  expect(detectProgram(read(tool, { name: 'other', type: 'bin' }, ...libraries))).toBeNull();
});
