/** What goes wrong in the world: each thing has a message of its own, and the engine goes on. */
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { builtSample } from '../../support/fixtures/depot.ts';
import { copySample } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

function engine(env?: NodeJS.ProcessEnv): EngineClient {
  const client = startEngine(env);
  onTestFinished(() => client.close());
  return client;
}

async function sample(): Promise<string> {
  const root = await temporaryFolder();
  await copySample(root);
  return root;
}

async function settings(root: string, value: object): Promise<void> {
  await writeFile(join(root, 'hotdeck.json'), JSON.stringify({ rule: 'stack', ...value }));
}

describe('a folder that is no workspace Hotdeck can open', () => {
  test.each([
    ['no folder', 'missing-folder', async (root: string) => rm(root, { recursive: true })],
    ['no Cargo.toml', 'no-cargo-toml', async (root: string) => rm(join(root, 'Cargo.toml'))],
    [
      'a broken manifest',
      'broken-manifest',
      async (root: string) => writeFile(join(root, 'Cargo.toml'), '[workspace\n'),
    ],
    [
      'a broken hotdeck.json',
      'broken-settings',
      async (root: string) => writeFile(join(root, 'hotdeck.json'), '{ "rule": "heap" }'),
    ],
    [
      'a module that does not exist',
      'broken-settings',
      async (root: string) => settings(root, { modules: ['nobody'] }),
    ],
    [
      'a program that does not exist',
      'broken-settings',
      async (root: string) => settings(root, { binary: 'nobody' }),
    ],
  ])('%s', async (_, kind, spoil) => {
    const root = await sample();
    await spoil(root);
    const client = engine();
    await client.open(root);
    expect(client.state).toMatchObject({ name: 'failed', failure: { kind } });
    const failure = client.state.name === 'failed' ? client.state.failure : null;
    expect(failure?.message.length).toBeGreaterThan(20);
    // It goes on: mended, the same folder opens.
    await copySample(root);
    expect(await client.request('retryOpen', {})).toEqual({ ok: true });
    expect(client.state.name).toBe('open');
  });

  test('no toolchain', async () => {
    const root = await sample();
    const client = engine({ ...process.env, PATH: '/nowhere', CARGO_HOME: '/nowhere' });
    await client.open(root);
    expect(client.state).toMatchObject({ name: 'failed', failure: { kind: 'no-toolchain' } });
  });
});

describe('a server that fails', () => {
  test('that dies at start is told with its last words', async () => {
    const root = await builtSample();
    await settings(root, { arguments: ['--no-such-argument'] });
    const client = engine();
    await client.open(root);
    await client.request('start', {});
    const session = await client.until('crashed', ({ server }) => server.name === 'crashed');
    expect(session.notices).toMatchObject([{ kind: 'died-at-start', severity: 'error', actions: ['start'] }]);
    expect(session.notices[0]?.message).toContain('Usage: depot');
  });

  test('whose port is in use says so', async () => {
    const root = await builtSample();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => blocker.close(() => resolve())));
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await settings(root, { environment: { DEPOT_PORT: String(port) } });
    const client = engine();
    await client.open(root);
    await client.request('start', {});
    const session = await client.until('crashed', ({ server }) => server.name === 'crashed');
    expect(session.notices).toMatchObject([{ kind: 'port-in-use' }]);
  });

  test('that is killed shows as crashed, with the signal, and starts again', async () => {
    const root = await builtSample();
    const client = engine();
    await client.open(root);
    await client.request('start', {});
    const running = await client.until('running', ({ server }) => server.name === 'running');
    process.kill(runningPid(running), 'SIGKILL');
    const session = await client.until('crashed', ({ server }) => server.name === 'crashed');
    expect(session.server).toMatchObject({ signal: 'SIGKILL' });
    expect(await client.request('start', {})).toEqual({ ok: true });
    const again = await client.until('running', ({ server }) => server.name === 'running');
    expect(again.notices).toEqual([]);
  });
});

describe('a workspace that changes under the app', () => {
  test('deleted while it is open: an alert, and another one can be opened', async () => {
    const root = await sample();
    const client = engine();
    await client.open(root);
    await rm(root, { recursive: true });
    await client.until('the alert', ({ notices }) =>
      notices.some((notice) => notice.kind === 'workspace-gone'),
    );
    expect(await client.request('start', {})).toMatchObject({ ok: false });
    await client.open(await sample());
    expect(client.state.name).toBe('open');
  });

  test('an order of modules that contradicts their needs is told', async () => {
    const root = await sample();
    const upsideDown = ['depot_router', 'depot_admin', 'depot_api', 'depot_service', 'depot_database'];
    await settings(root, { modules: upsideDown });
    const client = engine();
    await client.open(root, { buildOnSave: false });
    expect(client.session.notices).toMatchObject([{ kind: 'order' }]);
    expect(client.session.notices[0]?.message).toContain('depot_router below depot_a');
    await settings(root, { modules: upsideDown.toReversed() });
    await client.until('mended', ({ notices }) => notices.length === 0);
  });

  test('a manifest that breaks and is mended', async () => {
    const root = await sample();
    const client = engine();
    await client.open(root, { buildOnSave: false });
    await writeFile(join(root, 'hotdeck.json'), '{');
    await client.until('the alert', ({ notices }) => notices.some((notice) => notice.kind === 'workspace'));
    await settings(root, { rule: 'dependents' });
    const mended = { key: 'rule', value: 'dependents', from: 'hotdeck.json' };
    const session = await client.until('mended', ({ workspace }) =>
      workspace.settings.some((each) => isDeepStrictEqual(each, mended)),
    );
    expect(session.notices).toEqual([]);
  });
});

describe('a window that misbehaves', () => {
  test('is refused with a typed error, and nothing changes', async () => {
    const root = await sample();
    const client = engine();
    await client.open(root);
    const before = structuredClone(client.session);
    const bad = client.request('reload', JSON.parse('{"modules":[1],"command":"rm"}'));
    expect(await bad).toMatchObject({ ok: false, failure: { kind: 'bad-request' } });
    const unknown: unknown = 'toString';
    client.sendRaw({ type: 'request', id: 99, name: unknown, params: {} });
    client.sendRaw({ type: 'signal', pid: 1 });
    client.sendRaw(null);
    expect(await client.request('openModule', { module: '../../etc' })).toMatchObject({ ok: false });
    expect(await client.request('openProblem', { problemId: 'problem-1' })).toMatchObject({ ok: false });
    expect(client.session).toEqual(before);
  });
});
