/** Servers that open copies of what was built: under a number, elsewhere, without a name, or deleted at once. */
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SessionState } from '#shared/contract.ts';
import { checkCommand } from '../../../main/cli/check.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { askHost, copyBuiltHost, type HostShape } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function serving(shape: HostShape): Promise<{ client: EngineClient; root: string; answer: string }> {
  const root = await temporaryFolder();
  const answer = join(root, 'answer');
  await copyBuiltHost(
    root,
    'plain',
    { ready: 'ready', signal: 'USR1', answer, ...shape },
    {
      signals: { reload: 'SIGUSR1', shutdown: 'SIGTERM' },
    },
  );
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('running', ({ server }) => server.name === 'running');
  return { client, root, answer };
}

const stateOf = ({ modules }: SessionState) => [modules.left?.state, modules.right?.state];

async function edited(client: EngineClient, root: string, version: string): Promise<void> {
  await setVersion(join(root, 'left'), version);
  await client.until(
    'left stale',
    ({ modules, build }) => modules.left?.state === 'stale' && build.name === 'ok',
  );
}

async function reloaded(client: EngineClient, number: number): Promise<SessionState> {
  expect(await client.request('reload', {})).toEqual({ ok: true });
  return client.until(
    'the reload',
    ({ lastReload, server }) =>
      lastReload?.number === number && lastReload.verdict !== 'running' && server.name === 'running',
  );
}

describe.each([
  ['a numbered copy', 'numbered', /libleft-hot-\d+\.so$/],
  ['a copy in a temporary folder', 'temporary', /left/],
  ['an anonymous file', 'memfd', /memfd:/],
  ['a file that is deleted at once', 'deleted', /left/],
] as const)('%s', (_, open, path) => {
  test('is the module that it was made of: before an edit, after it, and after a reload', async () => {
    const { client, root, answer } = await serving({ open });
    await client.until('both loaded', (session) => stateOf(session).every((state) => state === 'loaded'));
    const { left } = client.session.modules;
    expect(left?.image?.copy?.path).toMatch(path);
    expect(left?.image).toMatchObject({ witness: 'content', code: left?.artifact?.code, copy: { older: 0 } });
    expect(client.session.plan).toMatchObject({ unload: [], findings: [] });

    await edited(client, root, '2');
    expect(client.session.plan.unload).toEqual(['left']);
    expect(stateOf(client.session)).toEqual(['stale', 'loaded']);
    // What runs is known for the build that it is, though its file was replaced.
    expect(client.session.modules.left?.image).toMatchObject({ witness: 'content' });
    expect(client.session.modules.left?.image?.builtAt).toBeLessThan(
      client.session.modules.left?.builtAt ?? 0,
    );

    const session = await reloaded(client, 1);
    expect(session.lastReload).toMatchObject({ verdict: 'swapped', swapped: ['left'], stayed: [] });
    expect(await askHost(answer)).toContain('left 2');
    await client.until('both loaded again', (now) => stateOf(now).every((state) => state === 'loaded'));
    expect(client.session.plan.unload).toEqual([]);
  });
});

test('old copies that a server never closes are counted, and are not stuck', async () => {
  const { client, root, answer } = await serving({ open: 'numbered', leak: true });
  for (const number of [1, 2]) {
    await edited(client, root, String(number + 1));
    const { lastReload } = await reloaded(client, number);
    expect(lastReload).toMatchObject({ verdict: 'swapped', swapped: ['left'], stayed: [], stuck: [] });
    expect(lastReload?.message).toContain(`${number === 1 ? 'one old copy' : '2 old copies'} of left`);
    await client.until('loaded', ({ modules }) => modules.left?.state === 'loaded');
    expect(client.session.modules.left?.image?.copy?.older).toBe(number);
    expect(await askHost(answer)).toContain(`left ${number + 1}`);
  }
});

test('a server that reloads by itself is seen to swap its copies', async () => {
  const { client, root, answer } = await serving({ open: 'numbered', trigger: 'poll' });
  await setVersion(join(root, 'left'), '2');
  const session = await client.until(
    'swapped',
    ({ lastReload, build }) => lastReload?.verdict === 'swapped' && build.name === 'ok',
  );
  expect(session.lastReload).toMatchObject({ cause: 'outside', swapped: ['left'] });
  await client.until('loaded', ({ modules }) => modules.left?.state === 'loaded');
  expect(await askHost(answer)).toContain('left 2');
});

test('`check --pid` knows a copy for what it is, whoever started the server', async () => {
  const { client, root } = await serving({ open: 'memfd' });
  const data = await temporaryFolder();
  const pid = String(runningPid(client.session));
  const planned = async (): Promise<unknown> => {
    const outcome = await checkCommand([root, '--pid', pid, '--data', data, '--json']);
    return outcome.kind === 'printed' ? JSON.parse(outcome.text).plan : outcome;
  };
  expect(await planned()).toMatchObject({ unload: [], leftBehind: [] });
  await edited(client, root, '2');
  expect(await planned()).toMatchObject({ unload: ['left'], leftBehind: [] });
});
