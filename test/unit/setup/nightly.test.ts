import { expect, test } from 'vitest';
import type { Toolchains } from '../../../main/engine/rust/toolchains.ts';
import { toolchainNeed } from '../../../main/engine/setup/nightly.ts';
import { planIdOf } from '../../../main/engine/setup/planId.ts';
import type { SetupWay } from '../../../main/engine/setup/types.ts';

const HOST = 'x86_64-unknown-linux-gnu';

/** rustup with these toolchains, of which the first is active. */
const rustup = (...names: string[]): Toolchains => ({
  kind: 'rustup',
  version: null,
  installed: names.map((name) => ({ name, path: `/rustup/${name}`, version: null })),
  active: { name: names[0] ?? 'stable', because: 'default', where: null, installed: names.length > 0 },
  wanted: null,
  components: null,
  host: HOST,
  otherCargo: null,
});

test.each<[string, Toolchains, string | null]>([
  ['the plain nightly', rustup('stable', 'nightly-2026-01-01', `nightly-${HOST}`), `nightly-${HOST}`],
  [
    'the latest with a date',
    rustup('stable', 'nightly-2025-12-01', 'nightly-2026-01-01'),
    'nightly-2026-01-01',
  ],
  ['none, as it is active', rustup('nightly', 'stable'), null],
  [
    'none, as this one is',
    { kind: 'plain', version: '1.97.0-nightly (abc)', host: HOST, sysroot: null },
    null,
  ],
])('finds a toolchain for flags that only nightly takes: %s', (_, toolchains, expected) => {
  const need = toolchainNeed({ toolchain: 'nightly' }, toolchains);
  expect(need).toEqual(expected === null ? { kind: 'none' } : { kind: 'choose', toolchain: expected });
});

test('where there is no nightly, that is said; where any will do, none is chosen', () => {
  const plain: Toolchains = { kind: 'plain', version: '1.95.0', host: HOST, sysroot: null };
  for (const toolchains of [rustup('stable'), plain, { kind: 'none' } satisfies Toolchains]) {
    expect(toolchainNeed({ toolchain: 'nightly' }, toolchains)).toEqual({ kind: 'missing' });
    expect(toolchainNeed({ toolchain: null }, toolchains)).toEqual({ kind: 'none' });
  }
});

test('a plan is named by all that it would do, and by nothing else', () => {
  const edit = {
    file: 'Cargo.toml',
    before: Buffer.from('a'),
    after: Buffer.from('b'),
    steps: ['x'],
    lines: 1,
  };
  const way: SetupWay = { id: 'edits', arguments: ['-Zx'], edits: [edit], refusals: [] };
  const id = planIdOf(way);
  expect(planIdOf({ ...way, edits: [{ ...edit, steps: ['other words'] }] })).toBe(id);
  const others: SetupWay[] = [
    { ...way, id: 'flags' },
    { ...way, arguments: [] },
    { ...way, edits: [] },
    { ...way, edits: [{ ...edit, file: 'api/Cargo.toml' }] },
    { ...way, edits: [{ ...edit, before: null }] },
    { ...way, edits: [{ ...edit, after: Buffer.from('c') }] },
  ];
  expect(new Set([id, ...others.map(planIdOf)]).size).toBe(others.length + 1);
});
