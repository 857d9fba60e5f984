/** `hotdeck setup`: what it shows, does and takes back, on the command line as it is built. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  AppliedSchema,
  CheckSchema,
  ConflictSchema,
  FileDiffSchema,
  RefusalSchema,
  WaySchema,
} from '#shared/contract.ts';
import { checkoutRoot } from '../../../main/launch/checkout.ts';
import { familyManifests, writeFamily } from '../../support/fixtures/familyManifests.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { hotdeck, type Printed } from '../../support/hotdeck.ts';
import { treeOf } from '../../unit/setup/changes/places.ts';

const GitSchema = z.strictObject({
  before: z.array(z.string()).nullable(),
  after: z.array(z.string()).nullable(),
});
const PlannedSchema = z.strictObject({
  workspace: z.string(),
  action: z.enum(['dry-run', 'apply']),
  way: z.enum(['flags', 'edits']),
  files: z.array(FileDiffSchema),
  lines: z.number(),
  arguments: z.array(z.string()),
  refusals: z.array(RefusalSchema),
  ways: z.array(WaySchema),
  checks: z.array(CheckSchema),
  applied: AppliedSchema.nullable(),
  git: GitSchema,
});
const RevertedSchema = z.strictObject({
  workspace: z.string(),
  action: z.literal('revert'),
  way: z.enum(['flags', 'edits']),
  files: z.array(z.string()),
  conflicts: z.array(ConflictSchema),
  reverted: z.boolean(),
  git: GitSchema,
});

interface Place {
  root: string;
  data: string;
  setup(...args: string[]): Promise<Printed>;
  /** The hash of all that lies in the workspace, but for the lock file, which cargo writes where it is asked anything. */
  hash(): Promise<string>;
}

async function family(): Promise<Place> {
  const folder = await temporaryFolder();
  const root = join(folder, 'server');
  const data = join(folder, 'data');
  await writeFamily(root);
  return {
    root,
    data,
    setup: (...args) => hotdeck('setup', root, '--data', data, ...args),
    hash: async () => {
      const { 'Cargo.lock': _, ...tree } = await treeOf(root);
      return createHash('sha256').update(JSON.stringify(tree)).digest('hex');
    },
  };
}

const parsed = <T>(schema: z.ZodType<T>, { stdout, stderr }: Printed): T => {
  expect(stderr).toBe('');
  return schema.parse(JSON.parse(stdout));
};

const FILES = ['admin', 'api', 'core', 'database', 'router', 'service'].map(
  (name) => `src/${name}/Cargo.toml`,
);
FILES.unshift('Cargo.toml');

