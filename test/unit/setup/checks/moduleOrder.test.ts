import { describe, expect, it } from 'vitest';
import { parseModuleNames } from '../../../../main/engine/families/conduwuit/moduleNames.ts';
import {
  type ModuleOrderFacts,
  moduleOrderChecks,
} from '../../../../main/engine/setup/checks/moduleOrder.ts';
import { readManifests } from '../../../../main/engine/setup/machine/manifests.ts';

const SOURCE = `const RESTART: &str = "x_service";
const MODULE_NAMES: &[&str] = &[
	//"x_core",
	"x_database",
	"x_service",
	#[cfg(feature = "oidc[a]")]
	"x_oidc", /* "x_old", */
	"x_router",
];
const OTHERS: &[&str] = &["y"];
`;

describe('parseModuleNames', () => {
  it('reads names, what stands under a cfg, and what is commented out', () => {
    expect(parseModuleNames(SOURCE)).toEqual({
      loaded: [
        { name: 'x_database', conditional: false },
        { name: 'x_service', conditional: false },
        { name: 'x_oidc', conditional: true },
        { name: 'x_router', conditional: false },
      ],
      commented: ['x_core', 'x_old'],
    });
  });

  it.each([
    ['static MODULE_NAMES: [&str; 2] = ["a", "b"];', ['a', 'b']],
    ['pub const MODULE_NAMES: &\'static [&\'static str] = &["a"];', ['a']],
    ['const MODULE_NAMES: &[&str] = &[];', []],
  ])('reads %s', (source, names) => {
    expect(parseModuleNames(source)?.loaded.map((each) => each.name)).toEqual(names);
  });

  it.each(['', 'MODULE_NAMES.iter()', 'const MODULE_NAMES: &[&str] = &["a", '])(
    'finds no list in %j',
    (source) => {
      expect(parseModuleNames(source)).toBeNull();
    },
  );
});

const manifest = (name: string, dependencies: string[] = []) => ({
  file: `src/${name}/Cargo.toml`,
  bytes: Buffer.from(
    `[package]\nname = "${name}"\n[lib]\ncrate-type = ["rlib", "dylib"]\n[dependencies]\n${dependencies.map((each) => `${each}.workspace = true\n`).join('')}`,
  ),
});
const facts: ModuleOrderFacts = {
  file: 'src/main/mods.rs',
  names: parseModuleNames(SOURCE),
  expected: null,
  manifests: readManifests([
    manifest('x_core'),
    manifest('x_database', ['x_core']),
    manifest('x-service', ['x_database', 'x_core']),
    manifest('x_oidc', ['x-service']),
    manifest('x_router', ['x_oidc']),
  ]),
  unread: [],
  dylibs: ['x_core', 'x_database', 'x-service', 'x_oidc', 'x_router', 'x_main'],
  server: 'x_main',
};
const detected = (...names: string[]) => ({ names, from: 'detected' as const });
const order = (more: Partial<ModuleOrderFacts>) => moduleOrderChecks({ ...facts, ...more })[0];

describe('the load order', () => {
  it.each([
    ['as in the code', {}, 'ok', 'x_oidc (with a cfg)'],
    [
      'as expected, without what is off',
      { expected: detected('x_database', 'x-service', 'x_router') },
      'ok',
      'loads',
    ],
    [
      'as expected, with all',
      { expected: detected('x_database', 'x_service', 'x_oidc', 'x_router') },
      'ok',
      'loads',
    ],
    [
      'other than expected',
      { expected: detected('x_database', 'x_router', 'x_service') },
      'problem',
      'Hotdeck expects',
    ],
    [
      'other than hotdeck.json',
      { expected: { names: ['x_database'], from: 'hotdeck.json' } },
      'problem',
      'hotdeck.json says x_database',
    ],
    [
      'a name without a crate',
      { manifests: facts.manifests.filter((each) => each.package !== 'x-service') },
      'problem',
      'loads x_service, but the workspace has no such crate',
    ],
    [
      'a name whose crate may be in a manifest that could not be read',
      {
        manifests: facts.manifests.filter((each) => each.package !== 'x-service'),
        unread: ['src/x-service/Cargo.toml'],
      },
      'unknown',
      'is not known: src/x-service/Cargo.toml could not be read',
    ],
    [
      'against the dependencies',
      {
        names: {
          loaded: [
            { name: 'x_router', conditional: false },
            { name: 'x_oidc', conditional: false },
          ],
          commented: [],
        },
      },
      'warning',
      'x_router before x_oidc',
    ],
    ['no list', { names: null }, 'unknown', 'has no MODULE_NAMES'],
    ['no source', { names: null, file: null }, 'unknown', 'was not found'],
  ] satisfies [string, Partial<ModuleOrderFacts>, string, string][])('%s', (_, more, state, words) => {
    expect(order(more)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });

  it('says what to write into hotdeck.json, by package', () => {
    expect(order({ expected: detected('x_router') })?.remedy).toContain(
      '"modules": ["x_database","x-service","x_oidc","x_router"]',
    );
  });
});

describe('dylibs outside of the load order', () => {
  const unlisted = (dylibs: string[]) => moduleOrderChecks({ ...facts, dylibs })[1];
  it('are named, other than the pinned ones and the server', () => {
    expect(unlisted(['x_core', 'x_router', 'x_main'])).toMatchObject({
      state: 'ok',
      seen: expect.stringContaining('None but x_core'),
    });
    expect(unlisted(['x_router'])).toMatchObject({ state: 'ok', seen: 'None.' });
    expect(unlisted(['x_router', 'x_web'])).toMatchObject({
      state: 'warning',
      seen: expect.stringContaining('x_web is a dylib'),
    });
    expect(unlisted(['x_web', 'x_more'])?.seen).toContain('x_web and x_more are dylibs');
  });
});
