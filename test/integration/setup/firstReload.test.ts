/** From a clean checkout to the first reload, and back to the last byte: the engine alone, on a nightly of our own. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SetupReport, WayId } from '#shared/contract.ts';
import { SetupChanges } from '../../../main/engine/setup/changes/setupChanges.ts';
import { planSetup } from '../../../main/engine/setup/planSetup.ts';
import { readSources } from '../../../main/engine/setup/readSources.ts';
import { setupFolder } from '../../../main/engine/workspace/choices.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { FAMILY_MODULES, setFamilyGreeting, writeFamilyServer } from '../../support/fixtures/familyServer.ts';
import { editFile } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { treeHash } from '../../support/treeHash.ts';
import { cutOffDisk } from '../../unit/setup/changes/disks.ts';

async function open(): Promise<{ client: EngineClient; root: string; data: string }> {
  const [root, data] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  await writeFamilyServer(root);
  const client = startEngine(process.env, { data });
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  return { client, root, data };
}

const wayOf = ({ ways }: SetupReport, id: WayId) => {
  const way = ways.find((each) => each.id === id);
  if (way === undefined) throw new Error(`There is no way ${id}.`);
  return way;
};

/** Carries out a request that has to be granted. */
async function granted(reply: ReturnType<EngineClient['request']>): Promise<void> {
  expect(await reply).toEqual({ ok: true });
}

describe.each<WayId>(['flags', 'edits'])('on the way "%s"', (id) => {
  test('applied, built, started, edited, swapped, taken back', { timeout: 300_000 }, async () => {
    const { client, root } = await open();
    const before = await treeHash(root);
    expect(client.session.workspace.profile).toBe('conduwuit');
    expect(client.session.mode).toMatchObject({ name: 'static', reason: expect.stringContaining('None of') });
    expect(await client.request('reload', {})).toMatchObject({ ok: false, failure: { kind: 'static' } });

    const shown = wayOf(await client.query('setup', {}), id);
    expect(shown).toMatchObject({ done: false, refusals: [] });
    const holds = expect.objectContaining({ holds: true });
    expect(await client.query('setupProofs', {})).toContainEqual({ plan: shown.plan, proof: holds });
    await granted(client.request('applySetup', { way: id, plan: shown.plan }));
    const report = await client.query('setup', {});
    expect(report.applied).toMatchObject({ way: id, files: expect.arrayContaining(['src/api/Cargo.toml']) });
    expect(wayOf(report, id).done).toBe(true);
    const { plan } = wayOf(report, id);
    expect(await client.query('setupProofs', {})).toContainEqual({ plan, proof: holds });
    expect(report.toolchain).toMatch(/^nightly/);
    await client.until('modules', ({ mode }) => mode.name === 'modules');
    expect(client.session.graph.order).toEqual(FAMILY_MODULES);
    expect(client.session.workspace.settings).toContainEqual({
      key: 'toolchain',
      value: report.toolchain,
      from: 'set-up',
    });

    await granted(client.request('start', {}));
    await client.until('running', ({ server }) => server.name === 'running', 200_000);
    const pid = runningPid(client.session);
    await client.until('all are mapped', ({ modules }) =>
      FAMILY_MODULES.every((name) => modules[name]?.state === 'loaded'),
    );
    expect(client.session.modules.conduwuit_core?.state).toBe('pinned');
    expect(await client.request('revertSetup', { resolutions: {} })).toMatchObject({
      ok: false,
      failure: { kind: 'server-runs' },
    });
    await setFamilyGreeting(root, 'api', 'Hello from a setup');
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
    await granted(client.request('reload', {}));
    const { lastReload } = await client.until('the verdict', ({ lastReload: last }) => last?.took != null);
    expect(lastReload).toMatchObject({
      verdict: 'swapped',
      swapped: ['conduwuit_api', 'conduwuit_admin', 'conduwuit_router'],
    });
    expect(runningPid(client.session)).toBe(pid);
    await setFamilyGreeting(root, 'api', 'Hello from api');

    await granted(client.request('shutdown', {}));
    expect(client.session.server.name).toBe('stopped');
    await granted(client.request('revertSetup', { resolutions: {} }));
    expect(await treeHash(root)).toBe(before);
    expect(await client.query('setup', {})).toMatchObject({ applied: null, toolchain: null });
    await client.until('static again', ({ mode }) => mode.name === 'static');
    expect(existsSync(join(root, '.cargo'))).toBe(false);
  });
});

