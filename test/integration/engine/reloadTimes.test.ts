/** How long a reload took is what the server worked, and its phases come in one order, whenever it says that it serves. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LastReload, ReloadRecord } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { copyBuiltHost, type HostShape } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';

const READY = 'Server running at nowhere';

async function running(shape: HostShape): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'plain', shape, { ready: READY });
  const client = startEngine(process.env, { data: await temporaryFolder() });
  onTestFinished(() => client.close());
  await client.open(root);
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  await client.until('loaded', ({ modules }) => modules.left?.state === 'loaded');
  return { client, root };
}

async function reload(client: EngineClient, root: string, version: string): Promise<LastReload> {
  const before = client.session.lastReload?.number ?? 0;
  await setVersion(join(root, 'left'), version);
  await client.until('stale', ({ plan, build }) => build.name === 'ok' && plan.unload.includes('left'));
  await client.request('reload', {});
  const { lastReload } = await client.until(
    'the verdict',
    ({ lastReload: last }) => last?.took != null && last.number > before,
  );
  if (lastReload === null) throw new Error('There was no reload.');
  return lastReload;
}

async function recordsOf(client: EngineClient): Promise<ReloadRecord[]> {
  const range = { from: null, to: null, most: 100 };
  const { entries } = await client.query('history', { ...range, kinds: ['reload'] });
  const answers = await Promise.all(entries.map(({ id }) => client.query('historyRecord', { id })));
  return answers.flatMap(({ record }) => (record.kind === 'reload' ? [record] : []));
}

const lastStep = ({ steps }: LastReload): number => steps.at(-1)?.at ?? Number.NaN;

test('a server that says only once that it serves: each reload took as long as its last step', async () => {
  const { client, root } = await running({ ready: READY, readyOnce: true });
  for (const version of ['two', 'three']) {
    const last = await reload(client, root, version);
    expect(last).toMatchObject({ verdict: 'swapped', swapped: ['left'] });
    expect(last.took).toBe(Math.round(lastStep(last)));
  }
});

test('a server that says so after each reload: it took until then, and the answer is the last phase', async () => {
  const { client, root } = await running({ ready: READY, drain: 50 });
  const last = await reload(client, root, 'two');
  expect(last).toMatchObject({ verdict: 'swapped', swapped: ['left'] });
  expect(last.took).toBeGreaterThanOrEqual(Math.round(lastStep(last)));
  await expect.poll(async () => (await recordsOf(client))[0]?.verdict).toBe('swapped');
  const [record] = await recordsOf(client);
  expect(record?.drain).toBeGreaterThanOrEqual(40);
  expect(record?.firstAnswer).toBeGreaterThanOrEqual(record?.drain ?? Number.NaN);
});
