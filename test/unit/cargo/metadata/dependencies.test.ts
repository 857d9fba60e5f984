import { describe, expect, test } from 'vitest';
import { readPackages } from '../../../../main/engine/cargo/packages/packages.ts';
import { aMetadata, type Crate } from '../../../support/cargoMetadata.ts';

const APP: Crate = {
  name: 'app',
  type: 'bin',
  needs: ['kernel', { name: 'metrics', optional: true }, { name: 'console', target: 'cfg(windows)' }],
  features: { default: [], full: ['metrics'], metrics: ['dep:metrics'] },
};
const OTHERS: Crate[] = ['kernel', 'metrics', 'console'].map((name) => ({ name, type: 'dylib' }));

const needsOf = (crates: readonly Crate[], args: readonly string[] = [], on: readonly string[] = []) =>
  readPackages(aMetadata(crates, on), { platform: 'linux', arguments: args }).needs;

describe('edges are those of the build that is done', () => {
  test('a dependency of another platform is none, and an optional one only where a feature turns it on', () => {
    const crates = [APP, ...OTHERS];
    expect(needsOf(crates).get('app')?.libraries).toEqual(['kernel']);
    for (const args of [['--features', 'full'], ['-Fmetrics'], ['--features=app/full'], ['--all-features']]) {
      expect(needsOf(crates, args, ['metrics']).get('app')?.libraries, args.join(' ')).toEqual([
        'kernel',
        'metrics',
      ]);
    }
  });

  test('cargo resolves for all members together; what the build selects counts', () => {
    // Another member turns the feature on, so cargo metadata resolves the dependency; a build of app alone does not.
    const tool: Crate = { name: 'tool', type: 'bin', needs: [{ name: 'app', features: ['full'] }] };
    const library: Crate = { ...APP, type: 'lib', binaries: ['app'] };
    const crates = [library, ...OTHERS, tool];
    expect(needsOf(crates, [], ['metrics']).get('app')?.libraries).toEqual(['kernel', 'metrics']);
    expect(needsOf(crates, ['-p', 'app'], ['metrics']).get('app')?.libraries).toEqual(['kernel']);
  });

  test('default features go, and come back by a dependent', () => {
    const kernel: Crate = {
      name: 'kernel',
      type: 'dylib',
      needs: [{ name: 'metrics', optional: true }],
      features: { default: ['metrics'], metrics: ['dep:metrics'] },
    };
    const plain = { name: 'kernel', uses_default_features: false };
    const metrics: Crate = { name: 'metrics', type: 'dylib', byDefault: false };
    const app: Crate = { name: 'app', type: 'bin', needs: [plain] };
    const outer: Crate = { ...kernel, byDefault: false };
    expect(needsOf([app, outer, metrics], [], ['metrics']).get('kernel')?.libraries).toEqual([]);
    const asking: Crate = { ...app, needs: [{ ...plain, features: ['default'] }] };
    expect(needsOf([asking, outer, metrics], [], ['metrics']).get('kernel')?.libraries).toEqual(['metrics']);
  });

  test('a weak feature waits for its dependency', () => {
    const app: Crate = {
      name: 'app',
      type: 'bin',
      needs: [{ name: 'kernel', optional: true }],
      features: { kernel: ['dep:kernel'], fast: ['kernel?/metrics'] },
    };
    const kernel: Crate = {
      name: 'kernel',
      type: 'dylib',
      byDefault: false,
      needs: [{ name: 'metrics', optional: true }],
      features: { metrics: ['dep:metrics'] },
    };
    const crates = [app, kernel, { name: 'metrics', type: 'dylib', byDefault: false } as const];
    const on = ['kernel', 'metrics'];
    expect(needsOf(crates, ['--features', 'fast'], on).get('app')?.libraries).toEqual([]);
    expect(needsOf(crates, ['--features', 'fast kernel'], on).get('kernel')?.libraries).toEqual(['metrics']);
    expect(needsOf(crates, ['--features', 'kernel,fast'], on).get('kernel')?.libraries).toEqual(['metrics']);
    expect(needsOf(crates, ['--features', 'kernel'], on).get('kernel')?.libraries).toEqual([]);
  });

  test('a dependency goes by another name', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin', needs: [{ name: 'kernel', rename: 'my-core' }] },
      { name: 'kernel', type: 'dylib' },
    ];
    expect(needsOf(crates).get('app')?.libraries).toEqual(['kernel']);
  });

  test('two versions of one crate are two', () => {
    const crates: Crate[] = [
      { name: 'app', type: 'bin', needs: ['rand@0.8.5'] },
      { name: 'api', type: 'dylib', needs: ['rand@0.7.3'] },
      { name: 'rand', version: '0.8.5', type: 'lib', outside: true },
      { name: 'rand', version: '0.7.3', type: 'lib', outside: true },
    ];
    expect(needsOf(crates).get('app')?.crates).toEqual(['rand 0.8.5']);
    expect(needsOf(crates).get('api')?.crates).toEqual(['rand 0.7.3']);
  });

  test('an optional dependency that is on, and that cargo was not asked about, is missed', () => {
    const isIncomplete = (args: readonly string[], on: readonly string[] = []): boolean =>
      readPackages(aMetadata([APP, ...OTHERS], on), { platform: 'linux', arguments: args }).isIncomplete;
    expect(isIncomplete([])).toBe(false);
    expect(isIncomplete(['--features', 'metrics'])).toBe(true);
    expect(isIncomplete(['--features', 'metrics'], ['metrics'])).toBe(false);
  });

  test('without an answer about dependencies the manifests tell, by the folders that they name', () => {
    const crates: Crate[] = [
      {
        name: 'app',
        type: 'bin',
        needs: [
          { name: 'kernel', path: '/srv/kernel' },
          { name: 'console', path: '/srv/console', target: 'cfg(windows)' },
          'serde',
        ],
      },
      { name: 'kernel', type: 'dylib' },
      { name: 'console', type: 'dylib' },
    ];
    const { needs } = readPackages(
      { ...aMetadata(crates), resolve: null },
      { platform: 'linux', holds: (target) => target !== 'cfg(windows)' },
    );
    expect(needs.get('app')).toEqual({ libraries: ['kernel'], crates: ['serde'] });
  });
});
