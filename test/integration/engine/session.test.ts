/** The engine's whole job on a copy of the sample, with real cargo, a real pty and real libraries. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SessionState } from '#shared/contract.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { setGreeting } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

const ABOVE = ['depot_router', 'depot_admin', 'depot_api'];

async function openSample(auto = {}): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, auto);
  return { client, root };
}

async function startServer(client: EngineClient): Promise<string> {
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('running', (session) => session.server.name === 'running');
  const [, address] = await client.untilText('server', /Listening on \[(.+?)\]/);
  return `http://${address}/`;
}

async function get(url: string): Promise<Record<string, string>> {
  const text = await (await fetch(url)).text();
  return Object.fromEntries(
    text.split('\n').flatMap((line) => [...line.matchAll(/^(\w+): (.*)$/g)].map((m) => [m[1], m[2]])),
  );
}

const inState = (session: SessionState, state: string): string[] =>
  Object.keys(session.modules)
    .filter((name) => session.modules[name]?.state === state)
    .sort();

const pidOf = (session: SessionState): number | null => ('pid' in session.server ? session.server.pid : null);

/** Edits api and waits until its libraries are stale. */
async function editApi(client: EngineClient, root: string, text: string): Promise<void> {
  await setGreeting(root, 'api', text);
  await client.until(
    'api built and stale',
    ({ modules, build }) => modules.depot_api?.state === 'stale' && build.name === 'ok',
  );
}

const reloaded =
  (number: number) =>
  (session: SessionState): boolean =>
    session.lastReload?.number === number &&
    session.lastReload.verdict !== 'running' &&
    session.server.name === 'running';