test('a plan that is no longer so is not carried out', async () => {
  const { client, root } = await open();
  const shown = wayOf(await client.query('setup', {}), 'edits');
  const before = await treeHash(root);
  expect(await client.request('applySetup', { way: 'edits', plan: 'another' })).toMatchObject({
    ok: false,
    failure: { kind: 'plan-changed' },
  });
  expect(await treeHash(root)).toBe(before);
  expect(wayOf(await client.query('setup', {}), 'edits').plan).toBe(shown.plan);
});

test('the static build: Ctrl+C ends it and that is no crash; Shut down uses what it listens to', {
  timeout: 300_000,
}, async () => {
  const { client } = await open();
  await granted(client.request('start', {}));
  await client.until('running', ({ server }) => server.name === 'running', 200_000);
  expect(client.session.mode.name).toBe('static');
  await granted(client.request('input', { data: '\x03' }));
  await client.until('ended', ({ server }) => server.name === 'stopped');
  expect(client.session.notices).toEqual([]);
  expect(client.session.lastReload).toBeNull();
});

test('a release build of a workspace that is set up is static, and says what to take away', async () => {
  const { client, root } = await open();
  const { plan } = wayOf(await client.query('setup', {}), 'flags');
  await granted(client.request('applySetup', { way: 'flags', plan }));
  await client.until('modules', ({ mode }) => mode.name === 'modules');
  const build = { arguments: ['--release', '--features', 'conduwuit_mods'] };
  await writeFile(join(root, 'hotdeck.json'), JSON.stringify({ build }));
  const { mode } = await client.until('static', (session) => session.mode.name === 'static');
  expect(mode).toMatchObject({
    reason: expect.stringContaining('The release build has no `--cfg conduwuit_mods`'),
    remedy: expect.stringContaining('--release'),
  });
  await writeFile(join(root, 'hotdeck.json'), JSON.stringify({ build: { arguments: [] } }));
  const { mode: without } = await client.until(
    'the feature is missed',
    (session) => session.mode.name === 'static' && session.mode.reason.includes('feature'),
  );
  expect(without.name).toBe('static');
});

test("a workspace that the toolchain can't read: it is looked at all the same, and opens with another one", async () => {
  const { client, root, data } = await open();
  await client.close();
  await editFile(join(root, 'Cargo.toml'), '#cargo-features', 'cargo-features');
  const again = startEngine(process.env, { data });
  onTestFinished(() => again.close());
  await again.open(root, { buildOnSave: false });
  expect(again.state).toMatchObject({ name: 'failed' });
  const report = await again.query('setup', {});
  const nightly = report.toolchains.find((name) => name.startsWith('nightly'));
  if (nightly === undefined) throw new Error('There is no nightly.');
  expect(report.ways.map(({ id }) => id).sort()).toEqual(['edits', 'flags']);
  await granted(again.request('useToolchain', { toolchain: nightly }));
  await again.until('it is open', () => true);
  expect(again.session.workspace.settings).toContainEqual({
    key: 'toolchain',
    value: nightly,
    from: 'set-up',
  });
  expect(await again.request('useToolchain', { toolchain: 'nightly-1815-12-10' })).toMatchObject({
    ok: false,
    failure: { kind: 'unknown-toolchain' },
  });
});

test("choices that can't be read are said to be so, and count as none", async () => {
  const { client, root, data } = await open();
  await client.close();
  const folder = setupFolder(data, root);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'choices.json'), '{"toolchain":');
  const again = startEngine(process.env, { data });
  onTestFinished(() => again.close());
  await again.open(root, { buildOnSave: false });
  expect(again.session.notices).toMatchObject([{ kind: 'broken-choices', severity: 'warning' }]);
});

test('what an end in the middle has left undone is finished before the workspace is read', async () => {
  const { client, root, data } = await open();
  const { plan } = wayOf(await client.query('setup', {}), 'edits');
  await client.close();
  const before = await treeHash(root);
  const { files, refusals } = await readSources(root);
  const way = planSetup(files, refusals).ways.find(({ id }) => id === 'edits');
  if (way === undefined) throw new Error('There is no such way.');
  const folder = setupFolder(data, root);
  // The first step after which some file has changed.
  for (let steps = 10; (await treeHash(root)) === before; steps += 5) {
    const { disk } = cutOffDisk(steps);
    await new SetupChanges({ root, folder, disk }).apply(way);
  }
  expect(await new SetupChanges({ root, folder }).applied()).toMatchObject({ ok: false });

  const again = startEngine(process.env, { data });
  onTestFinished(() => again.close());
  await again.open(root, { buildOnSave: false });
  const report = await again.query('setup', {});
  const { done, plan: next } = wayOf(report, 'edits');
  // Finished, or rolled back: all files or none.
  if (report.applied === null) expect([await treeHash(root), next]).toEqual([before, plan]);
  else expect([report.applied.files.length, done]).toEqual([7, true]);
});
