/** What is new, and what the server takes for new: two questions, in plan, verdict and "Reload anyway". */
import { copyFile, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { LastReload, Newness } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { builtSample } from '../../support/fixtures/depot.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { askHost, copyBuiltHost } from '../../support/fixtures/hosts/hosts.ts';
import { build } from '../../support/fixtures/program.ts';
import { setEnvironment } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { madeOnce } from '../../support/madeOnce.ts';

let second = '';
beforeAll(async () => {
  second = await madeOnce('host-plain-second', async (folder) => {
    await copyBuiltHost(folder, 'plain');
    await setVersion(join(folder, 'left'), '2');
    await build(folder);
  });
});

const LEFT = 'target/debug/libleft.so';

async function running(client: EngineClient, root: string): Promise<EngineClient> {
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  return client;
}

async function host(
  newness: Newness,
): Promise<{ client: EngineClient; root: string; ask(): Promise<unknown> }> {
  const root = await temporaryFolder();
  const answer = join(root, 'answer');
  const shape = { ready: 'Listening on nothing', newness, answer, rule: 'stack' } as const;
  await copyBuiltHost(root, 'plain', shape, { new: newness, rule: 'stack' });
  const client = startEngine();
  onTestFinished(() => client.close());
  await running(client, root);
  await client.until('all in', ({ modules }) => modules.right?.state === 'loaded');
  return { client, root, ask: () => askHost(answer) };
}

async function reload(
  client: EngineClient,
  params: { modules?: string[]; anyway?: boolean },
): Promise<LastReload> {
  const before = client.session.lastReload?.number ?? 0;
  expect(await client.request('reload', params)).toEqual({ ok: true });
  const { lastReload } = await client.until(
    'the verdict',
    (session) => session.lastReload?.took != null && session.lastReload.number > before,
  );
  if (lastReload === null) throw new Error('There was no reload.');
  return lastReload;
}

/** Puts the second version of `left` there with this time, as `cp -p` does with an old one. */
async function putBack(root: string, time: Date): Promise<void> {
  const file = join(root, LEFT);
  await copyFile(join(second, LEFT), `${file}.new`);
  await utimes(`${file}.new`, time, time);
  await rename(`${file}.new`, file);
}

const LONG_AGO = new Date('2001-09-09T01:46:40Z');

/** `left` lies below `right` in the stack: both have to be taken. */
const touch = async (root: string, name: string): Promise<void> => {
  const now = new Date();
  await utimes(join(root, `target/debug/lib${name}.so`), now, now);
};

describe('newer-time', () => {
  test('another code that is not newer: not taken, said, made newer on request', async () => {
    const { client, root, ask } = await host('newer-time');
    await touch(root, 'right');
    await putBack(root, LONG_AGO);
    const { plan } = await client.until('it is seen', (session) => session.plan.leftBehind.length > 0);
    expect(plan).toMatchObject({
      leftBehind: ['left'],
      notTaken: ['left'],
      unload: ['right'],
      unchanged: ['right'],
    });
    expect(plan.reasons.left).toContain('its file is no newer than when it was loaded');

    // By the kernel's and the server's own word.
    process.kill('pid' in client.session.server ? client.session.server.pid : 0, 'SIGINT');
    await client.untilText('server', /unload right[\s\S]*Listening/);
    expect(await ask()).toEqual(['left 1', 'right 1']);
    await client.until(
      'it is over',
      ({ lastReload, server }) => lastReload?.took !== null && server.name === 'running',
    );

    await client.request('reload', {});
    const notice = (await client.until('it is said', ({ notices }) => notices.length > 0)).notices[0];
    expect(notice).toMatchObject({ kind: 'nothing-stale', actions: ['reload-anyway'], modules: ['left'] });
    expect(notice?.message).toContain('to the server its file is not new');

    const before = await stat(join(root, LEFT));
    expect(await reload(client, { anyway: true })).toMatchObject({
      verdict: 'swapped',
      swapped: expect.arrayContaining(['left']),
    });
    const after = await stat(join(root, LEFT));
    expect(after.ino).toBe(before.ino);
    expect(after.mtimeMs).toBeGreaterThan(before.mtimeMs);
    expect(await ask()).toEqual(['left 2', 'right 1']);
  });

  test('touched, the same code: the plan says that it is swapped unchanged, and so does the verdict', async () => {
    const { client, root } = await host('newer-time');
    await touch(root, 'right');
    const { plan } = await client.until('it is seen', (session) => session.plan.unload.length > 0);
    expect(plan).toMatchObject({ unload: ['right'], unchanged: ['right'], leftBehind: [] });
    expect(client.session.modules.right?.state).toBe('loaded');
    const last = await reload(client, { anyway: true });
    expect(last).toMatchObject({ verdict: 'nothing', swapped: [], stayed: [] });
    expect(last.message).toMatch(
      /^Nothing new was swapped\. (right came back with the code it had|Whether right was opened again can't be seen)/,
    );
    // It has loaded it: the same file is no news to it any more.
    await client.until('nothing is planned', (session) => session.plan.unload.length === 0);
  });
});

test('file-identity: an older file is taken as well, and the same code in a new one', async () => {
  const { client, root, ask } = await host('file-identity');
  const right = join(root, 'target/debug/libright.so');
  await copyFile(right, `${right}.new`);
  await rename(`${right}.new`, right);
  await putBack(root, LONG_AGO);
  await client.until('it is seen', ({ plan }) => plan.unload.includes('left'));
  expect(client.session.plan).toMatchObject({
    unload: ['right', 'left'],
    unchanged: ['right'],
    notTaken: [],
  });
  expect(await reload(client, {})).toMatchObject({
    verdict: 'swapped',
    swapped: expect.arrayContaining(['left']),
  });
  expect(await ask()).toEqual(['left 2', 'right 1']);
});

test('content: the same code can’t be made to look new, and it is said why', async () => {
  const { client, root } = await host('content');
  await touch(root, 'right');
  await client.request('reload', {});
  const { notices } = await client.until('it is said', (session) => session.notices.length > 0);
  expect(notices[0]).toMatchObject({ kind: 'nothing-stale', actions: [] });
  expect(client.session.plan.unload).toEqual([]);
  expect(await client.request('reload', { anyway: true })).toMatchObject({
    ok: false,
    failure: { kind: 'same-content', remedy: expect.stringContaining('restart') },
  });
});

test('the sample can do as conduwuit does', async () => {
  const root = await builtSample((dir) =>
    setEnvironment(dir, { DEPOT_NEW: 'newer-time' }, { new: 'newer-time' }),
  );
  const client = startEngine();
  onTestFinished(() => client.close());
  await running(client, root);
  const router = join(root, 'target/debug/libdepot_router.so');
  const now = new Date();
  await utimes(router, now, now);
  const { plan } = await client.until('it is seen', (session) => session.plan.unload.length > 0);
  expect(plan).toMatchObject({ unload: ['depot_router'], unchanged: ['depot_router'] });
  const last = await reload(client, { anyway: true });
  expect(last).toMatchObject({ verdict: 'nothing', stayed: [] });
  await client.untilText('server', /depot_router: Module unloading[\s\S]*depot_router: Module loaded/);
  // What the maps can't show, the log tells.
  expect(last.message).toMatch(
    /router came back with the code it had|The log says that router was loaded again/,
  );
  await client.until('nothing is planned', (session) => session.plan.unload.length === 0);

  // "Reload anyway" where nothing was touched: a newer time, and the whole stack goes.
  const { ino } = await stat(router);
  const all = await reload(client, { anyway: true });
  expect(all.plan.unload).toHaveLength(5);
  expect(all.plan.unchanged).toHaveLength(5);
  expect((await stat(router)).ino).toBe(ino);
});
