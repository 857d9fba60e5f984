/** That the flags of a setup are in force, as cargo itself says, on either way. Needs a nightly toolchain. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { WayId } from '#shared/contract.ts';
import { userEnvironment } from '../../../main/engine/environment.ts';
import { familyFlags } from '../../../main/engine/families/conduwuit/familyFlags.ts';
import { run } from '../../../main/engine/run.ts';
import { planSetup } from '../../../main/engine/setup/planSetup.ts';
import { readSources } from '../../../main/engine/setup/readSources.ts';
import type { SetupPlan, SetupWay } from '../../../main/engine/setup/types.ts';
import { writeFamily } from '../../support/fixtures/familyManifests.ts';
import { CARGO_CONFIG, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const env = userEnvironment(process.env);
const UnitsSchema = z.object({
  units: z.array(
    z.object({
      target: z.object({ name: z.string(), kind: z.array(z.string()), crate_types: z.array(z.string()) }),
      profile: z.object({ rustflags: z.array(z.string()).default([]) }),
    }),
  ),
});

async function cargo(root: string, args: readonly string[]): Promise<string> {
  const finished = await run('cargo', args, { cwd: root, env });
  if (!finished.ok) throw new Error(`cargo can't be run: ${finished.failure.message}`);
  const { code, stdout, stderr } = finished.value;
  if (code !== 0) throw new Error(`cargo ${args.join(' ')}\n${stderr}`);
  return stdout;
}

/** Flags and crate types that cargo gives each crate; it builds nothing for that. */
async function unitsOf(
  root: string,
  args: readonly string[],
): Promise<Map<string, { flags: string[]; types: string[] }>> {
  const query = ['+nightly', 'build', '--unit-graph', '-Zunstable-options', '--offline', ...args];
  const { units } = UnitsSchema.parse(JSON.parse(await cargo(root, query)));
  return new Map(
    units.map(({ target, profile }) => [
      target.name,
      { flags: profile.rustflags, types: target.crate_types },
    ]),
  );
}

async function planAt(root: string): Promise<SetupPlan> {
  const { files, refusals } = await readSources(root);
  expect(refusals).toEqual([]);
  return planSetup(files, refusals);
}

async function apply(root: string, id: WayId): Promise<SetupWay> {
  const way = (await planAt(root)).ways.find((each) => each.id === id);
  if (way === undefined) throw new Error(`no way ${id}`);
  expect(way.refusals).toEqual([]);
  for (const { file, after } of way.edits) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), after);
  }
  return way;
}

describe('the family', () => {
  beforeAll(async () => {
    const finished = await run('cargo', ['+nightly', '--version'], { cwd: '/', env });
    if (!finished.ok || finished.value.code !== 0) {
      throw new Error(
        'This test needs a nightly toolchain: rustup toolchain install nightly --profile minimal',
      );
    }
  });

  test.each(['conduwuit_', 'tuwunel_'])('%s: the same flags by arguments and by edits', async (prefix) => {
    const byEdits = await temporaryFolder();
    const byArguments = await temporaryFolder();
    await Promise.all([writeFamily(byEdits, { prefix }), writeFamily(byArguments, { prefix })]);
    const edits = await apply(byEdits, 'edits');
    const flags = await apply(byArguments, 'flags');
    expect(edits.edits).toHaveLength(7);
    expect(flags.edits).toHaveLength(6);
    const units = await unitsOf(byEdits, edits.arguments);
    expect(await unitsOf(byArguments, flags.arguments)).toEqual(units);

    const wanted = familyFlags(`${prefix}mods`);
    expect(units.get(`${prefix}core`)).toEqual({ flags: wanted.core, types: ['rlib', 'dylib'] });
    for (const name of ['database', 'service', 'api', 'admin', 'router']) {
      expect(units.get(prefix + name)).toEqual({ flags: wanted.dev, types: ['rlib', 'dylib'] });
    }
    expect(units.get(prefix.slice(0, -1))).toEqual({ flags: wanted.program, types: ['bin'] });
    expect(units.get('third')).toEqual({ flags: wanted.others, types: ['lib'] });
    expect(units.get(`${prefix}macros`)?.types).toEqual(['proc-macro']);
    for (const root of [byEdits, byArguments]) {
      for (const way of (await planAt(root)).ways) {
        if (way.id === (root === byEdits ? 'edits' : 'flags')) expect(way.edits).toEqual([]);
      }
    }
  });

  test('half done by hand: what is in the manifest already and what cargo is told add up', async () => {
    const root = await temporaryFolder();
    await writeFamily(root);
    const whole = await temporaryFolder();
    await writeFamily(whole);
    await apply(whole, 'edits');
    const { files } = await readSources(root);
    const text = files.find(({ file }) => file === 'Cargo.toml')?.bytes.toString() ?? '';
    const half = text.replace(/(?<=package\.conduwuit\]\n)[\s\S]*?#\]/, (block) =>
      block.replaceAll(/^#/gm, ''),
    );
    await writeFile(join(root, 'Cargo.toml'), half);
    const way = await apply(root, 'flags');
    expect(way.arguments.join(' ')).not.toContain('export-dynamic');
    expect(await unitsOf(root, way.arguments)).toEqual(await unitsOf(whole, []));
  });
});

