/** A server that is more than one process: whatever any of them has mapped counts. */
import { readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LastReload } from '#shared/contract.ts';
import { familyOf } from '../../../main/engine/process/processTree.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { builtSample } from '../../support/fixtures/depot.ts';
import { forkAllTheTime, keepInChild, wrapServer } from '../../support/fixtures/family.ts';
import { setGreeting } from '../../support/fixtures/sample.ts';

const ABOVE = ['depot_api', 'depot_admin', 'depot_router'];

async function run(
  prepare: (root: string) => Promise<void>,
): Promise<{ client: EngineClient; root: string }> {
  const root = await builtSample(prepare);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  return { client, root };
}

async function reloadEdited(client: EngineClient, root: string): Promise<LastReload> {
  const before = client.session.lastReload?.number ?? 0;
  await setGreeting(root, 'api', `Edited at ${Date.now()}`);
  await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  await client.request('reload', {});
  const { lastReload } = await client.until(
    'the verdict',
    (session) => session.lastReload?.took != null && session.lastReload.number > before,
  );
  if (lastReload === null) throw new Error('There was no reload.');
  return lastReload;
}

/** The address ranges of a process whose file has this inode, from the kernel itself. */
async function rangesOf(pid: number, inode: string): Promise<string[]> {
  const lines = (await readFile(`/proc/${pid}/maps`, 'utf8')).split('\n');
  return lines.filter((line) => line.split(/ +/)[4] === inode).flatMap((line) => line.split(' ')[0] ?? []);
}

describe('a child that was forked before the reload', () => {
  test('holds the old images: the verdict is stuck, and says where; when it ends, all is fresh', async () => {
    const { client, root } = await run(keepInChild);
    const server = runningPid(client.session);
    const child = familyOf(server)[1];
    if (child === undefined) throw new Error('It has no child.');
    const before = client.session.modules.depot_api?.image?.inode ?? '';

    const last = await reloadEdited(client, root);
    expect(last).toMatchObject({ verdict: 'stuck', evidence: 'maps', stayed: ABOVE, disagreements: [] });
    expect(last.message).toContain(`still mapped in its child process ${child}`);
    expect(last.stuck.map(({ module, pid }) => [module, pid])).toEqual(ABOVE.map((name) => [name, child]));
    const [api] = last.stuck;
    expect(api).toMatchObject({ inode: before, holder: null });
    expect((await rangesOf(child, before))[0]).toBe(api?.address);
    expect(await rangesOf(server, before)).toEqual([]);
    await client.until('it looks stuck', ({ modules }) => modules.depot_api?.state === 'stuck');
    expect(client.session.modules.depot_api?.reason).toContain(`in the child process ${child}`);

    process.kill(child, 'SIGTERM');
    const after = await client.until('all fresh', ({ modules }) =>
      ABOVE.every((name) => modules[name]?.state === 'loaded'),
    );
    // That an image went with its process is no reload.
    expect(after.lastReload?.number).toBe(1);
    expect(await reloadEdited(client, root)).toMatchObject({ verdict: 'swapped', number: 2 });
  });
});

describe('children that are on their way to another program', () => {
  test('change nothing: a reload is swapped, and nothing else looks like one', async () => {
    const { client, root } = await run(forkAllTheTime);
    for (const number of [1, 2, 3]) {
      expect(await reloadEdited(client, root)).toMatchObject({
        number,
        verdict: 'swapped',
        swapped: ABOVE,
        stuck: [],
        deviations: [],
      });
    }
    await client.until('fresh', ({ plan }) => plan.unload.length === 0);
    expect(client.session.lastReload?.number).toBe(3);
  });
});

describe('a server behind another program', () => {
  test('is seen, swapped, and ends with it', async () => {
    const { client, root } = await run(wrapServer);
    const wrapper = runningPid(client.session);
    await client.until('loaded', ({ modules }) => modules.depot_api?.state === 'loaded');
    const last = await reloadEdited(client, root);
    expect(last).toMatchObject({ verdict: 'swapped', evidence: 'maps', swapped: ABOVE });
    await client.request('shutdown', {});
    const { server } = await client.until('stopped', (session) => session.server.name !== 'stopping');
    expect(server.name).toBe('stopped');
    expect(() => process.kill(-wrapper, 0)).toThrow('ESRCH');
  });

  test('is not called its child where a module is stuck', async () => {
    const { client, root } = await run((dir) => wrapServer(dir, { DEPOT_FAIL: 'stuck' }));
    const last = await reloadEdited(client, root);
    expect(last).toMatchObject({ verdict: 'stuck', stayed: ['depot_api'] });
    expect(last.message).not.toContain('child');
    const [, server] = familyOf(runningPid(client.session));
    expect(last.stuck).toMatchObject([{ module: 'depot_api', pid: server }]);
    expect(last.stuck[0]?.holder).not.toBeNull();
  });
});
