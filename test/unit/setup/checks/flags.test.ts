import { describe, expect, it } from 'vitest';
import { type CargoConfigFile, configArguments } from '../../../../main/engine/rust/cargoConfig.ts';
import { cargoSettings } from '../../../../main/engine/rust/cargoSettings.ts';
import { parseToml } from '../../../../main/engine/rust/toml.ts';
import { flagsCheck } from '../../../../main/engine/setup/checks/flags.ts';

const HOST = 'x86_64-unknown-linux-gnu';
const config = (file: string, text: string): CargoConfigFile => {
  const parsed = parseToml(text, file);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return { file, table: parsed.value, base: '/w', given: false };
};
const near = config(
  '/w/.cargo/config.toml',
  '[build]\nrustflags = ["-Cprefer-dynamic"]\ntarget-dir = "/near"\n',
);
const far = config(
  '/.cargo/config.toml',
  `[target.${HOST}]\nlinker = "clang"\nrustflags = "-C debuginfo=1"\n[build]\ntarget-dir = "/far"\n`,
);
const cfg = config(
  '/h/config.toml',
  `[target.'cfg(target_os = "linux")']\nrustflags = ["-Clink-arg=-fuse-ld=mold"]\n[target.'cfg(windows)']\nrustflags = ["-Ccontrol-flow-guard"]\n`,
);
const read = (files: CargoConfigFile[], env: Record<string, string> = {}, args: string[] = []) =>
  cargoSettings([...configArguments(args, '/w'), ...files], env, { host: HOST, cwd: '/w' }, args);

describe('cargoSettings', () => {
  it.each([
    ['nothing', [], {}, [], ''],
    ['the build', [near], {}, ['-Cprefer-dynamic'], '/w/.cargo/config.toml'],
    [
      'the target before the build',
      [near, far],
      {},
      ['-C', 'debuginfo=1'],
      `/.cargo/config.toml (target.${HOST})`,
    ],
    [
      'a cfg of the target',
      [near, cfg],
      {},
      ['-Clink-arg=-fuse-ld=mold'],
      `/h/config.toml (target.cfg(target_os = "linux"))`,
    ],
    ['RUSTFLAGS before all files', [near, far], { RUSTFLAGS: ' -g  -O ' }, ['-g', '-O'], 'RUSTFLAGS'],
    ['an empty RUSTFLAGS for none', [near], { RUSTFLAGS: '' }, ['-Cprefer-dynamic'], '/w/.cargo/config.toml'],
    [
      'encoded flags before RUSTFLAGS',
      [],
      { RUSTFLAGS: '-g', CARGO_ENCODED_RUSTFLAGS: '--cfg\x1fa b' },
      ['--cfg', 'a b'],
      'CARGO_ENCODED_RUSTFLAGS',
    ],
    [
      "the target's variable",
      [near],
      { CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS: '-g' },
      ['-g'],
      'CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS',
    ],
  ] as [string, CargoConfigFile[], Record<string, string>, string[], string][])(
    'takes %s',
    (_, files, env, values, from) => {
      expect(read(files, env).flags).toEqual({ values, from });
    },
  );

  it('remembers what counts for nothing', () => {
    expect(read([near, far], { RUSTFLAGS: '-g' }).unused.map((each) => each.values)).toEqual([
      ['-C', 'debuginfo=1'],
      ['-Cprefer-dynamic'],
    ]);
  });

  it('finds the linker, the target and the target folder', () => {
    expect(read([near, far])).toMatchObject({
      linker: { program: 'clang' },
      target: null,
      targetDirectory: '/near',
    });
    const env = { CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER: 'gcc-13', CARGO_TARGET_DIR: '/own' };
    expect(read([near, far], env)).toMatchObject({ linker: { program: 'gcc-13' }, targetDirectory: '/own' });
    expect(read([far], {}, ['--target', 'a-b-c']).target).toEqual({ name: 'a-b-c', from: '--target' });
    expect(read([far], {}, ['--target', 'a-b-c']).linker).toBeNull();
    expect(read([], { CARGO_BUILD_TARGET: 'x' }).target?.from).toBe('CARGO_BUILD_TARGET');
    expect(read([config('/c', '[build]\ntarget = ["y"]')]).target).toEqual({ name: 'y', from: '/c' });
  });

  it('takes --config like the closest file', () => {
    const args = [
      '--features',
      'a',
      '--config',
      'build.rustflags=["-Cprefer-dynamic"]',
      '--config=build.target-dir="/arg"',
      '--config',
      'some/file.toml',
    ];
    expect(configArguments(args)).toHaveLength(2);
    expect(read([far], {}, args)).toMatchObject({ targetDirectory: '/arg' });
  });
});

describe('flagsCheck', () => {
  const shared = { values: ['-Cprefer-dynamic'], from: '/w/.cargo/config.toml' };
  const variable = { values: ['-g'], from: 'RUSTFLAGS' };
  const none = { values: [], from: '' };
  it.each([
    ['none', 'generic', none, [], 'ok'],
    ['those of the setup', 'generic', shared, [], 'ok'],
    ["the environment's in their place", 'generic', variable, [shared], 'problem'],
    ["the environment's, before a setup", 'generic', variable, [], 'warning'],
    ["the environment's, which say the same", 'generic', { ...shared, from: 'RUSTFLAGS' }, [shared], 'ok'],
    ["the environment's beside profiles", 'family', variable, [], 'ok'],
  ] as const)('%s', (_, kind, used, unused, state) => {
    expect(flagsCheck({ kind, used, unused }).state).toBe(state);
  });
});
