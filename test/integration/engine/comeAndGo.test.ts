/** Crates that are added, removed or renamed while the server runs, with real cargo and a real server. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { GraphNode } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { editFile, inFolder, libraryCrate, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const nodeOf = ({ session }: EngineClient, name: string): GraphNode | undefined =>
  session.graph.nodes.find((node) => node.name === name);

test('what is gone stays while it is mapped, what is new comes with who needs it', async () => {
  const root = await temporaryFolder();
  await writeDiamond(root);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: true });
  await client.request('start', {});
  await client.until(
    'running',
    ({ server, modules }) => server.name === 'running' && modules.top?.state === 'loaded',
  );

  // A new library, and a module that is linked to it by now.
  await writeFiles(
    root,
    inFolder('extra', libraryCrate('extra', {}, 'pub fn word() -> String { "extra".into() }\n')),
  );
  await editFile(join(root, 'Cargo.toml'), '"top"]', '"top", "extra"]');
  await editFile(
    join(root, 'left/Cargo.toml'),
    '[dependencies]',
    '[dependencies]\nextra = { path = "../extra" }',
  );
  await editFile(join(root, 'left/src/lib.rs'), 'const VERSION: &str = "1";', 'const VERSION: &str = "2";');
  await editFile(
    join(root, 'left/src/lib.rs'),
    'kernel::label("left", VERSION)',
    'kernel::label("left", VERSION) + &extra::word()',
  );
  const planned = await client.until(
    'a plan with the new one',
    ({ plan, build }) => build.name === 'ok' && plan.load.includes('extra'),
  );
  expect(planned.plan).toMatchObject({ unload: ['top', 'left'], load: ['extra', 'left', 'top'] });
  expect(planned.plan.reasons.extra).toBe('new: left needs it');
  await client.request('reload', {});
  const { lastReload } = await client.until(
    'the reload',
    (session) =>
      session.lastReload?.took != null &&
      session.server.name === 'running' &&
      session.modules.extra?.state === 'loaded',
  );
  expect(lastReload).toMatchObject({ verdict: 'swapped', swapped: ['extra', 'left', 'top'], deviations: [] });
  await client.untilText('server', /left 2extra/);

  // One is renamed: the server still has the old one.
  await rename(join(root, 'top'), join(root, 'peak'));
  await editFile(join(root, 'peak/Cargo.toml'), 'name = "top"', 'name = "peak"');
  await editFile(join(root, 'Cargo.toml'), '"top"', '"peak"');
  await client.until(
    'the new name',
    ({ graph, build }) => build.name === 'ok' && graph.nodes.some(({ name }) => name === 'peak'),
  );
  expect(nodeOf(client, 'top')).toMatchObject({
    isGone: true,
    role: 'module',
    needs: ['kernel', 'left', 'right', 'std'],
  });
  const both = await client.until('the state of both', ({ modules }) => modules.peak?.state === 'built');
  expect(both.modules.top).toMatchObject({
    state: 'loaded',
    reason: 'It is no longer part of the workspace. It stays mapped until the server unloads it, or ends.',
  });
  expect(both.plan).toMatchObject({ unload: [], load: [], leftBehind: [] });
  await client.request('shutdown', {});
  await client.until(
    'it is gone',
    ({ graph, server }) => server.name === 'stopped' && !graph.nodes.some(({ name }) => name === 'top'),
  );
});
