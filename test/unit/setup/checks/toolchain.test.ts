import { describe, expect, it } from 'vitest';
import { toolchainChecks } from '../../../../main/engine/setup/checks/toolchain.ts';
import type { Rustup, ToolchainCheckFacts } from '../../../../main/engine/setup/checks/toolchainFacts.ts';

const HOST = 'x86_64-unknown-linux-gnu';
const toolchain = (name: string, version: string | null) => ({
  name: `${name}-${HOST}`,
  path: `/r/${name}`,
  version,
});
const stable = toolchain('stable', '1.95.0 (59807616e 2026-04-14)');
const nightly = toolchain('nightly', '1.97.0-nightly (e50aa6fba 2026-05-19)');
const dated = toolchain('nightly-2025-01-01', '1.85.0-nightly (0000000 2025-01-01)');
const parts = ['cargo', 'rustc', 'rust-std', 'clippy-preview'].map((each) => `${each}-${HOST}`);

const rustup: Rustup = {
  kind: 'rustup',
  version: 'rustup 1.29.0 (28d1352db 2026-03-05)',
  installed: [stable, nightly],
  active: { name: nightly.name, because: 'default', where: null, installed: true },
  wanted: null,
  components: parts,
  host: HOST,
  otherCargo: null,
};
const file = {
  file: '/w/rust-toolchain.toml',
  channel: '1.86.0',
  path: null,
  components: [],
  targets: [],
  trouble: null,
};
const facts = (part: Partial<Rustup>, more: Partial<ToolchainCheckFacts> = {}): ToolchainCheckFacts => ({
  toolchains: { ...rustup, ...part },
  needed: 'nightly',
  rustVersion: null,
  bootstrap: false,
  ...more,
});
const active = (
  because: 'choice' | 'environment' | 'directory' | 'file' | 'default',
  name = nightly.name,
) => ({
  name,
  because,
  where: because === 'file' ? file.file : because === 'directory' ? '/w' : null,
  installed: true,
});
const byDefault = active('default', stable.name);
const check = (id: string, given: ToolchainCheckFacts) =>
  toolchainChecks(given).find((each) => each.id === id);

