import { describe, expect, it } from 'vitest';
import { type CargoConfigFile, configArguments } from '../../../main/engine/rust/cargoConfig.ts';
import {
  askedProfile,
  askedTargets,
  configuredTargetDirectory,
  placeFor,
  runnableTarget,
} from '../../../main/engine/rust/cargoPlaces.ts';
import { parseToml } from '../../../main/engine/rust/toml.ts';

const HOST = 'x86_64-unknown-linux-gnu';
const config = (file: string, text: string, base = '/w'): CargoConfigFile => {
  const parsed = parseToml(text, file);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return { file, table: parsed.value, base, given: false };
};
const targets = (files: CargoConfigFile[], env: Record<string, string> = {}, args: string[] = []) =>
  askedTargets([...configArguments(args, '/w'), ...files], env, args, { cwd: '/w', host: HOST });
const names = (...asked: Parameters<typeof targets>): string[] => targets(...asked).map(({ name }) => name);

describe('askedTargets', () => {
  const near = config('near', 'build.target = "near-a-b"');
  const list = config('near', 'build.target = ["one", "two"]');
  const far = config('far', 'build.target = ["three"]', '/');
  it.each([
    ['nobody', [], {}, [], []],
    ['a file', [near], {}, [], ['near-a-b']],
    ['an array', [list], {}, [], ['one', 'two']],
    ['arrays of several files, the furthest first', [list, far], {}, [], ['three', 'one', 'two']],
    ['the variable before the files', [near], { CARGO_BUILD_TARGET: 'v' }, [], ['v']],
    [
      '--config before the variable',
      [near],
      { CARGO_BUILD_TARGET: 'v' },
      ['--config', 'build.target="c"'],
      ['c'],
    ],
    [
      'the later of two --config',
      [],
      {},
      ['--config=build.target="c"', '--config', 'build.target="d"'],
      ['d'],
    ],
    [
      '--target before all',
      [near],
      { CARGO_BUILD_TARGET: 'v' },
      ['--target', 't', '--config=build.target="c"'],
      ['t'],
    ],
    ['--target, repeated', [near], {}, ['--target=t', '--target', 'u', '--target', 't'], ['t', 'u']],
    ['host-tuple', [], {}, ['--target', 'host-tuple'], [HOST]],
    ['host-tuple in a file', [config('f', 'build.target = "host-tuple"')], {}, [], [HOST]],
    [
      'a JSON file in a configuration',
      [config('f', 'build.target = "t/my.json"', '/up')],
      {},
      [],
      ['/up/t/my.json'],
    ],
    ['a JSON file as an argument', [], {}, ['--target', '../x.json'], ['/x.json']],
    ['nothing that follows --', [], {}, ['--', '--target', 'x'], []],
  ] as [string, CargoConfigFile[], Record<string, string>, string[], string[]][])(
    'hears %s',
    (_, files, env, args, wanted) => {
      expect(names(files, env, args)).toEqual(wanted);
    },
  );

  it('runs what is built for this machine, of several', () => {
    const asked = targets([], {}, ['--target', 'other', '--target', HOST]);
    expect(runnableTarget(asked, HOST)?.name).toBe(HOST);
    expect(runnableTarget(asked.slice(0, 1), HOST)?.name).toBe('other');
    expect(runnableTarget([], HOST)).toBeNull();
  });
});

describe('profiles', () => {
  it.each([
    [[], 'dev'],
    [['--workspace', '--features', 'mods'], 'dev'],
    [['--release'], 'release'],
    [['-r'], 'release'],
    [['-qr'], 'release'],
    [['--profile', 'bench'], 'bench'],
    [['--profile=fast'], 'fast'],
    [['-p', 'r'], 'dev'],
  ])('cargo build %j takes %s', (args, profile) => {
    expect(askedProfile(args)).toBe(profile);
  });
});

describe('placeFor', () => {
  it.each([
    [null, 'dev', '/t/debug'],
    [null, 'test', '/t/debug'],
    [null, 'bench', '/t/release'],
    [null, 'fast', '/t/fast'],
    [{ name: HOST, from: '' }, 'release', `/t/${HOST}/release`],
    [{ name: '/w/my.target.json', from: '' }, 'dev', '/t/my.target/debug'],
  ])('for %j and %s it is %s', (target, profile, folder) => {
    expect(placeFor('/t', target, profile)).toBe(folder);
  });
});

describe('configuredTargetDirectory', () => {
  const file = config('/up/.cargo/config.toml', 'build.target-dir = "out"', '/up');
  const find = (files: CargoConfigFile[], env: Record<string, string>, args: string[]): string | null =>
    configuredTargetDirectory([...configArguments(args, '/w'), ...files], env, args, '/w');
  it.each([
    ['nothing', [], {}, [], null],
    ['a file, from the folder that .cargo lies in', [file], {}, [], '/up/out'],
    ['the variable of the key before files', [file], { CARGO_BUILD_TARGET_DIR: 'v' }, [], '/w/v'],
    [
      '--config before that',
      [file],
      { CARGO_BUILD_TARGET_DIR: 'v' },
      ['--config=build.target-dir="c"'],
      '/w/c',
    ],
    [
      'CARGO_TARGET_DIR before that',
      [file],
      { CARGO_TARGET_DIR: 'own' },
      ['--config=build.target-dir="c"'],
      '/w/own',
    ],
    ['--target-dir before all', [file], { CARGO_TARGET_DIR: 'own' }, ['--target-dir', '../a'], '/a'],
  ] as [string, CargoConfigFile[], Record<string, string>, string[], string | null][])(
    'takes %s',
    (_, files, env, args, wanted) => {
      expect(find(files, env, args)).toBe(wanted);
    },
  );
});
