/** cargo's configuration as Hotdeck reads it, held against what cargo itself says of the same files. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readCargoConfig } from '../../../main/engine/rust/cargoConfig.ts';
import {
  askedTargets,
  configuredTargetDirectory,
  targetFolder,
} from '../../../main/engine/rust/cargoPlaces.ts';
import { writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const run = promisify(execFile);
const HOST = 'x86_64-unknown-linux-gnu';
const MetadataSchema = z.object({ target_directory: z.string() });
const ConfigSchema = z.object({ build: z.object({ target: z.array(z.string()) }) });

/** A package whose configuration lies on two levels, includes a file, and can be given another. */
async function write(): Promise<{ root: string; env: Record<string, string> }> {
  const above = await temporaryFolder();
  const root = join(above, 'mit Leerstelle', 'paket');
  await mkdir(root, { recursive: true });
  await writeFiles(above, {
    '.cargo/config.toml': '[build]\ntarget = ["far-a-b"]\ntarget-dir = "far"\n',
    'home/config.toml': '[build]\ntarget = ["home-a-b"]\n',
  });
  await writeFiles(root, {
    'Cargo.toml': '[package]\nname = "paket"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n',
    'src/lib.rs': '',
    '.cargo/config.toml': 'include = ["more.toml"]\n[build]\ntarget = ["near-a-b"]\n',
    '.cargo/more.toml': '[build]\ntarget = ["included-a-b"]\ntarget-dir = "included"\n',
    'given/one.toml': '[build]\ntarget-dir = "given"\n',
  });
  const { RUSTFLAGS: _, ...rest } = process.env;
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('CARGO_')));
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) if (value !== undefined) env[name] = value;
  return { root, env: { ...env, CARGO_HOME: join(above, 'home') } };
}

test('the target directory is the one that cargo metadata names', async () => {
  const { root, env } = await write();
  const cases: [args: string[], more: Record<string, string>][] = [
    [[], {}],
    [[], { CARGO_BUILD_TARGET_DIR: 'variable' }],
    [[], { CARGO_TARGET_DIR: '../own', CARGO_BUILD_TARGET_DIR: 'variable' }],
    [['--config', 'build.target-dir="argument"'], { CARGO_BUILD_TARGET_DIR: 'variable' }],
    [['--config', 'given/one.toml'], {}],
    [['--config', 'given/one.toml', '--config', 'build.target-dir="later"'], {}],
    [['--config', 'build.target-dir="argument"'], { CARGO_TARGET_DIR: 'own' }],
  ];
  for (const [args, more] of cases) {
    const all = { ...env, ...more };
    const { files } = await readCargoConfig(root, all, args);
    const command = ['metadata', '--format-version', '1', '--no-deps', '--offline', ...args];
    const { stdout } = await run('cargo', command, { cwd: root, env: all });
    const { target_directory: byCargo } = MetadataSchema.parse(JSON.parse(stdout));
    expect(configuredTargetDirectory(files, all, args, root), JSON.stringify([args, more])).toBe(
      normalize(byCargo),
    );
  }
});

test('the arrays of all levels and of what they include are joined as cargo config joins them', async () => {
  const { root, env } = await write();
  const { files } = await readCargoConfig(root, env);
  const asked = askedTargets(files, env, [], { cwd: root, host: HOST }).map(({ name }) => name);
  // `cargo config` is not stable yet; this is what lets a stable cargo carry it out. It only reads.
  const command = ['config', 'get', '-Zunstable-options', '--format', 'json'];
  const { stdout } = await run('cargo', command, { cwd: root, env: { ...env, RUSTC_BOOTSTRAP: '1' } });
  expect(asked).toEqual(ConfigSchema.parse(JSON.parse(stdout)).build.target);
  expect(asked).toEqual(['home-a-b', 'far-a-b', 'included-a-b', 'near-a-b']);
});

test('for a target that a JSON file describes, cargo makes the folder that was expected', async () => {
  const { root, env } = await write();
  await writeFiles(root, {
    't/my.own.json': JSON.stringify({
      'llvm-target': HOST,
      'data-layout': 'e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128',
      ...{ arch: 'x86_64', os: 'linux', 'target-endian': 'little', 'target-pointer-width': 64 },
      ...{ 'target-c-int-width': 32, 'linker-flavor': 'gnu-cc', 'panic-strategy': 'abort' },
    }),
  });
  const args = ['--target', 't/my.own.json'];
  const [target] = askedTargets([], env, args, { cwd: root, host: HOST });
  if (target === undefined) throw new Error('One was asked for.');
  // There is no standard library for it, so the build fails; cargo lays the folders out before that.
  const build = ['build', '--offline', '-Zjson-target-spec', '--target-dir', 'out', ...args];
  const toolchain = { ...env, RUSTC_BOOTSTRAP: '1' };
  await expect(run('cargo', build, { cwd: root, env: toolchain })).rejects.toThrow();
  const { stdout } = await run('ls', [join(root, 'out', targetFolder(target))]);
  expect(stdout).toContain('debug');
});
