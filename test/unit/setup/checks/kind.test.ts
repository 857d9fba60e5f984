import { describe, expect, it, test } from 'vitest';
import type { KindFinding } from '#shared/contract.ts';
import { kindCheck, reloadFeatureCheck } from '../../../../main/engine/setup/checks/kind.ts';
import { stepChecks } from '../../../../main/engine/setup/checks/steps.ts';
import type { SetupPlan } from '../../../../main/engine/setup/types.ts';
import { NO_CHOICES } from '../../../../main/engine/workspace/choices.ts';
import { planOf } from '../manifest/planned.ts';

const found = (parts: Partial<KindFinding> = {}): KindFinding => ({
  kind: 'hot-lib-reloader',
  from: 'detected',
  detected: 'hot-lib-reloader',
  evidence: 'bin depends on hot-lib-reloader.',
  ...parts,
});

describe('the kind of a workspace', () => {
  it.each<[string, KindFinding, boolean, string, string]>([
    ['detected', found(), false, 'ok', 'A dylib is enough: nothing else needs to be set up. bin depends on'],
    [
      'chosen where nothing was seen',
      found({ from: 'set-up', detected: 'unknown', evidence: 'Nothing says.' }),
      false,
      'ok',
      'Nothing says.',
    ],
    [
      'chosen against what was seen',
      found({ kind: 'shared-std', from: 'set-up' }),
      false,
      'warning',
      'So was chosen; what was seen says otherwise: bin depends on',
    ],
    [
      'set in hotdeck.json against what was seen',
      found({ kind: 'c-interface', from: 'hotdeck.json' }),
      false,
      'warning',
      'So hotdeck.json says',
    ],
    ['not known', found({ kind: 'unknown', detected: 'unknown' }), false, 'unknown', 'is not known'],
    [
      'not known, of a server that has opened modules',
      found({ kind: 'unknown', detected: 'unknown' }),
      true,
      'ok',
      'The server has opened its modules as they are',
    ],
  ])('%s', (_, finding, running, state, words) => {
    expect(kindCheck(finding, running)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });
});

test('the feature that reloads is there, or it is said how to turn it on', () => {
  const reload = { feature: 'reload', crate: 'hot-lib-reloader', reason: 'It turns it on.' };
  expect(reloadFeatureCheck(reload, true)).toMatchObject({ state: 'ok', remedy: null });
  expect(reloadFeatureCheck(reload, false)).toMatchObject({
    state: 'problem',
    remedy: expect.stringContaining('"--features", "reload"'),
  });
});

describe('a step that is not done', () => {
  const plan: SetupPlan = {
    kind: 'generic',
    steps: [{ id: 'prefer-dynamic', title: 'shared', file: '.cargo/config.toml', state: 'missing' }],
    ways: [],
    toolchain: null,
    modules: ['api'],
  };
  it('is a problem only where it is known to be needed', () => {
    const state = (need: 'needed' | 'works' | 'unclear'): string | undefined =>
      stepChecks(plan, NO_CHOICES, need)[0]?.state;
    expect([state('needed'), state('works'), state('unclear')]).toEqual(['problem', 'unknown', 'unknown']);
  });
});

test("a workspace that can't be opened is planned by its manifests: hot-lib-reloader needs nothing", () => {
  const files = (dependency: string) => ({
    'Cargo.toml': `[workspace]\nmembers = ["lib"]\n[package]\nname = "bin"\n[dependencies]\n${dependency}\nlib = { path = "lib" }\n`,
    'src/main.rs': '',
    'lib/Cargo.toml': '[package]\nname = "lib"\n[lib]\ncrate-type = ["rlib", "dylib"]\n',
    'lib/src/lib.rs': '',
  });
  expect(planOf(files('hot-lib-reloader = "0.8"'))).toMatchObject({
    kind: 'none',
    ways: [],
    modules: ['lib'],
  });
  expect(planOf(files('log = "0.4"'))).toMatchObject({ kind: 'generic' });
});
