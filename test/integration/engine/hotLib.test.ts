/** Real projects of hot-lib-reloader: opened, started, edited, and watched while they swap by themselves. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { setConstant } from '../../support/fixtures/files.ts';
import { HOT_LIB_ENVIRONMENT, type HotLibShape, writeHotLib } from '../../support/fixtures/hotLib.ts';
import { temporaryFolder } from '../../support/folders.ts';

interface Project {
  client: EngineClient;
  root: string;
}

/** Opens a project, and starts it. */
async function start(
  shape: HotLibShape,
  env: Record<string, string> = {},
  target?: string,
): Promise<Project> {
  const root = await temporaryFolder();
  await writeHotLib(root, shape, target);
  const client = startEngine({ ...process.env, ...HOT_LIB_ENVIRONMENT, ...env });
  onTestFinished(() => client.close());
  await client.open(root);
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('running', ({ server }) => server.name === 'running');
  await client.untilText('server', /^one 1\s/m);
  return { client, root };
}

/** No set-up is missing, and none is offered. */
async function expectNoSetup(client: EngineClient): Promise<void> {
  const { kind, checks, ways } = await client.query('setup', {});
  expect(kind).toMatchObject({ kind: 'hot-lib-reloader', evidence: 'bin depends on hot-lib-reloader.' });
  expect(checks.filter(({ state }) => state === 'problem')).toEqual([]);
  expect(ways).toEqual([]);
}

/** Edits the library, and waits until the program has it. */
async function editAndSwap({ client, root }: Project): Promise<void> {
  const pid = runningPid(client.session);
  await setConstant(join(root, 'lib/src/lib.rs'), 'TEXT', 'two');
  await client.untilText('server', /^two \d+\s/m);
  const { lastReload } = await client.until('the verdict', ({ lastReload: last }) => last?.took != null);
  expect(lastReload).toMatchObject({ verdict: 'swapped', swapped: ['lib'] });
  const { modules } = await client.until('up to date', (session) => session.modules.lib?.state === 'loaded');
  expect(modules.lib).toMatchObject({ state: 'loaded' });
  expect(runningPid(client.session)).toBe(pid);
}

test.each<HotLibShape>(['minimal', 'all-options', 'reload-events', 'reload-feature', 'serialized-state'])(
  '%s',
  async (shape) => {
    const project = await start(shape);
    const { session } = project.client;
    expect(session.mode).toEqual({ name: 'modules' });
    expect(session.graph.order).toEqual(['lib']);
    await project.client.until('loaded', ({ modules }) => modules.lib?.state === 'loaded');
    await expectNoSetup(project.client);
    await editAndSwap(project);
    expect(project.client.session.notices).toEqual([]);
  },
);
