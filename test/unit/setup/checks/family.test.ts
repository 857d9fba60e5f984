import { describe, expect, it } from 'vitest';
import { doubleFunctions } from '../../../../main/engine/families/conduwuit/doubleFunctions.ts';
import { clashChecks } from '../../../../main/engine/setup/checks/clashes.ts';
import { cargoFeaturesIn, unreadManifests } from '../../../../main/engine/setup/checks/familyFacts.ts';
import {
  type FamilySourceFacts,
  familySourceChecks,
} from '../../../../main/engine/setup/checks/familySource.ts';
import { type FeatureFacts, featureCheck } from '../../../../main/engine/setup/checks/feature.ts';
import { profileCheck } from '../../../../main/engine/setup/checks/profile.ts';
import { readManifests } from '../../../../main/engine/setup/machine/manifests.ts';

const features = new Map([
  ['default', ['standard', 'jemalloc_conf']],
  ['standard', ['brotli', 'io_uring', 'jemalloc', 'systemd']],
  ['brotli', ['api/brotli']],
  ['systemd', []],
  ['io_uring', ['database/io_uring']],
  ['jemalloc', ['core/jemalloc']],
  ['jemalloc_conf', ['core/jemalloc_conf']],
  ['console', []],
  ['server_mods', ['core/server_mods']],
]);

describe('the cargo feature', () => {
  const facts: FeatureFacts = {
    feature: 'server_mods',
    features,
    buildArguments: [],
    fromSettings: false,
    known: true,
  };
  it.each([
    ['given', { ...facts, buildArguments: ['--workspace', '--features', 'server_mods'] }, 'ok'],
    ['given with others', { ...facts, buildArguments: ['--features=console,server_mods'] }, 'ok'],
    ['given for its package', { ...facts, buildArguments: ['-F', 'server/server_mods console'] }, 'ok'],
    ['all features', { ...facts, buildArguments: ['--all-features'] }, 'ok'],
    [
      'a default',
      {
        ...facts,
        features: new Map([
          ['default', ['server_mods']],
          ['server_mods', []],
        ]),
      },
      'ok',
    ],
    ['no such feature', { ...facts, feature: null }, 'ok'],
    ['not given', facts, 'problem'],
    [
      'left out in hotdeck.json',
      { ...facts, buildArguments: ['--features', 'console'], fromSettings: true },
      'problem',
    ],
    ['not known', { ...facts, known: false }, 'unknown'],
  ] satisfies [string, FeatureFacts, string][])('%s', (_, given, state) => {
    expect(featureCheck(given).state).toBe(state);
  });
});

