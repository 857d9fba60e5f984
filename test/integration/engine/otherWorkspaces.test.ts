/** Workspaces that are not the sample: other shapes, another rule, another signal, many modules. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { partName, writeMany } from '../../support/fixtures/many.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function open(write: (root: string) => Promise<void>): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  await write(root);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  return { client, root };
}

const roleOf = (client: EngineClient, name: string): string | undefined =>
  client.session.graph.nodes.find((node) => node.name === name)?.role;

test('a diamond under the dependents rule, with SIGUSR1: roles, plan and reload', async () => {
  const { client, root } = await open(writeDiamond);
  expect(roleOf(client, 'kernel')).toBe('pinned');
  expect(client.session.graph.rolesFrom).toBe('manifests');
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  expect(client.session.graph.rolesFrom).toBe('artifacts');
  expect(['app', 'kernel', 'left', 'right', 'top'].map((name) => roleOf(client, name))).toEqual([
    'executable',
    'pinned',
    'module',
    'module',
    'module',
  ]);

  await setVersion(join(root, 'left'), 'two');
  await client.until(
    'left and top stale',
    ({ plan, build }) => build.name === 'ok' && plan.unload.length === 2,
  );
  expect(client.session.plan).toMatchObject({
    rule: 'dependents',
    unload: ['top', 'left'],
    load: ['left', 'top'],
  });
  expect(client.session.plan.reasons.top).toContain('left');
  await client.request('reload', {});
  const session = await client.until(
    'the reload',
    ({ lastReload, server }) => lastReload?.took != null && server.name === 'running',
  );
  expect(session.lastReload).toMatchObject({ verdict: 'swapped', swapped: ['left', 'top'] });
  await client.untilText('server', /left two/);
});

test('sixty modules: all of them are swapped, and what the stack leaves behind is named', async () => {
  const { client, root } = await open((folder) => writeMany(folder, 60));
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running', 120_000);
  const all = Array.from({ length: 60 }, (_, index) => partName(index));
  expect(client.session.graph.order).toEqual(all);

  await setVersion(join(root, 'crates', partName(0)), 'two');
  await client.until(
    'all stale',
    ({ plan, build }) => build.name === 'ok' && plan.unload.length === 60,
    120_000,
  );
  await client.request('reload', {});
  const session = await client.until(
    'the reload',
    ({ lastReload, server }) => lastReload?.took != null && server.name === 'running',
  );
  expect(session.lastReload).toMatchObject({ verdict: 'swapped', swapped: all, stayed: [] });

  // In the middle: the top of the stack depends on neither it nor its dependents.
  await setVersion(join(root, 'crates', partName(41)), 'three');
  const after = await client.until(
    'something is left behind',
    ({ plan, build }) => build.name === 'ok' && plan.leftBehind.length > 0,
  );
  expect(after.plan.unload).not.toContain(partName(41));
  expect(after.plan.leftBehind).toContain(partName(41));
  expect(after.plan.reasons[partName(41)]).toBeDefined();
});

test('without hotdeck.json everything has a detected default, and it is shown', async () => {
  const { client } = await open(async (root) => {
    await writeDiamond(root);
    await rm(join(root, 'hotdeck.json'));
  });
  const settings = Object.fromEntries(
    client.session.workspace.settings.map(({ key, value, from }) => [key, [value, from]]),
  );
  expect(settings).toMatchObject({
    executable: ['app', 'detected'],
    rule: ['dependents', 'default'],
    'reload signal': ['SIGINT', 'default'],
    'shutdown signal': ['SIGQUIT', 'default'],
  });
});