describe('manifests in the way of the family', () => {
  test('a dry run lists 7 files and 68 lines, and changes nothing', async () => {
    const { root, data, setup, hash } = await family();
    const before = await hash();
    const plan = parsed(PlannedSchema, await setup('--dry-run', '--json'));
    expect(plan).toMatchObject({
      workspace: root,
      action: 'dry-run',
      way: 'edits',
      lines: 68,
      applied: null,
    });
    expect(plan.files.map(({ file }) => file).sort()).toEqual(FILES);
    expect(
      plan.files.flatMap(({ hunks }) => hunks.flat()).filter(({ kind }) => kind === 'added'),
    ).toHaveLength(68);
    expect(plan.git).toEqual({ before: null, after: null });
    const { code, stdout } = await setup();
    expect(code).toBe(0);
    expect(stdout).toContain('edits: 7 files, 68 lines');
    expect(stdout).toContain('Nothing was changed. To change 7 files, 68 lines, run: hotdeck setup ');
    expect(stdout).toContain('--- a/src/api/Cargo.toml\n+++ b/src/api/Cargo.toml\n@@ ');
    expect(stdout).toContain('\n-#\t"dylib",\n+\t"dylib",\n');
    expect(stdout).not.toContain('\x1b');
    expect(await hash()).toBe(before);
    await expect(readFile(data)).rejects.toThrow('ENOENT');
  });

  test('applied, applied once more, and taken back to the last byte', async () => {
    const { setup, hash } = await family();
    const before = await hash();
    const applied = parsed(PlannedSchema, await setup('--apply', '--json'));
    expect(applied).toMatchObject({
      action: 'apply',
      lines: 68,
      applied: { way: 'edits', lines: 68, conflicts: [] },
    });
    const after = await hash();
    expect(after).not.toBe(before);
    expect(await setup('--apply')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing to do: this setup is already in place.'),
    });
    expect(await hash()).toBe(after);
    const reverted = await setup('--revert', '--json');
    expect(reverted.code).toBe(0);
    expect(parsed(RevertedSchema, reverted)).toMatchObject({ way: 'edits', reverted: true, conflicts: [] });
    expect(await hash()).toBe(before);
    expect(await setup('--revert')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Hotdeck has no setup to revert'),
    });
  });

  test('with CRLF: the same, and every line ending stays', async () => {
    const { root, setup, hash } = await family();
    for (const [file, text] of Object.entries(familyManifests({ ending: '\r\n' }))) {
      await writeFile(join(root, file), text);
    }
    const before = await hash();
    expect(parsed(PlannedSchema, await setup('--json'))).toMatchObject({ lines: 68 });
    expect(await setup('--apply')).toMatchObject({ code: 0 });
    expect((await readFile(join(root, 'Cargo.toml'), 'latin1')).replaceAll('\r\n', '')).not.toContain('\n');
    expect(await setup('--revert')).toMatchObject({ code: 0 });
    expect(await hash()).toBe(before);
  });

  test('the way without most edits, then the other on top: back to before both', async () => {
    const { setup, hash } = await family();
    const before = await hash();
    const flags = parsed(PlannedSchema, await setup('--apply', '--way', 'flags', '--json'));
    expect(flags).toMatchObject({ way: 'flags', lines: 6, applied: { way: 'flags', lines: 6 } });
    expect(flags.arguments.join(' ')).toContain('conduwuit_mods');
    expect(parsed(PlannedSchema, await setup('--apply', '--json')).applied).toMatchObject({
      way: 'edits',
      lines: 68,
    });
    expect(await setup('--revert')).toMatchObject({ code: 0 });
    expect(await hash()).toBe(before);
  });

  test('a file that was edited since is asked about', async () => {
    const { root, setup, hash } = await family();
    await setup('--apply');
    await appendFile(join(root, 'Cargo.toml'), '# mine\n');
    const before = await hash();
    const asked = await setup('--revert');
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain('Cargo.toml was edited since setup');
    expect(asked.stdout).toContain('\n+# mine\n');
    expect(asked.stdout).toContain('with this file: --on-conflict merged, original or current.');
    const again = await setup();
    expect(again.stdout).toContain('--revert --on-conflict CHOICE reverts');
    const json = await setup('--revert', '--json');
    expect(json.code).toBe(1);
    expect(parsed(RevertedSchema, json)).toMatchObject({
      reverted: false,
      conflicts: [{ file: 'Cargo.toml', merged: `${familyManifests()['Cargo.toml']}# mine\n` }],
    });
    expect(await hash()).toBe(before);
    expect(await setup('--revert', '--on-conflict', 'merged')).toMatchObject({ code: 0 });
    expect(await readFile(join(root, 'Cargo.toml'), 'latin1')).toBe(
      `${familyManifests()['Cargo.toml']}# mine\n`,
    );
    expect(await readFile(join(root, FILES[1] ?? ''), 'latin1')).toBe(familyManifests()[FILES[1] ?? '']);
  });

  test('where the edits touch the same lines, merged is not offered', async () => {
    const { root, setup } = await family();
    await setup('--apply');
    const file = join(root, 'Cargo.toml');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', ' # mine\n'));
    const asked = await setup('--revert', '--on-conflict', 'merged');
    expect(asked).toMatchObject({ code: 1 });
    expect(asked.stdout).toContain('--on-conflict merged isn’t possible here.');
    expect(asked.stdout).toContain('with this file: --on-conflict original or current.');
    expect(await setup('--revert', '--on-conflict', 'current')).toMatchObject({ code: 0 });
  });

  test('the app’s folder is found without being named', async () => {
    const { root, setup } = await family();
    await setup('--apply');
    const folder = await temporaryFolder();
    await symlink(join(root, '../data'), join(folder, 'hotdeck'));
    process.env.XDG_CONFIG_HOME = folder;
    try {
      expect(await hotdeck('setup', root, '--revert')).toMatchObject({ code: 0 });
    } finally {
      delete process.env.XDG_CONFIG_HOME;
    }
  });
});

test('check prints the checks of the setup, group by group', async () => {
  const { root, data } = await family();
  const { code, stdout } = await hotdeck('check', root, '--data', data);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Setup checks: \d+ problems, /);
  const groups = stdout.split('\n').filter((line) => /^ {2}[a-z]+$/.test(line));
  expect(groups.map((line) => line.trim())).toEqual([
    'platform',
    'toolchain',
    'workspace',
    'linker',
    'server',
  ]);
  expect(stdout).toMatch(/^ {4}problem {2}.+: Not done in Cargo\.toml\.\n {13}.+\n {13}What to do: /m);
  const json = await hotdeck('check', root, '--data', data, '--json');
  const { checks } = z.object({ checks: z.array(CheckSchema) }).parse(JSON.parse(json.stdout));
  expect(new Set(checks.map(({ group }) => group))).toContain('linker');
});

test('whoever reads along may stop reading', async () => {
  const { root, data } = await family();
  const cli = join(checkoutRoot(), 'dist/main/cli.js');
  const { stderr } = spawnSync(
    'sh',
    ['-c', '"$@" | head -c 1 >&2', 'sh', process.execPath, cli, 'setup', root, '--data', data, '--json'],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('{');
});

test('bad use exits with 2, a folder that is not there or holds nothing with 1', async () => {
  const { root } = await family();
  for (const args of [
    [],
    [root, root],
    [root, '--apply', '--revert'],
    [root, '--dry-run', '--apply'],
    [root, '--way', 'magic'],
    [root, '--revert', '--way', 'flags'],
    [root, '--on-conflict', 'merged'],
    [root, '--revert', '--on-conflict', 'mine'],
    [root, '--data'],
    [root, '--nonsense'],
  ]) {
    const { code, stdout, stderr } = await hotdeck('setup', ...args);
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toContain('Usage:');
  }
  expect(await hotdeck('setup', join(root, 'nowhere'))).toMatchObject({ code: 1, stdout: '' });
  const empty = await temporaryFolder();
  expect(await hotdeck('setup', empty, '--data', empty)).toMatchObject({ code: 1 });
});
