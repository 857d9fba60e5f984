/** The checks on real workspaces, with the rustup, cargo and linkers of this machine. Needs stable and nightly. */
import { chmod, mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Check } from '#shared/contract.ts';
import { type Environment, userEnvironment } from '../../../main/engine/environment.ts';
import { run } from '../../../main/engine/run.ts';
import { installedLinkers } from '../../../main/engine/rust/linkers.ts';
import { askingEnvironment, readToolchains } from '../../../main/engine/rust/toolchains.ts';
import { runChecks } from '../../../main/engine/setup/checks/runChecks.ts';
import { look } from '../../../main/engine/setup/look.ts';
import { planSetup } from '../../../main/engine/setup/planSetup.ts';
import { askCargo, proveWay } from '../../../main/engine/setup/proof.ts';
import { readSources } from '../../../main/engine/setup/readSources.ts';
import type { SetupChoices } from '../../../main/engine/workspace/choices.ts';
import { NO_CHOICES } from '../../../main/engine/workspace/choices.ts';
import { writeFamily } from '../../support/fixtures/familyManifests.ts';
import { temporaryFolder } from '../../support/folders.ts';

const env: Environment = { ...userEnvironment(process.env), RUSTUP_AUTO_INSTALL: '0' };
delete env.RUSTUP_TOOLCHAIN;
delete env.RUSTFLAGS;
const nightly = { ...env, RUSTUP_TOOLCHAIN: 'nightly' };
const SHARED = ['--config', 'build.rustflags=["-Cprefer-dynamic"]'];

/** A workspace of a program and a library that it is linked to. */
async function pair(crateType: 'rlib' | 'dylib'): Promise<string> {
  const root = await temporaryFolder('hotdeck-checks');
  const files: Record<string, string> = {
    'Cargo.toml': '[workspace]\nmembers = ["core", "main"]\nresolver = "2"\n',
    'core/Cargo.toml': `[package]\nname = "pair_core"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["${crateType}"]\n`,
    'core/src/lib.rs': 'pub fn answer() -> u32 {\n    42\n}\n',
    'main/Cargo.toml':
      '[package]\nname = "pair"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\npair_core = { path = "../core" }\n',
    'main/src/main.rs': 'fn main() {\n    println!("{}", pair_core::answer());\n}\n',
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(root, file, '..'), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return root;
}

async function checksOf(
  root: string,
  more: { env?: Environment; choices?: Partial<SetupChoices> } = {},
): Promise<Map<string, Check>> {
  const choices = { ...NO_CHOICES, ...more.choices };
  const checks = await runChecks(await look({ root, env: more.env ?? env, choices, opened: null }));
  expect(new Set(checks.map((each) => each.id)).size).toBe(checks.length);
  return new Map(checks.map((each) => [each.id, each]));
}

/** All files of a workspace and what is in them, but for the lock file. */
async function treeOf(root: string): Promise<[string, string][]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile() && each.name !== 'Cargo.lock');
  const paths = files.map((each) => join(each.parentPath, each.name)).sort();
  return Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  );
}

/** What rustup itself says, asked where it can only answer. */
async function rustupSays(root: string, given: Environment): Promise<string> {
  const asked = await run('rustup', ['show', 'active-toolchain'], { cwd: root, env: given });
  return asked.ok ? (asked.value.stdout.split(' ')[0]?.trim() ?? '') : '';
}

