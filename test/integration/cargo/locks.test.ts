/** A build that waits for a lock that another, real cargo holds: said, not counted, and it can be cancelled. */
import { spawn } from 'node:child_process';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BuildRecord, BuildState } from '#shared/contract.ts';
import type { EngineClient } from '../../support/engine.ts';
import { startEngineChild } from '../../support/engineChild.ts';
import { inFolder, packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

type Waiting = NonNullable<Extract<BuildState, { name: 'building' }>['waiting']>;

/** As long as there is a file `hold`, whoever builds `slow` holds the lock of the build directory. */
const BUILD_SCRIPT = `fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    while std::path::Path::new("../hold").exists() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
`;

async function writeWorkspace(root: string, settings: object): Promise<void> {
  await writeFiles(root, {
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "slow"]\n',
    'hotdeck.json': JSON.stringify(settings),
    ...inFolder('app', { 'Cargo.toml': packageTable('app'), 'src/main.rs': 'fn main() {}\n' }),
    ...inFolder('slow', {
      'Cargo.toml': packageTable('slow'),
      'build.rs': BUILD_SCRIPT,
      'src/lib.rs': '\n',
    }),
  });
  await writeFile(join(root, 'hold'), '');
}

async function opened(settings: object = {}): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  await writeWorkspace(root, settings);
  // A process of its own: what these tests start is none of its.
  const client = await startEngineChild([], { HOTDECK_TEST_DATA: await temporaryFolder() });
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  return { client, root };
}

/** Has this command run, and its build script wait; ended with the test. */
async function holdBy(root: string, command: string, words: readonly string[]): Promise<void> {
  const child = spawn(command, words, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let said = '';
  const works = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Compiling slow')) resolve();
    });
    void ended.then(() => reject(new Error(`It ended before it held the lock: ${said}`)));
  });
  onTestFinished(async () => {
    await rm(join(root, 'hold'), { force: true });
    await ended;
  });
  await works;
}

async function untilWaiting(client: EngineClient, whom: RegExp): Promise<Waiting> {
  const isIt = ({ build }: { build: BuildState }): boolean =>
    build.name === 'building' && whom.test(build.waiting?.for ?? '');
  const { build } = await client.until('waiting', isIt);
  if (build.name !== 'building' || build.waiting === undefined) throw new Error('It does not wait.');
  return build.waiting;
}

async function lastBuild(client: EngineClient): Promise<BuildRecord | undefined> {
  const { items } = await client.query('historyList', {
    kinds: ['build'],
    wrong: false,
    first: null,
    around: null,
    most: 10,
  });
  const id = items.at(-1)?.entry.id;
  if (id === undefined) return undefined;
  const { record } = await client.query('historyRecord', { id });
  return record.kind === 'build' ? record : undefined;
}

test('for a cargo of a shell: who it is, what helps, and how long; the time is neither worked nor recorded as such', async () => {
  const { client, root } = await opened();
  await holdBy(root, 'bash', ['-c', 'cargo build -p slow; true']);
  const began = performance.now();
  const asked = client.request('build', {});
  const waiting = await untilWaiting(client, /another cargo/);
  const seen = performance.now();
  expect(waiting.message).toMatch(
    /^The build is waiting for the lock on the (build|artifact) directory, held by cargo build \(process \d+, started by bash\)\.$/,
  );
  expect(waiting.remedy).toBe('The build continues when the process that holds the lock releases it.');
  await client.until('told', ({ notices }) => notices.some(({ kind }) => kind === 'build-waits'));
  const held = performance.now() - seen;
  await rm(join(root, 'hold'));
  await asked;
  const whole = performance.now() - began;
  const { build, notices } = client.session;
  if (build.name !== 'ok') throw new Error(`The build is ${build.name}.`);
  expect(notices.some(({ kind }) => kind === 'build-waits')).toBe(false);
  expect(build.took).toBeLessThanOrEqual(whole - held);
  await expect.poll(async () => (await lastBuild(client))?.outcome).toBe('ok');
  const record = await lastBuild(client);
  expect(record?.waited).toBeGreaterThanOrEqual(Math.floor(held));
  expect((record?.waited ?? 0) + (record?.took ?? 0)).toBeLessThanOrEqual(Math.ceil(whole));
  for (const { ended } of record?.compiled ?? []) expect(ended).toBeLessThanOrEqual(record?.took ?? 0);
});

test('for rust-analyzer, by a cargo that says nothing; it can be cancelled meanwhile', async () => {
  const { client, root } = await opened({ build: { arguments: ['--workspace', '-q'] } });
  // There is none here: a shell of this name starts its cargo.
  const analyzer = join(await temporaryFolder(), 'rust-analyzer');
  await copyFile('/bin/sh', analyzer);
  await holdBy(root, analyzer, ['-c', 'cargo check -p slow; true']);
  const asked = client.request('build', {});
  const waiting = await untilWaiting(client, /rust-analyzer/);
  expect(waiting.message).toMatch(/held by rust-analyzer \(cargo check, process \d+\)\.$/);
  expect(waiting.remedy).toContain('rust-analyzer.cargo.targetDir');
  await client.request('cancelBuild', {});
  await asked;
  expect(client.session.build.name).toBe('idle');
  await expect.poll(async () => (await lastBuild(client))?.outcome).toBe('cancelled');
  expect((await lastBuild(client))?.waited).toBeGreaterThan(0);
});
