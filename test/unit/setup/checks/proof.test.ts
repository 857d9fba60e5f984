import { describe, expect, it } from 'vitest';
import { cratesOfMetadata, cratesOfUnits, generalFlags } from '../../../../main/engine/cargo/unitGraph.ts';
import { proofOf, spelled } from '../../../../main/engine/setup/proof.ts';

const unit = (id: string, types: string[], rustflags?: string[]) => ({
  pkg_id: id,
  target: { name: 'x', crate_types: types },
  profile: rustflags === undefined ? { name: 'dev' } : { name: 'dev', rustflags },
});
const crate = (name: string, flags: string[] = [], dynamic = true) => ({ package: name, dynamic, flags });
const MODS = ['--cfg', 'x_mods', '-Cprefer-dynamic=true'];
const all = [crate('x_core', [...MODS, '-Ztls-model=initial-exec']), crate('x_api', MODS)];

describe('what cargo says', () => {
  it('is read out of its unit graph', () => {
    const units = [
      unit('path+file:///w/x_core#0.1.0', ['rlib', 'dylib'], MODS),
      unit('path+file:///w/x_core#0.1.0', ['rlib', 'dylib'], []),
      unit('path+file:///w/api#x-api@0.1.0', ['lib']),
      unit('path+file:///w/main#x@0.1.0', ['bin']),
      unit('path+file:///w/macros#x-macros@0.1.0', ['proc-macro']),
      unit('registry+https://github.com/rust-lang/crates.io-index#log@0.4.0', ['lib'], MODS),
    ];
    expect(cratesOfUnits({ version: 1, units })).toEqual([crate('x_core', MODS), crate('x-api', [], false)]);
    expect(cratesOfUnits({ units: [{}] })).toBeNull();
  });

  it('is read out of its metadata', () => {
    const target = (crate_types: string[]) => [{ name: 'x', crate_types }];
    const packages = [
      { id: 'a', name: 'x-api', targets: target(['dylib']) },
      { id: 'm', name: 'x', targets: target(['bin']) },
      { id: 'l', name: 'log', targets: target(['lib']) },
    ];
    expect(cratesOfMetadata({ packages, workspace_members: ['a', 'm'] })).toEqual([crate('x-api')]);
    expect(cratesOfMetadata(null)).toBeNull();
  });

  it('is read out of its log, where the last question is about the target', () => {
    const line = (flags: string) =>
      `  0.02s DEBUG cargo::util::rustc: running \`/t/bin/rustc - --crate-name ___ --print=file-names ${flags}--crate-type bin --crate-type rlib --print=cfg\`\n`;
    expect(generalFlags(line(''))).toEqual([]);
    expect(
      generalFlags(line('') + line('-Cprefer-dynamic --cfg \'a="b c"\' --target x86_64-unknown-linux-gnu ')),
    ).toEqual(['-Cprefer-dynamic', '--cfg', 'a="b c"']);
    expect(generalFlags('running `/t/bin/rustc -vV`\n')).toBeNull();
  });
});

describe('proofOf', () => {
  const plan = {
    kind: 'family' as const,
    modules: ['x_api'],
    steps: ['x_core', 'x_api'].map((name) => ({
      id: `crate-type:${name}`,
      title: '',
      file: '',
      state: 'missing' as const,
    })),
  };
  it.each([
    [
      'profiles',
      { crates: all, general: [], profiles: true },
      null,
      true,
      'cargo gives all 2 libraries --cfg x_mods and -Cprefer-dynamic; x_core gets -Ztls-model=initial-exec.',
    ],
    [
      'one for all',
      { crates: [crate('a'), crate('b')], general: ['-C', 'prefer-dynamic'], profiles: false },
      null,
      true,
      'cargo gives all 2 libraries -Cprefer-dynamic.',
    ],
    [
      'crate types still to come',
      { crates: all.map((each) => ({ ...each, dynamic: false })), general: [], profiles: true },
      plan,
      true,
      'The crate type of 2 of them is still to be changed.',
    ],
    [
      'one left out',
      { crates: [...all, crate('x_web')], general: [], profiles: true },
      null,
      false,
      'cargo gives x_web no --cfg x_mods, and x_web no -Cprefer-dynamic.',
    ],
    [
      'none',
      { crates: [crate('x_core'), crate('x_api')], general: [], profiles: true },
      plan,
      false,
      'the 2 libraries no --cfg x_mods',
    ],
    [
      'no dylib',
      { crates: [crate('a', [], false)], general: ['-Cprefer-dynamic'], profiles: true },
      null,
      false,
      'no crate',
    ],
  ] as const)('%s', (_, inForce, given, holds, words) => {
    const proof = proofOf(
      { ...inForce, crates: [...inForce.crates], general: [...inForce.general] },
      given === null ? null : plan,
    );
    expect(proof.holds).toBe(holds);
    expect(proof.text).toContain(words);
  });

  it('knows all spellings of a flag', () => {
    expect(
      spelled([
        '-C',
        'prefer-dynamic=yes',
        '--cfg',
        'a',
        '--cfg=b',
        '-Z',
        'plt=true',
        '--codegen=opt-level=1',
        '-g',
      ]),
    ).toEqual(['-Cprefer-dynamic', '--cfg a', '--cfg b', '-Zplt=true', '-Copt-level=1', '-g']);
    expect(spelled(['-Cprefer-dynamic=no'])).toEqual(['-Cprefer-dynamic=no']);
  });
});
