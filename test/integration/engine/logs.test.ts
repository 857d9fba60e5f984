/** What the server and the builds write is stored, can be asked for, and is there again for the next engine. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { copySample } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function open(root: string, data: string): Promise<EngineClient> {
  const client = startEngine(process.env, { data });
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  return client;
}

test('a run is stored with its marks, and shown again by the next engine', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copySample(root);
  const first = await open(root, data);
  await first.request('start', {});
  await first.until('running', ({ server }) => server.name === 'running');
  await first.request('reload', { anyway: true });
  await first.request('build', {});
  await first.request('shutdown', {});
  const { runs } = await first.until('stopped', ({ server }) => server.name === 'stopped');
  await first.close();

  const second = await open(root, data);
  expect(second.session.runs).toEqual({ ...runs, build: expect.any(String) });
  await second.untilText('server', /Exit\r\n\(the end of the last run\)/);
  await second.untilText('build', /Finished/);
  const stored = await second.query('logRuns', {});
  expect(stored.map(({ stream }) => stream).sort()).toEqual(['build', 'build', 'server']);
  const server = stored.find(({ id }) => id === runs.server);
  expect(server).toMatchObject({ state: 'ended', firstLine: 0 });
  expect(server?.levels.info).toBeGreaterThan(10);
  expect(server?.marks.map(({ kind, number, label }) => [kind, number, label])).toEqual([
    ['reload-began', 1, ''],
    ['reload-ended', 1, 'swapped'],
    ['build-ended', 0, 'ok'],
    ['run-ended', 0, '0'],
  ]);

  const filter = { levels: [], target: '', pattern: null, since: null };
  const run = runs.server ?? '';
  const page = { run, filter, from: null, direction: 'backward', limit: 1000 } as const;
  const all = await second.query('readLog', page);
  expect(all).toMatchObject({ next: null, endLine: server?.endLine });
  expect(all.records.at(-1)).toMatchObject({ level: 'info', message: 'Exit', module: 'depot' });
  const loaded = await second.query('readLog', {
    ...page,
    filter: {
      ...filter,
      target: 'depot_api',
      pattern: { text: 'Module LOADED', regex: false, caseSensitive: false },
    },
  });
  expect(loaded.records.map(({ message }) => message)).toEqual(['Module loaded', 'Module loaded']);
  const since = server?.marks[1]?.line ?? null;
  const after = await second.query('readLog', { ...page, filter: { ...filter, since } });
  expect(after.records.length).toBeLessThan(all.records.length);
  expect(after.records[0]?.line).toBe(since);
  const found = await second.search(run, { text: 'listening on', regex: false, caseSensitive: false });
  expect(found.hits.length).toBeGreaterThanOrEqual(2);
  await expect(second.search(run, { text: '(', regex: true, caseSensitive: false })).rejects.toThrow(
    /regular expression/,
  );
});

test('without a data folder nothing is stored, and that is said', async () => {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  expect(client.session.runs).toEqual({ server: null, build: null });
  expect(await client.query('logRuns', {})).toEqual([]);
  const pattern = { text: 'x', regex: false, caseSensitive: false };
  expect(await client.request('searchLog', { search: '1', run: 'server-x', pattern })).toMatchObject({
    failure: { kind: 'no-logs' },
  });
});

test("where logs can't be stored, the workspace opens and runs all the same, and it is said", async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  await writeFile(join(data, 'logs'), 'a file in place of the folder');
  const client = await open(root, data);
  await client.request('start', {});
  const { notices } = await client.until('running', ({ server }) => server.name === 'running');
  expect(notices).toContainEqual(expect.objectContaining({ kind: 'log-unwritable' }));
  await client.untilText('server', /Listening on/);
});