describe('the toolchains', () => {
  test('are those that rustup takes: by default, by file, by environment', async () => {
    const root = await temporaryFolder('hotdeck-checks');
    const below = join(root, 'below');
    await mkdir(below);
    const active = async (folder: string, given: Environment) => {
      const found = await readToolchains(folder, given);
      return found.kind === 'rustup' ? found.active : null;
    };
    expect(await active(below, env)).toMatchObject({
      because: 'default',
      name: await rustupSays(below, env),
    });
    await writeFile(join(root, 'rust-toolchain.toml'), '[toolchain]\nchannel = "nightly"\n');
    const byFile = await active(below, env);
    expect(byFile).toEqual({
      because: 'file',
      name: await rustupSays(below, env),
      where: join(root, 'rust-toolchain.toml'),
      installed: true,
    });
    const stable = { ...env, RUSTUP_TOOLCHAIN: 'stable' };
    expect(await active(below, stable)).toMatchObject({
      because: 'environment',
      name: await rustupSays(below, stable),
    });
  });

  test('are read out of an override of a folder too', async () => {
    const root = await temporaryFolder('hotdeck-checks');
    // A rustup of its own with the toolchains of this machine, so that nobody's overrides are touched.
    const home = join(await temporaryFolder('hotdeck-rustup'), 'home');
    const here = await readToolchains(root, env);
    if (here.kind !== 'rustup') throw new Error('rustup is not there');
    await mkdir(join(home, 'toolchains'), { recursive: true });
    for (const { name, path } of here.installed) await symlink(path, join(home, 'toolchains', name));
    const own = { ...env, RUSTUP_HOME: home };
    const set = await run('rustup', ['override', 'set', 'nightly'], { cwd: root, env: own });
    expect(set.ok && set.value.code).toBe(0);
    const found = await readToolchains(root, own);
    expect(found.kind === 'rustup' && found.active).toMatchObject({
      because: 'directory',
      where: root,
      name: await rustupSays(root, own),
    });
  });

  test('one that is not there is neither installed nor asked', async () => {
    const root = await pair('dylib');
    const file = '[toolchain]\nchannel = "1.7.0"\ncomponents = ["rust-src"]\n';
    await writeFile(join(root, 'rust-toolchain.toml'), file);
    const found = await readToolchains(root, env);
    expect(found.kind === 'rustup' && found.active).toMatchObject({ name: '1.7.0', installed: false });
    expect(askingEnvironment(env, found)).toBeNull();
    expect(await askCargo(root, [], env)).toMatchObject({ ok: false, failure: { kind: 'no-toolchain' } });
    expect(await proveWay(root, SHARED, env)).toBeNull();
    const checks = await checksOf(root);
    expect(checks.get('toolchain')).toMatchObject({
      state: 'problem',
      seen: expect.stringContaining('1.7.0'),
    });
    expect(checks.get('components')?.state).toBe('unknown');
  });
});

/** A PATH that has these programs and the plainest tools only. */
async function machineWith(programs: Record<string, string>): Promise<Environment> {
  const bin = await temporaryFolder('hotdeck-bin');
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return { ...env, PATH: bin };
}

describe('a machine', () => {
  test('without Rust', async () => {
    const root = await temporaryFolder('hotdeck-checks');
    expect(await readToolchains(root, await machineWith({}))).toEqual({ kind: 'none' });
  });

  test("with the distribution's Rust", async () => {
    const root = await temporaryFolder('hotdeck-checks');
    const script =
      'case "$1" in -vV) echo "rustc 1.85.0 (4d91de4e4 2025-02-17)"; echo "host: x86_64-unknown-linux-gnu";; *) echo /usr;; esac';
    expect(await readToolchains(root, await machineWith({ rustc: script }))).toEqual({
      kind: 'plain',
      version: '1.85.0 (4d91de4e4 2025-02-17)',
      host: 'x86_64-unknown-linux-gnu',
      sysroot: '/usr',
    });
  });

  test('whose rustup hangs, or fails', { timeout: 30_000 }, async () => {
    const root = await temporaryFolder('hotdeck-checks');
    const hanging = await readToolchains(root, await machineWith({ rustup: 'exec /bin/sleep 60' }));
    expect(hanging).toMatchObject({ kind: 'unknown', why: expect.stringContaining('no answer within') });
    const failing = await readToolchains(
      root,
      await machineWith({ rustup: 'echo "error: broken" >&2; exit 1' }),
    );
    expect(failing).toEqual({ kind: 'unknown', why: 'rustup says: error: broken' });
  });
});

describe('the linkers', () => {
  test('are those of the machine and of the toolchain', async () => {
    const root = await temporaryFolder('hotdeck-checks');
    const installed = await installedLinkers(env, await readToolchains(root, env));
    const ids = installed.map((each) => each.id);
    expect(ids).toEqual(expect.arrayContaining(['bfd', 'gold']));
    expect(installed.find((each) => each.id === 'bfd')?.version).toMatch(/^GNU ld .*\d$/);
    expect(await installedLinkers(await machineWith({ 'ld.mold': 'echo "mold 2.30.0"' }))).toMatchObject([
      { id: 'mold', version: 'mold 2.30.0', from: 'path' },
    ]);
  });

  test('one that is asked for and is not there is a problem, with another to take', async () => {
    const root = await pair('dylib');
    await mkdir(join(root, '.cargo'));
    await writeFile(
      join(root, '.cargo/config.toml'),
      '[build]\nrustflags = ["-Clink-arg=-fuse-ld=nonesuch"]\n',
    );
    expect((await checksOf(root)).get('linker')).toMatchObject({
      state: 'problem',
      seen: expect.stringContaining('nonesuch'),
      action: { kind: 'use-linker' },
    });
  });
});