describe('the toolchain', () => {
  it('is ok where a nightly is active', () => {
    expect(toolchainChecks(facts({})).map((each) => each.state)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('is offered where one is installed and another is active', () => {
    const found = check('toolchain', facts({ active: byDefault }));
    expect(found).toMatchObject({
      state: 'problem',
      action: { kind: 'use-toolchain', toolchain: nightly.name },
      remedy: expect.stringContaining('Have Hotdeck take nightly'),
    });
  });

  it('is offered where the file asks for one that is not installed', () => {
    const missing = { name: '1.86.0', because: 'file', where: file.file, installed: false } as const;
    const given = facts({ active: missing, wanted: file, components: null });
    expect(check('toolchain', given)).toMatchObject({
      state: 'problem',
      seen: '1.86.0 is asked for (by rust-toolchain.toml), and it is not installed.',
      action: { kind: 'use-toolchain', toolchain: nightly.name },
    });
    expect(check('components', given)?.state).toBe('unknown');
    const generic = check('toolchain', { ...given, needed: null });
    expect(generic).toMatchObject({
      state: 'problem',
      action: null,
      remedy: 'Run `rustup toolchain install 1.86.0`.',
    });
  });

  it('has to be installed where there is no nightly', () => {
    const found = check('toolchain', facts({ installed: [stable], active: byDefault }));
    expect(found).toMatchObject({
      state: 'problem',
      action: null,
      remedy: 'Run `rustup toolchain install nightly`.',
    });
  });

  it('prefers the rolling nightly, then the latest dated one', () => {
    const taken = (installed: Rustup['installed']) =>
      check('toolchain', facts({ installed, active: byDefault }))?.action;
    expect(taken([stable, dated, nightly])).toMatchObject({ toolchain: nightly.name });
    const later = toolchain('nightly-2026-03-01', null);
    expect(taken([stable, dated, later])).toMatchObject({ toolchain: later.name });
  });

  it.each([
    ['stable is enough where no flag needs more', facts({ active: byDefault }, { needed: null }), 'ok'],
    ['RUSTC_BOOTSTRAP makes stable take the flags', facts({ active: byDefault }, { bootstrap: true }), 'ok'],
    ['no default toolchain', facts({ active: null }), 'problem'],
    ['a rustc that says nothing', facts({ installed: [toolchain('nightly', null)] }), 'unknown'],
    ['older than the workspace wants', facts({}, { rustVersion: '1.98' }), 'problem'],
    ['as old as the workspace wants', facts({}, { rustVersion: '1.97.0' }), 'ok'],
    ['1.100 is later than 1.97', facts({}, { rustVersion: '1.100' }), 'problem'],
  ])('%s', (_, given, state) => expect(check('toolchain', given)?.state).toBe(state));

  it.each([
    ['none', { kind: 'none' }, ['problem']],
    ['no answer', { kind: 'unknown', why: 'rustup gave no answer within 3 s.' }, ['unknown']],
    [
      "the distribution's stable",
      { kind: 'plain', version: '1.85.0 (x)', host: HOST, sysroot: '/usr' },
      ['warning', 'problem'],
    ],
    [
      'a nightly without rustup',
      { kind: 'plain', version: '1.97.0-nightly (x)', host: HOST, sysroot: '/opt' },
      ['warning', 'ok'],
    ],
  ] as const)('without rustup: %s', (_, toolchains, states) => {
    const found = toolchainChecks({ toolchains, needed: 'nightly', rustVersion: null, bootstrap: false });
    expect(found.map((each) => each.state)).toEqual(states);
  });

  it('is all right without rustup where any toolchain will do', () => {
    const toolchains = { kind: 'plain', version: '1.85.0 (x)', host: HOST, sysroot: '/usr' } as const;
    const found = toolchainChecks({ toolchains, needed: null, rustVersion: null, bootstrap: false });
    expect(found.map((each) => each.state)).toEqual(['ok', 'ok']);
  });
});

describe('rustup', () => {
  it("warns of a cargo that isn't rustup's", () => {
    const found = check('rustup', facts({ otherCargo: '/usr/bin/cargo' }));
    expect(found).toMatchObject({ state: 'warning', seen: expect.stringContaining('/usr/bin/cargo') });
  });
});

describe('the override', () => {
  it.each([
    ['none', facts({ active: active('default') }), 'ok', 'None'],
    ['the file', facts({ active: active('file'), wanted: file }), 'ok', 'rust-toolchain.toml names nightly'],
    ['a folder', facts({ active: active('directory') }), 'ok', 'rustup override'],
    ['the environment', facts({ active: active('environment'), wanted: file }), 'ok', 'does not count'],
    [
      'a choice beside the file',
      facts({ active: active('choice'), wanted: file }),
      'warning',
      'which a terminal probably takes',
    ],
    ['a choice alone', facts({ active: active('choice') }), 'ok', 'Hotdeck takes nightly'],
    [
      'a broken file',
      facts({ wanted: { ...file, trouble: "/w/rust-toolchain.toml can't be read." } }),
      'problem',
      "can't be read",
    ],
  ])('%s', (_, given, state, words) => {
    expect(check('override', given)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });
});

describe('the components', () => {
  const wanted = {
    ...file,
    channel: 'nightly',
    components: ['rust-src', 'clippy'],
    targets: ['aarch64-unknown-linux-gnu', HOST],
  };
  it.each([
    ['all there', facts({}), 'ok', 'rust-src is not installed'],
    ['with the sources', facts({ components: [...parts, 'rust-src'] }), 'ok', 'and rust-src'],
    ['no list', facts({ components: null }), 'unknown', 'no readable list'],
    [
      'no standard library',
      facts({ components: parts.filter((each) => !each.startsWith('rust-std')) }),
      'problem',
      'rust-std',
    ],
    [
      'what the file wants',
      facts({ active: active('file'), wanted }),
      'warning',
      'rust-src and aarch64-unknown-linux-gnu',
    ],
    [
      'what a file wants that does not decide',
      facts({ active: active('choice'), wanted }),
      'ok',
      'nightly has',
    ],
  ])('%s', (_, given, state, words) => {
    expect(check('components', given)).toMatchObject({ state, seen: expect.stringContaining(words) });
  });
});
