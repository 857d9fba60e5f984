/** Real projects of hot-lib-reloader: opened, started, edited, and watched while they swap by themselves. */
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { editFile, setConstant, writeFiles } from '../../support/fixtures/files.ts';
import {
  builtCrates,
  HOT_LIB_ENVIRONMENT,
  type HotLibShape,
  writeHotLib,
} from '../../support/fixtures/hotLib.ts';
import { temporaryFolder } from '../../support/folders.ts';

interface Project {
  client: EngineClient;
  root: string;
}

/** Opens a project. @param env on top of the test's own. */
async function open(root: string, env: Record<string, string> = {}): Promise<Project> {
  const client = startEngine({ ...process.env, ...HOT_LIB_ENVIRONMENT, ...env });
  onTestFinished(() => client.close());
  await client.open(root);
  return { client, root };
}

/** Builds and starts it, and waits until its library has run. */
async function start({ client }: Project): Promise<void> {
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('running', ({ server }) => server.name === 'running');
  await client.untilText('server', /^one \d+\s/m);
  await client.until('loaded', ({ modules }) => modules.lib?.state === 'loaded');
}

/** No setup is missing, and none is offered. */
async function expectNoSetup({ client }: Project): Promise<void> {
  expect(client.session.mode).toEqual({ name: 'modules' });
  expect(client.session.graph.order).toEqual(['lib']);
  const { kind, checks, ways } = await client.query('setup', {});
  expect(kind).toMatchObject({ kind: 'hot-lib-reloader', evidence: 'bin depends on hot-lib-reloader.' });
  expect(checks.filter(({ state }) => state === 'problem' || state === 'warning')).toEqual([]);
  expect(ways).toEqual([]);
}

/** Edits the library, and waits until the program has it. */
async function editAndSwap({ client, root }: Project): Promise<void> {
  const pid = runningPid(client.session);
  await setConstant(join(root, 'lib/src/lib.rs'), 'TEXT', 'two');
  await client.untilText('server', /^two \d+\s/m);
  const { lastReload } = await client.until('the verdict', ({ lastReload: last }) => last?.took != null);
  expect(lastReload).toMatchObject({ verdict: 'swapped', swapped: ['lib'] });
  await client.until('up to date', (session) => session.modules.lib?.state === 'loaded');
  expect(runningPid(client.session)).toBe(pid);
  expect(client.session.notices).toEqual([]);
}

// Compiling what comes from the registry is no part of any test.
beforeAll(async () => {
  await builtCrates();
}, 400_000);

test.each<HotLibShape>(['minimal', 'all-options', 'reload-events', 'reload-feature', 'serialized-state'])(
  '%s',
  async (shape) => {
    const root = await temporaryFolder();
    await writeHotLib(root, shape);
    const project = await open(root);
    await start(project);
    await expectNoSetup(project);
    await editAndSwap(project);
  },
);

test('with another target directory, where the program looks for it', async () => {
  const [root, folder] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  const target = join(folder, 'out');
  await writeHotLib(root, 'all-options', target);
  const usual = 'concat!(env!("CARGO_MANIFEST_DIR"), "/target/debug")';
  await editFile(join(root, 'src/main.rs'), usual, `"${target}/debug"`);
  const project = await open(root, { CARGO_TARGET_DIR: target });
  await start(project);
  await expectNoSetup(project);
  await editAndSwap(project);
});

test('with another target directory than the program looks into: that is said, until it finds it', async () => {
  const root = await temporaryFolder();
  await writeHotLib(root, 'minimal', 'out');
  await writeFiles(root, { '.cargo/config.toml': '[build]\ntarget-dir = "out"\n' });
  const project = await open(root);
  const { client } = project;
  const message = expect.stringContaining(
    'look for liblib.so in target/debug, and cargo puts it into out/debug',
  );
  expect(client.session.notices).toMatchObject([{ kind: 'opens-elsewhere', message }]);
  await mkdir(join(root, 'target'));
  await symlink('../out/debug', join(root, 'target/debug'));
  expect(await client.request('retryOpen', {})).toEqual({ ok: true });
  expect(client.session.notices).toEqual([]);
  await start(project);
  await expectNoSetup(project);
  await editAndSwap(project);
});