describe('what cargo says without building', () => {
  test.each([
    ['stable', env],
    ['nightly', nightly],
  ])('%s proves flags for all crates, and that there are none', async (_, given) => {
    const root = await pair('dylib');
    expect(await proveWay(root, SHARED, given)).toEqual({
      holds: true,
      text: 'cargo gives pair_core -Cprefer-dynamic.',
    });
    expect(await proveWay(root, [], given)).toMatchObject({ holds: false });
    expect(await proveWay(root, SHARED, { ...given, RUSTFLAGS: '-g' })).toMatchObject({ holds: false });
    // A lock file is all that cargo may leave behind.
    expect((await readdir(root)).sort()).toEqual(['Cargo.lock', 'Cargo.toml', 'core', 'main']);
  });

  test("nightly proves the flags of profiles; stable says that it can't", async () => {
    const root = await pair('dylib');
    const flags = '"--cfg", "pair_mods", "-Cprefer-dynamic", "-Ztls-model=initial-exec"';
    const args = ['-Zprofile-rustflags', '--config', `profile.dev.package.pair_core.rustflags=[${flags}]`];
    expect(await proveWay(root, args, nightly)).toEqual({
      holds: true,
      text: 'cargo gives pair_core --cfg pair_mods and -Cprefer-dynamic; pair_core gets -Ztls-model=initial-exec.',
    });
    expect(await askCargo(root, args, env)).toMatchObject({ ok: false, failure: { kind: 'needs-nightly' } });
  });

  test.each([
    ['on stable', env],
    ['on nightly', nightly],
  ])('each way is proved before it is gone, %s', async (_, given) => {
    const root = await pair('rlib');
    await rename(join(root, 'core/Cargo.toml'), join(root, 'core/Manifest.toml'));
    await symlink('Manifest.toml', join(root, 'core/Cargo.toml'));
    const { files, refusals } = await readSources(root);
    const plan = planSetup(files, refusals);
    const before = await treeOf(root);
    const proofs = await Promise.all(
      plan.ways.map((way) => proveWay(root, way.arguments, given, plan, way.edits)),
    );
    const proof = { holds: true, text: 'cargo gives pair_core -Cprefer-dynamic.' };
    expect(proofs).toEqual([proof, proof]);
    expect(await treeOf(root)).toEqual(before);
    expect(await proveWay(root, [], given, plan)).toMatchObject({ holds: false });
  });

  test('each way is proved for a workspace of the family', async () => {
    const root = await temporaryFolder('hotdeck-checks');
    await writeFamily(root, { prefix: 'tuwunel_' });
    const { files, refusals } = await readSources(root);
    const plan = planSetup(files, refusals);
    for (const way of plan.ways) {
      expect(await proveWay(root, way.arguments, nightly, plan, way.edits), way.id).toEqual({
        holds: true,
        text: 'cargo gives all 6 libraries --cfg tuwunel_mods and -Cprefer-dynamic; tuwunel_core gets -Ztls-model=initial-exec.',
      });
    }
  });

  test('a crate that has to be downloaded first is not downloaded', async () => {
    const root = await pair('dylib');
    const file = join(root, 'core/Cargo.toml');
    await writeFile(file, `${await readFile(file, 'utf8')}[dependencies]\nanyhow = "=1.0.0"\n`);
    const home = { CARGO_HOME: await temporaryFolder('hotdeck-cargo') };
    const answer = await askCargo(root, SHARED, { ...env, ...home });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'not-downloaded' } });
  });
});