describe('a session on the sample', () => {
  test('goes from an edit to swapped libraries in the same process', async () => {
    const { client, root } = await openSample();
    const url = await startServer(client);
    const before = await get(url);
    const pid = pidOf(client.session);
    expect(inState(client.session, 'loaded')).toEqual([
      'depot',
      'depot_admin',
      'depot_api',
      'depot_database',
      'depot_router',
      'depot_service',
    ]);
    expect(inState(client.session, 'pinned')).toEqual(['depot_core', 'std']);

    await editApi(client, root, 'Hello again');
    expect(inState(client.session, 'stale')).toEqual(['depot_admin', 'depot_api', 'depot_router']);
    expect(client.session.plan).toMatchObject({
      rule: 'stack',
      unload: ABOVE,
      load: ABOVE.toReversed(),
      restart: [],
      leftBehind: [],
    });
    expect(client.session.plan.reasons.depot_api).toContain('api/src/lib.rs');
    expect((await get(url)).api).toBe(before.api);

    expect(await client.request('reload', {})).toEqual({ ok: true });
    const session = await client.until('the reload', reloaded(1));
    expect(session.lastReload).toMatchObject({
      verdict: 'swapped',
      cause: 'reload',
      swapped: ABOVE.toReversed(),
      stayed: [],
    });
    expect(session.lastReload?.steps.map(({ step, module }) => `${step} ${module}`)).toEqual([
      ...ABOVE.map((name) => `unload ${name}`),
      ...ABOVE.toReversed().map((name) => `load ${name}`),
    ]);
    await client.until(
      'fresh again',
      (now) => inState(now, 'stale').length === 0 && now.plan.unload.length === 0,
    );
    const after = await get(url);
    expect(after).toMatchObject({ api: 'Hello again', service: before.service, pid: before.pid });
    expect(pidOf(client.session)).toBe(pid);
    expect(Number(after.count)).toBeGreaterThan(Number(before.count));
  });

  test('takes Ctrl+C in the terminal for the reload that it is', async () => {
    const { client, root } = await openSample();
    const url = await startServer(client);
    await editApi(client, root, 'By key');
    await client.request('input', { data: '\x03' });
    const session = await client.until('the reload', reloaded(1));
    expect(session.lastReload).toMatchObject({ verdict: 'swapped', cause: 'terminal' });
    expect((await get(url)).api).toBe('By key');
  });

  test('sees a reload whose signal came from elsewhere', async () => {
    const { client, root } = await openSample();
    const url = await startServer(client);
    await editApi(client, root, 'By kill');
    process.kill(runningPid(client.session), 'SIGINT');
    const session = await client.until('the reload', reloaded(1));
    expect(session.lastReload).toMatchObject({ verdict: 'swapped', cause: 'outside' });
    expect((await get(url)).api).toBe('By kill');
  });

  test('reloads one module by name, building what was saved first', async () => {
    const { client, root } = await openSample({ buildOnSave: false });
    const url = await startServer(client);
    await setGreeting(root, 'api', 'By name');
    await client.until('the edit is seen', (session) => session.edited.length === 1);
    expect(await client.request('reload', { modules: ['depot_api'] })).toEqual({ ok: true });
    expect((await client.until('the reload', reloaded(1))).lastReload?.verdict).toBe('swapped');
    expect((await get(url)).api).toBe('By name');
  });

  test('reloads by itself after a build when it is asked to', async () => {
    const { client, root } = await openSample({ reloadAfterBuild: true });
    const url = await startServer(client);
    await setGreeting(root, 'service', 'By itself');
    const session = await client.until('the reload', reloaded(1));
    expect(session.lastReload).toMatchObject({ verdict: 'swapped', cause: 'after-build' });
    expect((await get(url)).service).toBe('By itself');
  });

  test('says that there is nothing to reload, and reloads anyway with new inodes', async () => {
    const { client } = await openSample();
    await startServer(client);
    const before = client.session.modules.depot_api?.image;
    expect(await client.request('reload', { modules: ['depot_api'] })).toEqual({ ok: true });
    expect(client.session.notices).toMatchObject([
      { kind: 'nothing-stale', actions: ['reload-anyway'], modules: ['depot_api'] },
    ]);
    expect(client.session.lastReload).toBeNull();

    await client.request('reload', { modules: ['depot_api'], anyway: true });
    const session = await client.until('the reload', reloaded(1));
    expect(session.lastReload).toMatchObject({ verdict: 'swapped', swapped: ABOVE.toReversed() });
    await client.until('a new image', ({ modules }) => modules.depot_api?.image?.inode !== before?.inode);
    // cargo must find nothing to do, and must not put the old files back.
    await client.request('build', {});
    await client.until('built', ({ build }) => build.name === 'ok');
    expect(inState(client.session, 'stale')).toEqual([]);
  });

  test('asks for a restart when the pinned library changed, and restarts', async () => {
    const { client, root } = await openSample();
    const url = await startServer(client);
    const pid = pidOf(client.session);
    await appendFile(join(root, 'core/src/lib.rs'), '\n/// An edit.\npub fn edited() {}\n');
    await client.until(
      'core stale',
      ({ modules, build }) => modules.depot_core?.state === 'stale' && build.name === 'ok',
    );
    expect(client.session.plan.restart).toEqual(['depot_core', 'depot']);
    await client.request('reload', {});
    expect(client.session.notices).toMatchObject([
      { kind: 'needs-restart', actions: ['restart', 'reload-anyway'] },
    ]);
    expect(client.session.lastReload).toBeNull();

    expect(await client.request('restart', {})).toEqual({ ok: true });
    const session = await client.until(
      'a new process',
      (now) => now.server.name === 'running' && pidOf(now) !== pid,
    );
    expect(session.plan.restart).toEqual([]);
    expect(inState(session, 'stale')).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('shows a compile error with file and line, and leaves the server alone', async () => {
    const { client, root } = await openSample({ reloadAfterBuild: true });
    const url = await startServer(client);
    const file = join(root, 'api/src/lib.rs');
    const good = await readFile(file, 'utf8');
    await writeFile(file, `${good}\nfn broken() -> u32 { "no" }\n`);
    const session = await client.until('a failed build', ({ build }) => build.name === 'failed');
    const line = good.split('\n').length + 1;
    expect(session.problems.filter((problem) => problem.level === 'error')).toMatchObject([
      { level: 'error', code: 'E0308', file: 'api/src/lib.rs', line },
    ]);
    expect(session.modules.depot_api?.state).toBe('failed');
    expect(await client.request('reload', {})).toMatchObject({
      ok: false,
      failure: { kind: 'build-failed' },
    });
    expect(client.session.lastReload).toBeNull();
    expect((await get(url)).api).toBeDefined();
    await writeFile(file, good);
    await client.until('mended', ({ build, problems }) => build.name === 'ok' && problems.length === 0);
  });

  test('shuts down with no process left', async () => {
    const { client } = await openSample();
    await startServer(client);
    const pid = runningPid(client.session);
    expect(await client.request('shutdown', {})).toEqual({ ok: true });
    await client.until('stopped', ({ server }) => server.name === 'stopped');
    expect(() => process.kill(-pid, 0)).toThrow('ESRCH');
  });

  test('lets the latest edit win over the build that runs', async () => {
    const { client, root } = await openSample();
    const url = await startServer(client);
    await setGreeting(root, 'service', 'First');
    await client.until('a build runs', ({ build }) => build.name === 'building');
    await setGreeting(root, 'service', 'Second');
    await client.until('built', ({ build, edited }) => build.name === 'ok' && edited.length === 0);
    await client.request('reload', {});
    await client.until('the reload', reloaded(1));
    expect((await get(url)).service).toBe('Second');
  });
});
