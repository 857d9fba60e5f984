import type { Check, Conflict, FileDiff, SetupReport, Way } from '#shared/contract.ts';
import { A_KIND } from '../../../support/session.ts';

export const aCheck = (parts: Partial<Check> = {}): Check => ({
  id: 'rustup',
  group: 'toolchain',
  title: 'rustup',
  state: 'ok',
  seen: 'rustup 1.28 is installed.',
  why: 'It brings the toolchains.',
  remedy: null,
  action: null,
  ...parts,
});

export const aDiff = (file: string, parts: Partial<FileDiff> = {}): FileDiff => ({
  file,
  lines: 1,
  steps: ['a dylib too'],
  dirty: false,
  hunks: [
    [
      { kind: 'same', text: 'crate-type = [', before: 15, after: 15 },
      { kind: 'removed', text: '#\t"dylib",', before: 16, after: null },
      { kind: 'added', text: '\t"dylib",', before: null, after: 16 },
      { kind: 'same', text: ']', before: 17, after: 17 },
    ],
  ],
  ...parts,
});

export const aWay = (parts: Partial<Way> = {}): Way => ({
  id: 'flags',
  done: false,
  arguments: ['--config', 'build.rustflags=["-Cprefer-dynamic"]'],
  files: [],
  lines: 0,
  refusals: [],
  risks: [],
  plan: 'plan-1',
  proof: null,
  ...parts,
});

export const aConflict = (parts: Partial<Conflict> = {}): Conflict => ({
  file: 'Cargo.toml',
  original: '#flags\n[lib]\n',
  applied: 'flags\n[lib]\n',
  current: 'flags\n[lib]\nmine\n',
  merged: '#flags\n[lib]\nmine\n',
  ...parts,
});

export const aReport = (parts: Partial<SetupReport> = {}): SetupReport => ({
  root: '/srv',
  kind: A_KIND,
  checks: [aCheck()],
  ways: [
    aWay(),
    aWay({ id: 'edits', arguments: [], files: [aDiff('api/Cargo.toml')], lines: 1, plan: 'plan-2' }),
  ],
  applied: null,
  git: [],
  toolchains: ['stable-x86_64-unknown-linux-gnu', 'nightly-x86_64-unknown-linux-gnu'],
  toolchain: null,
  linkers: [
    { id: 'ld', version: 'GNU ld 2.42', worked: true },
    { id: 'mold', version: null, worked: false },
  ],
  linker: null,
  ...parts,
});