describe('any other workspace', () => {
  const FILES = {
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["host", "base", "plugin"]\n',
    'base/Cargo.toml': '[package]\nname = "base"\nversion = "0.1.0"\nedition = "2021"\n',
    'base/src/lib.rs': 'pub fn one() -> u8 { 1 }\n',
    'plugin/Cargo.toml':
      '[package]\nname = "plugin"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["rlib"]\n\n[dependencies]\nbase = { path = "../base" }\n',
    'plugin/src/lib.rs': 'pub fn two() -> u8 { base::one() + 1 }\n',
    'host/Cargo.toml':
      '[package]\nname = "host"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nbase = { path = "../base" }\n',
    'host/src/main.rs': 'fn main() { std::process::exit(base::one().into()) }\n',
  };

  test.each<[string, WayId, string | null]>([
    ['by arguments', 'flags', null],
    ['by edits', 'edits', null],
    ['by arguments, beside flags of its own', 'flags', '[build]\nrustflags = ["--cfg", "mine"]\n'],
    ['by edits, beside flags of its own', 'edits', '[build]\nrustflags = ["--cfg", "mine"] # ours\n'],
    ['by arguments, beside flags in a string', 'flags', '[build]\nrustflags = "--cfg mine"\n'],
    ['by edits, beside flags in a string', 'edits', '[build]\nrustflags = "--cfg mine"\n'],
    ['by arguments, where it is set already', 'flags', CARGO_CONFIG],
  ])('%s, on the default toolchain', async (_, id, config) => {
    const root = await temporaryFolder();
    await writeFiles(root, config === null ? FILES : { ...FILES, '.cargo/config.toml': config });
    const way = await apply(root, id);
    // cargo prints the commands that it would run once they run; the libraries say the rest.
    const finished = await run('cargo', ['build', '--offline', '-v', ...way.arguments], { cwd: root, env });
    const printed = finished.ok ? finished.value.stderr : finished.failure.message;
    const commands = printed
      .split('\n')
      .filter((line) => line.includes('Running') && line.includes('--crate-name'));
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      expect(command).toContain('-Cprefer-dynamic');
      if (config?.includes('mine')) expect(command).toContain('--cfg mine');
    }
    const dynamic = commands.filter((command) => command.includes('--crate-type dylib'));
    expect(dynamic).toHaveLength(2);
    const plan = await planAt(root);
    expect(plan.ways.find((each) => each.id === id)?.edits).toEqual([]);
    expect(plan.modules).toEqual(['base', 'plugin']);
  });
});