describe('the checks of a workspace of the family', () => {
  test('see its source, its features and its load order', async () => {
    const root = await temporaryFolder('hotdeck-checks');
    await writeFamily(root, { prefix: 'tuwunel_' });
    const names = ['database', 'service', 'api', 'admin', 'router'].map((each) => `\t"tuwunel_${each}",\n`);
    const mods = `const MODULE_NAMES: &[&str] = &[\n\t//"tuwunel_core",\n${names.join('')}];\n`;
    await writeFile(join(root, 'src/main/mods.rs'), mods);
    const main = await readFile(join(root, 'src/main/main.rs'), 'utf8');
    const twice = 'async fn async_exec() {}\n#[cfg(tuwunel_mods)]\nasync fn async_exec() {}\n';
    await writeFile(join(root, 'src/main/main.rs'), twice + main);
    const choices = { toolchain: 'nightly' };
    const checks = await checksOf(root, { choices });
    const states = (ids: string[]) => ids.map((id) => [id, checks.get(id)?.state]);
    expect(checks.get('toolchain')?.seen).toContain('chosen in Hotdeck');
    expect(checks.get('double-functions')?.seen).toContain('async_exec in line 1 and again in line 3');
    expect(states(['toolchain', 'profile', 'double-functions', 'module-order', 'unlisted-dylibs'])).toEqual([
      ['toolchain', 'ok'],
      ['profile', 'ok'],
      ['double-functions', 'problem'],
      ['module-order', 'ok'],
      ['unlisted-dylibs', 'ok'],
    ]);
    const steps = [...checks.keys()].filter((id) => id.startsWith('step:'));
    expect(steps).toHaveLength(11);
    expect(steps.map((id) => checks.get(id)?.action?.kind)).toEqual(steps.map(() => 'apply'));
    const flagged = {
      ...choices,
      flags: planSetup((await readSources(root)).files, []).ways[0]?.arguments ?? [],
    };
    const byFlags = await checksOf(root, { choices: flagged });
    const left = steps.filter((id) => byFlags.get(id)?.state !== 'ok');
    expect(left).toEqual(steps.filter((id) => id.startsWith('step:crate-type:')));

    await writeFile(join(root, 'src/main/mods.rs'), mods.replace('\t"tuwunel_admin",\n', ''));
    const other = await checksOf(root, { choices });
    expect(other.get('module-order')).toMatchObject({ state: 'problem' });
    expect(other.get('unlisted-dylibs')?.seen).toContain('tuwunel_admin is a dylib');
  });
});

describe('the checks of a small workspace', () => {
  test('before and after it is set up and built', async () => {
    const root = await pair('rlib');
    const before = await checksOf(root);
    expect(before.get('platform')?.state).toBe('ok');
    expect(before.get('toolchain')?.state).toBe('ok');
    expect(before.get('workspace')?.state).toBe('ok');
    expect(before.get('step:crate-type:pair_core')).toMatchObject({
      state: 'problem',
      action: { kind: 'apply' },
    });
    expect(before.get('built')?.state).toBe('unknown');
    expect(before.has('feature')).toBe(false);

    const one = await run('cargo', ['build', '--offline'], { cwd: root, env });
    expect(one.ok && one.value.code).toBe(0);
    expect((await checksOf(root)).get('built')).toMatchObject({
      state: 'problem',
      seen: expect.stringContaining('in one piece'),
    });

    const manifest = join(root, 'core/Cargo.toml');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('rlib', 'dylib'));
    const choices = { flags: SHARED };
    const whole = await run('cargo', ['build', '--offline', ...SHARED], { cwd: root, env });
    expect(whole.ok && whole.value.code).toBe(0);
    const after = await checksOf(root, { choices });
    for (const id of ['step:crate-type:pair_core', 'step:prefer-dynamic', 'built', 'rustflags']) {
      expect(after.get(id), id).toMatchObject({ state: 'ok' });
    }
    expect(after.get('built')?.seen).toMatch(/its module share libstd-[0-9a-f]+\.so/);
    const against = await checksOf(root, { choices, env: { ...env, RUSTFLAGS: '-g' } });
    expect(against.get('rustflags')).toMatchObject({
      state: 'problem',
      seen: expect.stringContaining('RUSTFLAGS'),
    });
  });

  test('a terminal starts the program by the line that is given for it', async () => {
    const root = await pair('dylib');
    const built = await run('cargo', ['build', '--offline', ...SHARED], { cwd: root, env });
    expect(built.ok && built.value.code).toBe(0);
    const seen = (await checksOf(root)).get('library-path')?.seen ?? '';
    const line = /export LD_LIBRARY_PATH=.*$/.exec(seen)?.[0] ?? 'false';
    const bare = { PATH: env.PATH ?? '' };
    const program = join(root, 'target/debug/pair');
    const without = await run('sh', ['-c', program], { cwd: root, env: bare });
    expect(without.ok && without.value.stderr).toContain('cannot open shared object file');
    const started = await run('sh', ['-c', `${line}; ${program}`], { cwd: root, env: bare });
    expect(started.ok && started.value.stdout).toBe('42\n');
  });

  test('broken settings are said, and all else is looked at all the same', async () => {
    const root = await pair('dylib');
    await writeFile(join(root, 'hotdeck.json'), '{ "modulez": [] }');
    const checks = await checksOf(root);
    expect(checks.get('settings')).toMatchObject({
      state: 'problem',
      seen: expect.stringContaining('modulez'),
    });
    expect(checks.get('workspace')?.state).toBe('unknown');
    expect(checks.get('toolchain')?.state).toBe('ok');
  });
});
