/** What is known before a reload: findings on the plan, and reloads that ask first. */
import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Finding, SessionState } from '#shared/contract.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { builtSample } from '../../support/fixtures/depot.ts';
import { breakRouter, setGreeting, useNewCoreSymbol } from '../../support/fixtures/sample.ts';

async function running(
  auto = {},
  prepare?: (root: string) => Promise<void>,
): Promise<{ client: EngineClient; root: string; pid: number }> {
  const root = await builtSample(prepare);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false, ...auto });
  await client.request('start', {});
  const session = await client.until('running', ({ server }) => server.name === 'running');
  return { client, root, pid: runningPid(session) };
}

const inShort = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, kind, module }) => `${severity} ${kind} ${module}`);

const findingsOf = ({ plan }: SessionState): string[] => inShort(plan.findings);

/** Resolves when there is a finding of this kind. */
const until = (client: EngineClient, kind: Finding['kind']): Promise<SessionState> =>
  client.until(kind, ({ plan }) => plan.findings.some((finding) => finding.kind === kind));

const inDebug = (root: string, file: string): string => join(root, 'target/debug', file);

describe('what a reload would run into', () => {
  test('nothing, where the libraries fit together', async () => {
    const { client, root } = await running();
    expect(client.session.plan.findings).toEqual([]);
    await setGreeting(root, 'api', 'Edited');
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
    await client.request('build', {});
    await client.until('stale', ({ plan }) => plan.unload.length === 3);
    expect(await client.request('reload', {})).toEqual({ ok: true });
    const { lastReload, notices, plan } = await client.until(
      'the verdict',
      (session) => session.lastReload?.took != null && session.plan.unload.length === 0,
    );
    expect(lastReload).toMatchObject({ verdict: 'swapped', plan: { findings: [] } });
    expect(notices).toEqual([]);
    expect(plan.findings).toEqual([]);
  });

  test('a symbol that the running core does not have: one notice says both, and nothing is signalled', async () => {
    const { client, root, pid } = await running();
    await useNewCoreSymbol(root);
    await client.until('the edits are seen', ({ edited }) => edited.length === 2);
    await client.request('reload', {});
    const { notices, plan, lastReload, server } = client.session;
    expect(inShort(plan.findings)).toEqual([
      'blocking undefined-symbol depot_api',
      'warning restart-needed depot',
      'warning restart-needed depot_core',
    ]);
    expect(notices).toMatchObject([
      { kind: 'needs-restart', actions: ['restart', 'reload-anyway'], modules: [] },
    ]);
    expect(notices[0]?.message).toMatch(/core, depot are linked.* api needs depot_core::motto/);
    expect({ lastReload, server }).toMatchObject({ lastReload: null, server: { name: 'running', pid } });

    await client.request('restart', {});
    const after = await client.until(
      'restarted',
      (now) => now.server.name === 'running' && runningPid(now) !== pid && now.plan.restart.length === 0,
    );
    expect(after.notices).toEqual([]);
    expect(after.plan.findings).toEqual([]);
  });

  test('after a build it asks by itself', async () => {
    const { client, root, pid } = await running({ buildOnSave: true, reloadAfterBuild: true });
    await useNewCoreSymbol(root);
    const { notices, lastReload } = await client.until('asked', (session) => session.notices.length > 0);
    expect(notices).toMatchObject([{ kind: 'needs-restart' }]);
    expect(notices[0]?.message).toContain('motto');
    expect(lastReload).toBeNull();
    expect(runningPid(client.session)).toBe(pid);
  });

  test('a library that was cut off: it asks to build, and takes the notice back when that is mended', async () => {
    const { client, root } = await running();
    const [file, whole] = [inDebug(root, 'libdepot_router.so'), join(root, 'whole.so')];
    await copyFile(file, whole);
    const bytes = await readFile(file);
    await writeFile(join(root, 'cut.so'), bytes.subarray(0, bytes.length / 2));
    await rename(join(root, 'cut.so'), file);
    await until(client, 'unreadable');
    expect(findingsOf(client.session)).toEqual(['blocking unreadable depot_router']);
    await client.request('reload', {});
    expect(client.session.notices).toMatchObject([
      { kind: 'blocked', severity: 'warning', actions: ['build', 'reload-anyway'], modules: [] },
    ]);
    expect(client.session.notices[0]?.message).toContain('The file of router on disk is broken.');
    expect(client.session.lastReload).toBeNull();
    await rename(whole, file);
    await client.until('mended', ({ notices, plan }) => notices.length === 0 && plan.findings.length === 0);
    // Another file with the code that runs.
    expect(client.session.modules.depot_router?.state).toBe('loaded');
  });

  test('a NODELETE module: it asks to restart; Ctrl+C goes through, and proves it right', async () => {
    const modules = ['database', 'service', 'api', 'admin', 'router'].map((name) => `depot_${name}`);
    const { client, root } = await running({}, async (dir) => {
      const build = 'fn main() {\n    println!("cargo:rustc-link-arg=-Wl,-z,nodelete");\n}\n';
      await writeFile(join(dir, 'api/build.rs'), build);
      await writeFile(join(dir, 'hotdeck.json'), JSON.stringify({ rule: 'stack', modules }));
    });
    await setGreeting(root, 'api', 'Edited');
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
    await client.request('reload', {});
    expect(findingsOf(client.session)).toEqual(['blocking cannot-unload depot_api']);
    expect(client.session.notices).toMatchObject([
      { kind: 'blocked', actions: ['restart', 'reload-anyway'], remedy: 'Restart the server.' },
    ]);
    expect(client.session.lastReload).toBeNull();

    await client.request('input', { data: '\x03' });
    const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
    expect(lastReload).toMatchObject({ verdict: 'stuck', stayed: ['depot_api'], cause: 'terminal' });
    expect(client.session.notices.map((notice) => notice.kind)).not.toContain('blocked');
  });

  test('a build that stopped half-way is told when it has, not while it runs', async () => {
    const { client, root } = await running({ buildOnSave: true });
    const early = new Set<string>();
    await breakRouter(root);
    await client.until('a failed build', (session) => {
      if (session.build.name === 'building') for (const each of findingsOf(session)) early.add(each);
      return session.build.name === 'failed';
    });
    const session = await until(client, 'torn');
    expect([...early]).toEqual([]);
    expect(findingsOf(session)).toContain('blocking torn depot_router');
    expect(session.plan.findings.find((finding) => finding.kind === 'torn')?.message).toBe(
      'router is older than admin and api, which it is linked to: a build stopped half-way.',
    );
  });

  test('the same for a build in another terminal', async () => {
    const { client, root } = await running();
    const seen = new Set<string>();
    await setGreeting(root, 'service', 'Edited elsewhere');
    const built = promisify(execFile)('cargo', ['build', '--quiet'], { cwd: root });
    await client.until('all are stale', (session) => {
      for (const each of findingsOf(session)) seen.add(each);
      return session.plan.unload.length === 4;
    });
    await built;
    await client.request('reload', {});
    const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
    expect(lastReload).toMatchObject({ verdict: 'swapped' });
    expect([...seen]).toEqual([]);
    expect(client.session.plan.findings).toEqual([]);
  });

  test('"reload anyway" in spite of a finding does the reload as planned: no file gets a new inode', async () => {
    const { client, root } = await running();
    await setGreeting(root, 'api', 'Edited');
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
    await client.request('build', {});
    await client.until('stale', ({ plan }) => plan.unload.length === 3);
    const before = client.session.modules.depot_database?.artifact;
    const router = client.session.modules.depot_router?.artifact;
    await client.request('reload', { anyway: true });
    const { lastReload, modules } = await client.until(
      'the verdict',
      (session) => session.lastReload?.took != null,
    );
    expect(lastReload?.swapped).toEqual(['depot_api', 'depot_admin', 'depot_router']);
    expect(modules.depot_database?.artifact).toEqual(before);
    expect(modules.depot_router?.artifact).toEqual(router);
  });
});

test('files that the server has mapped are held open as long as it runs, and no longer', async () => {
  const { client, root } = await running();
  const held = (): string[] =>
    readdirSync('/proc/self/fd')
      .map((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`);
        } catch {
          // The listing's own, closed again.
          return '';
        }
      })
      .filter((path) => path.startsWith(join(root, 'target')) && path.includes('.so'));
  await setGreeting(root, 'api', 'Edited');
  await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  await client.request('reload', {});
  await client.until(
    'the verdict',
    ({ lastReload, plan }) => lastReload?.took != null && plan.unload.length === 0,
  );
  await expect.poll(() => held().filter((path) => path.endsWith('(deleted)'))).toEqual([]);
  await expect.poll(() => new Set(held()).size).toBe(6);
  await client.request('shutdown', {});
  await expect.poll(held).toEqual([]);
});

test('a cancelled build leaves no module marked as being built', async () => {
  const { client, root } = await running();
  await setGreeting(root, 'service', 'Edited');
  await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  const built = client.request('build', {});
  await client.until('building', ({ modules }) => modules.depot_service?.state === 'building');
  await client.request('cancelBuild', {});
  await built;
  await client.until('at rest', ({ modules }) =>
    Object.values(modules).every((status) => status.state !== 'building'),
  );
});