describe('the build profile', () => {
  it.each([
    ['dev', '/w/target/debug', [], 'ok', 'dev'],
    ['release', '/w/target/release', ['--release'], 'problem', 'the release profile, by --release'],
    ['another', '/w/target/fast', ['--profile', 'fast'], 'unknown', 'the fast profile, by --profile fast'],
  ])('%s', (_, folder, args, state, words) => {
    expect(profileCheck(folder, args)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });
});

describe('a profile of the workspace’s own', () => {
  const profiles = [
    {
      fast: { inherits: 'dev' },
      faster: { inherits: 'fast' },
      slim: { inherits: 'release' },
      own: { inherits: 'dev', rustflags: [] },
      round: { inherits: 'round' },
    },
  ];
  it.each([
    ['fast', 'ok', 'it inherits from dev'],
    ['faster', 'ok', 'it inherits from dev'],
    ['slim', 'problem', 'cargo builds the slim profile, by --profile'],
    ['own', 'warning', 'which replace those of dev'],
    ['round', 'unknown', 'Hotdeck found no definition of it'],
    ['gone', 'unknown', 'Hotdeck found no definition of it'],
  ])('%s', (name, state, words) => {
    expect(profileCheck(`/w/target/${name}`, ['--profile', name], profiles)).toMatchObject({
      state,
      seen: expect.stringContaining(words),
    });
  });

  it('is taken out of the arguments only where it is among them', () => {
    expect(profileCheck('/w/target/release', ['-r']).remedy).toContain('Remove -r from "build"');
    expect(profileCheck('/w/target/release', []).remedy).toBe('Have cargo build the dev profile.');
  });
});

describe('features that may clash', () => {
  it('are said to be on, with what to build instead', () => {
    const [jemalloc, ioUring] = clashChecks({
      features,
      buildArguments: ['--features', 'server_mods'],
      movableJemalloc: false,
    });
    expect(jemalloc).toMatchObject({ id: 'jemalloc', state: 'warning' });
    expect(jemalloc?.remedy).toContain(
      '["--no-default-features","--features","brotli,io_uring,server_mods,systemd"]',
    );
    expect(ioUring).toMatchObject({ id: 'io-uring', state: 'unknown' });
    expect(ioUring?.remedy).toContain(
      '["--no-default-features","--features","brotli,jemalloc,jemalloc_conf,server_mods,systemd"]',
    );
  });

  it.each([
    ['off', { features, buildArguments: ['--no-default-features'], movableJemalloc: false }, ['ok', 'ok']],
    [
      'on by name',
      { features, buildArguments: ['--no-default-features', '-F', 'jemalloc'], movableJemalloc: false },
      ['warning', 'ok'],
    ],
    [
      'jemalloc that can be opened later',
      { features, buildArguments: [], movableJemalloc: true },
      ['ok', 'unknown'],
    ],
    ['neither there', { features: new Map(), buildArguments: [], movableJemalloc: false }, []],
  ])('%s', (_, facts, states) => {
    expect(clashChecks(facts).map((each) => each.state)).toEqual(states);
  });
});

const TWICE = `#[tracing::instrument(
    name = "main",
    skip_all
)]
pub async fn async_exec() -> Result {
}

#[cfg(any(not(mods), not(feature = "mods")))]
pub async fn async_start() {}

/// For modules.
#[cfg(all(mods, feature = "mods"))]
pub async fn async_exec() -> Result {
	fn async_start() {}
}
`;

describe('functions defined twice', () => {
  it('are found where nothing keeps one out', () => {
    expect(doubleFunctions(TWICE)).toEqual([{ name: 'async_exec', line: 5, other: 13 }]);
    const kept = TWICE.replace('pub async fn', '#[cfg(not(mods))]\npub async fn');
    expect(doubleFunctions(kept)).toEqual([]);
  });

  it('are not seen in what is no definition of its own', () => {
    expect(doubleFunctions('// fn a() {}\nfn a() {}\nimpl X {\n\tfn a() {}\n}\n')).toEqual([]);
    expect(doubleFunctions('fn a() {}\n#[cfg(test)]\nmod tests {\n\tfn a() {}\n}\nfn b() {}\n')).toEqual([]);
  });

  const facts: FamilySourceFacts = {
    file: 'src/main/lib.rs',
    doubles: doubleFunctions(TWICE),
    feature: 'tuwunel_mods',
    cargoFeatures: 'commented',
    byFlags: false,
  };
  it('are a problem, with the line to write', () => {
    expect(familySourceChecks(facts)).toMatchObject([
      {
        state: 'problem',
        seen: expect.stringContaining('async_exec in line 5 and again in line 13'),
        remedy: 'Put #[cfg(not(all(tuwunel_mods, feature = "tuwunel_mods")))] before the one in line 5.',
      },
    ]);
    expect(familySourceChecks({ ...facts, doubles: [] })[0]?.state).toBe('ok');
    expect(familySourceChecks({ ...facts, file: null, doubles: [] })[0]?.state).toBe('unknown');
  });

  it('a version without the line for cargo-features is named', () => {
    const line = (more: Partial<FamilySourceFacts>) => familySourceChecks({ ...facts, ...more })[1];
    expect(line({ cargoFeatures: 'missing' })).toMatchObject({ state: 'problem', action: { kind: 'apply' } });
    expect(line({ cargoFeatures: 'missing', byFlags: true })?.state).toBe('ok');
    expect(line({ cargoFeatures: 'active' })).toBeUndefined();
    expect(line({ cargoFeatures: 'unread' })).toBeUndefined();
    expect(line({ cargoFeatures: 'missing' })?.seen).toContain('no cargo-features line');
    expect(line({ cargoFeatures: 'other' })?.seen).toContain('do not list profile-rustflags');
  });

  it.each([
    ['cargo-features = ["profile-rustflags"]', 'active'],
    ['cargo-features = [\n  "a",\n  "profile-rustflags",\n]', 'active'],
    ['cargo-features = ["a"]', 'other'],
    ['# cargo-features = ["profile-rustflags"]', 'commented'],
    ['[package]', 'missing'],
    ['[package', 'unread'],
    [null, 'unread'],
  ])('%j is read as %s', (text, expected) => {
    expect(cargoFeaturesIn(text)).toBe(expected);
  });

  it('manifests that could not be read or parsed are named', () => {
    const files = ['Cargo.toml', 'a/Cargo.toml'].map((file) => ({ file, bytes: Buffer.from('') }));
    const refusal = { file: 'b/Cargo.toml', failure: { kind: 'x', message: '', remedy: null } };
    const plan = {
      kind: 'family' as const,
      steps: [],
      ways: [{ id: 'edits' as const, arguments: [], edits: [], refusals: [refusal] }],
      toolchain: null,
      modules: [],
    };
    const manifests = readManifests(files.slice(0, 1));
    expect(unreadManifests({ files, manifests, plan })).toEqual(['a/Cargo.toml', 'b/Cargo.toml']);
  });
});
