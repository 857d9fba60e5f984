/** A library that is no module, and goes with the last module that needs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { setVersion, writeFiles } from '../../support/fixtures/files.ts';
import { askHost, type HostModule, hostEnvironment, writeHost } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { madeOnce } from '../../support/madeOnce.ts';

const MODULES: readonly HostModule[] = [
  { name: 'pricing', unopened: true },
  { name: 'other' },
  { name: 'handlers', needs: ['pricing'] },
];

let built = '';
beforeAll(async () => {
  built = await madeOnce('host-along', async (folder) => {
    await writeHost(folder, MODULES, { shared: true });
    await promisify(execFile)('cargo', ['build', '--workspace', '--quiet'], { cwd: folder });
  });
});

async function run(): Promise<{ client: EngineClient; root: string; ask(): Promise<unknown> }> {
  const root = await temporaryFolder();
  await promisify(execFile)('cp', ['-a', `${built}/.`, root]);
  const answer = join(root, 'answer');
  const shape = { ready: 'Listening on nothing', answer, between: 30 };
  const environment = hostEnvironment(MODULES, shape);
  await writeFiles(root, { 'hotdeck.json': JSON.stringify({ environment, modules: ['other', 'handlers'] }) });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  return { client, root, ask: () => askHost(answer) };
}

test('the plan names it, and the verdict says that its statics are lost', async () => {
  const { client, root, ask } = await run();
  await setVersion(join(root, 'handlers'), '2');
  const { plan } = await client.until(
    'the plan',
    ({ plan, build }) => build.name === 'ok' && plan.along.length > 0,
  );
  expect(plan).toMatchObject({ unload: ['handlers'], along: ['pricing'], restart: [] });
  await client.request('reload', {});
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(lastReload).toMatchObject({
    verdict: 'swapped',
    swapped: ['handlers'],
    along: ['pricing'],
    message: 'Swapped handlers. pricing went along: what its statics held is lost.',
  });
  expect(await ask()).toEqual(['other 1', 'handlers 2 over pricing 1']);
});

test('a change of it takes no restart: it comes back as it is on disk', async () => {
  const { client, root, ask } = await run();
  await setVersion(join(root, 'pricing'), '2');
  const { plan } = await client.until(
    'the plan',
    ({ plan, build }) => build.name === 'ok' && plan.along.length > 0,
  );
  expect(plan).toMatchObject({ unload: ['handlers'], along: ['pricing'], restart: [] });
  await client.request('reload', {});
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(lastReload).toMatchObject({ verdict: 'swapped', along: ['pricing'] });
  expect(await ask()).toEqual(['other 1', 'handlers 1 over pricing 2']);
});

test('a module that does not need it leaves it where it is', async () => {
  const { client, root } = await run();
  await setVersion(join(root, 'other'), '2');
  await client.until('the plan', ({ plan, build }) => build.name === 'ok' && plan.unload.length > 0);
  await client.request('reload', {});
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(lastReload).toMatchObject({ verdict: 'swapped', along: [], message: 'Swapped other.' });
  expect(lastReload?.plan.along).toEqual([]);
});
