import { describe, expect, test } from 'vitest';
import { hasFeature } from '../../../../main/engine/rust/featureArguments.ts';
import { type ModeFacts, modeOf } from '../../../../main/engine/session/modules/mode.ts';
import { NO_PACKAGES } from '../../../support/cargoMetadata.ts';

const MODULES = ['api', 'router'].map((name) => `conduwuit_${name}`);

interface Change extends Partial<Omit<ModeFacts, 'workspace' | 'graph'>> {
  workspace?: Partial<ModeFacts['workspace']>;
  graph?: Partial<ModeFacts['graph']>;
}

/** A workspace of the family with everything in place, but for what a test changes. */
const facts = ({ workspace, graph, ...rest }: Change = {}): ModeFacts => ({
  workspace: {
    kind: 'family',
    reloadFeature: null,
    family: { mods: 'conduwuit_mods', hasFeature: true, modules: MODULES },
    libraries: MODULES.map((name) => ({
      package: name,
      crateTypes: ['dylib'],
      file: `lib${name}.so`,
      path: `/w/target/debug/lib${name}.so`,
    })),
    packages: NO_PACKAGES,
    program: {
      package: 'conduwuit',
      node: 'conduwuit',
      binary: 'conduwuit',
      kind: 'bin',
      file: '/w/target/debug/conduwuit',
      arguments: [],
    },
    buildArguments: ['--features', 'conduwuit_mods'],
    outputDirectory: '/w/target/debug',
    ...workspace,
  },
  graph: { order: MODULES, rolesFrom: 'settings', ...graph },
  cfg: true,
  opened: false,
  ...rest,
});

const reasonOf = (change: Change): string | null => {
  const mode = modeOf(facts(change));
  return mode.name === 'static' ? mode.reason : null;
};

describe('of the family', () => {
  test('with dylibs, cfg and feature it has modules', () => {
    expect(modeOf(facts())).toEqual({ name: 'modules' });
    expect(modeOf(facts({ cfg: null }))).toEqual({ name: 'modules' });
  });

  test('without one of them it is static, and says which', () => {
    expect(reasonOf({ workspace: { libraries: [] } })).toContain('None of the modules');
    const [first] = facts().workspace.libraries;
    expect(reasonOf({ workspace: { libraries: first === undefined ? [] : [first] } })).toContain(
      'conduwuit_router is not built as a dynamic library',
    );
    expect(reasonOf({ cfg: false })).toContain('no `--cfg conduwuit_mods`');
    expect(reasonOf({ workspace: { buildArguments: [] } })).toContain('without the feature conduwuit_mods');
  });

  test('a release build says what to take away', () => {
    const mode = modeOf(facts({ cfg: false, workspace: { outputDirectory: '/w/target/release' } }));
    expect(mode).toMatchObject({
      name: 'static',
      reason: expect.stringContaining('The release build has no'),
      remedy: expect.stringContaining('--release'),
    });
  });

  test('before the feature existed it was not needed', () => {
    const family = { mods: 'conduwuit_mods', hasFeature: false, modules: MODULES };
    expect(reasonOf({ workspace: { family, buildArguments: [] } })).toBeNull();
  });
});

describe('of any other', () => {
  const other = { family: null, kind: 'unknown', buildArguments: [] } as const;

  test('no dynamic library, or none that the program opens: static', () => {
    expect(reasonOf({ workspace: { ...other, libraries: [] } })).toContain('the program is one piece');
    const graph: Change['graph'] = { order: [], rolesFrom: 'artifacts' };
    expect(reasonOf({ workspace: other, graph })).toContain('linked to every library');
    expect(reasonOf({ workspace: other, graph: { ...graph, rolesFrom: 'manifests' } })).toBeNull();
  });

  test('of hot-lib-reloader: what is linked is opened as a copy too', () => {
    const graph: Change['graph'] = { order: [], rolesFrom: 'artifacts' };
    const hot = { ...other, kind: 'hot-lib-reloader' } as const;
    expect(reasonOf({ workspace: hot, graph })).toBeNull();
    expect(modeOf(facts({ workspace: { ...hot, libraries: [] } }))).toMatchObject({
      name: 'static',
      remedy: expect.stringContaining('crate-type = ["rlib", "dylib"]'),
    });
  });

  test('of hot-lib-reloader behind a feature: only with the feature', () => {
    const reloadFeature = { feature: 'reload', crate: 'hot-lib-reloader', reason: 'It does.' };
    const hot = { ...other, kind: 'hot-lib-reloader', reloadFeature } as const;
    expect(reasonOf({ workspace: { ...hot, buildArguments: ['--features', 'reload'] } })).toBeNull();
    expect(modeOf(facts({ workspace: hot }))).toMatchObject({
      name: 'static',
      reason: expect.stringContaining('without the feature reload'),
      remedy: expect.stringContaining('"--features", "reload"'),
    });
  });

  test('modules that the kernel shows mapped decide the mode', () => {
    expect(modeOf(facts({ workspace: { ...other, libraries: [] }, opened: true }))).toEqual({
      name: 'modules',
    });
  });
});

test.each<[readonly string[], readonly string[], boolean]>([
  [['--features', 'a,mods'], [], true],
  [['--features=a mods'], [], true],
  [['-F', 'app/mods'], [], true],
  [['-Fmods'], [], true],
  [['--all-features'], [], true],
  [[], ['mods'], true],
  [['--no-default-features'], ['mods'], false],
  [['--features', 'other_mods'], [], false],
  [['--package', 'mods'], [], false],
])('reads whether the feature is on from arguments %j and defaults %j', (args, defaults, on) => {
  expect(hasFeature('mods', args, defaults)).toBe(on);
});
