/** What happens in a workspace is recorded: all of it, in order, and as the server's own log tells it. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { HistoryRecord, LogRecord } from '#shared/contract.ts';
import { HistoryStore } from '../../../main/engine/history/historyStore.ts';
import { workspaceId } from '../../../main/engine/workspace/workspaceId.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { copySample, setFailure, setGreeting } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

const GREETING = /GREETING: &str = "[^"]*"/;
const ALL = { from: null, to: null, most: 1000 };

async function open(root: string, data: string, auto = {}): Promise<EngineClient> {
  const client = startEngine(process.env, { data });
  onTestFinished(() => client.close());
  await client.open(root, auto);
  return client;
}

async function recordsOf(data: string, root: string): Promise<HistoryRecord[]> {
  const failures: unknown[] = [];
  const onFailure = (failure: unknown) => failures.push(failure);
  const store = new HistoryStore({ data, workspace: workspaceId(root), onFailure });
  const records: HistoryRecord[] = [];
  for await (const { record } of store.records()) records.push(record);
  await store.close();
  expect(failures).toEqual([]);
  return records;
}

const running = (client: EngineClient) =>
  client.until('running', ({ server }) => server.name === 'running', 90_000);

/** The lines of a run's log, as the app shows them. */
async function logOf(client: EngineClient, run: string): Promise<LogRecord[]> {
  const filter = { levels: [], target: '', pattern: null, since: null };
  const page = await client.query('readLog', { run, filter, from: null, direction: 'forward', limit: 1000 });
  return page.records;
}

const word = (record: HistoryRecord): string => {
  switch (record.kind) {
    case 'edit':
      return `edit ${record.files.join()}`;
    case 'build':
      return `build ${record.trigger.kind} ${record.outcome}`;
    case 'reload':
      return `reload ${record.number} ${record.verdict}`;
    case 'server':
      return record.event;
  }
};

test('edits, builds that fail, reloads, crashes and restarts: complete, in order and true', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copySample(root);
  const client = await open(root, data);
  await client.request('start', {});
  await running(client);

  const api = join(root, 'api/src/lib.rs');
  /** In one step, so that it is seen as one. */
  const save = async (from: string | RegExp, to: string): Promise<void> => {
    const text = await readFile(api, 'utf8');
    await writeFile(join(data, 'saved.rs'), text.replace(from, to));
    const seen = client.until('the edit is seen', ({ edited }) => edited.length > 0);
    await rename(join(data, 'saved.rs'), api);
    await seen;
  };
  const built = (name: 'ok' | 'failed') =>
    client.until(
      `build ${name}`,
      ({ build, edited }) => build.name === name && (name === 'failed' || edited.length === 0),
      90_000,
    );
  await save('pub fn page(', 'pub fn page((');
  await built('failed');
  await save('pub fn page((', 'pub fn page(');
  await built('ok');
  await save(GREETING, 'GREETING: &str = "Hello, history"');
  await built('ok');
  await client.request('reload', {});
  await client.until('swapped', ({ lastReload }) => lastReload?.verdict === 'swapped');
  await running(client);

  await client.request('shutdown', {});
  await client.until('stopped', ({ server }) => server.name === 'stopped');
  await setFailure(root, 'crash');
  await client.until('the settings are read', ({ edited }) => edited.includes('hotdeck.json'));
  await built('ok');
  await client.request('start', {});
  await running(client);
  await save(GREETING, 'GREETING: &str = "Hello, crash"');
  await built('ok');
  await client.request('reload', {});
  const { lastReload } = await client.until(
    'crashed',
    ({ server, lastReload: last }) => server.name === 'crashed' && last?.verdict === 'crashed',
  );
  await client.request('start', {});
  await running(client);

  const { entries, whole, writers } = await client.query('history', ALL);
  const records = await recordsOf(data, root);
  expect(whole?.count).toBe(records.length);
  expect(writers).toHaveLength(1);
  const words = records.map(word);
  const expected = [
    'build start ok',
    'start',
    'ready',
    'edit api/src/lib.rs',
    'build edit failed',
    'edit api/src/lib.rs',
    'build edit ok',
    'edit api/src/lib.rs',
    'build edit ok',
    'reload 1 swapped',
    'stop',
  ];
  expect(words.slice(0, expected.length)).toEqual(expected);
  expect(words.slice(-5)).toEqual(['build edit ok', 'reload 2 crashed', 'crash', 'start', 'ready']);

  // Each, against the server's own log and the state that the window saw.
  const logs = new Map<string, LogRecord[]>();
  for (const { run } of records) {
    if (run?.startsWith('server')) logs.set(run, logs.get(run) ?? (await logOf(client, run)));
  }
  const said = (record: HistoryRecord): string[] =>
    (logs.get(record.run ?? '') ?? [])
      .filter(({ line }) => line >= (record.line ?? 0) && line < (record.endLine ?? 0))
      .map(({ message, target }) => `${target}: ${message}`);

  const [broken] = records.filter((each) => each.kind === 'build' && each.outcome === 'failed');
  expect(broken).toMatchObject({
    trigger: { kind: 'edit', files: ['api/src/lib.rs'], text: 'api/src/lib.rs' },
    problems: { list: [expect.objectContaining({ file: 'api/src/lib.rs', level: 'error' })] },
    modules: { depot_api: 'failed' },
    message: null,
  });
  const [first] = records;
  expect(first).toMatchObject({ kind: 'build', fresh: [], problems: { errors: 0 } });
  if (first?.kind === 'build') {
    expect(first.compiled.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining(['depot_admin', 'depot_api', 'depot_core', 'depot_router']),
    );
    for (const { ended } of first.compiled) expect(ended).toBeLessThanOrEqual(first.took);
  }

  const [swapped, crash] = records.filter((each) => each.kind === 'reload');
  expect(swapped).toMatchObject({
    cause: 'reload',
    files: ['api/src/lib.rs'],
    swapped: ['depot_api', 'depot_admin', 'depot_router'],
    plan: { unload: ['depot_router', 'depot_admin', 'depot_api'] },
    modules: { depot_api: 'loaded', depot_core: 'pinned' },
  });
  if (swapped?.kind !== 'reload' || crash?.kind !== 'reload') throw new Error('A reload is missing.');
  const order = swapped.steps.map(({ module, step }) => `${module}: Module ${step}ed`);
  const inLog = said(swapped).filter((line) => /Module (unload|load)/.test(line));
  expect(inLog.map((line) => line.replace('unloading', 'unloaded'))).toEqual(order);
  expect(said(swapped).join('\n')).toContain('Listening on');
  expect(swapped.drain).toBe(swapped.steps[0]?.at);
  // Its log line may be read before the look at the maps that shows the last step.
  expect(swapped.firstAnswer).toBeGreaterThan(0);
  expect(swapped.firstAnswer).toBeLessThanOrEqual(swapped.took + 1);
  const edit = records.findLast((each) => each.kind === 'edit' && each.at < swapped.at);
  expect(swapped.saved).toBeLessThanOrEqual(edit?.at ?? 0);
  expect(crash).toMatchObject({ verdict: 'crashed', message: lastReload?.message });

  const died = records.find((each) => each.kind === 'server' && each.event === 'crash');
  expect(died).toMatchObject({ signal: 'SIGSEGV', code: null });
  if (died?.kind !== 'server') throw new Error('No crash.');
  const [starting] = records.filter((each) => each.kind === 'server' && each.pid === died.pid);
  expect(died.at - (died.life ?? 0) - (starting?.at ?? 0)).toBeLessThan(50);
  expect(logs.get(died.run ?? '')?.at(-1)?.message).toContain(died.lines.at(-1)?.split(': ').at(-1));

  // What a window gets of it.
  const last = entries.findLast(({ outcome }) => outcome === 'crashed');
  expect(last).toMatchObject({ kind: 'reload', tone: 'bad', count: 1 });
  const { record, graph } = await client.query('historyRecord', { id: last?.id ?? '' });
  expect(record).toEqual(crash);
  expect(graph).toEqual(client.session.graph);
  expect(await client.request('openProblem', { problemId: 'x' })).toMatchObject({ ok: false });
});

test('two engines on one workspace: the records of both are there, for both', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  const [one, other] = [
    await open(root, data, { buildOnSave: false }),
    await open(root, data, { buildOnSave: false }),
  ];
  await one.request('build', {});
  await other.request('build', {});
  await setGreeting(root, 'api', 'Hello, both');
  for (const client of [one, other])
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  await other.request('build', {});
  const expected = ['build', 'build', 'edit', 'edit', 'build'];
  for (const client of [one, other]) {
    const { entries, writers } = await client.query('history', ALL);
    expect(entries.map(({ kind }) => kind)).toEqual(expected);
    expect(writers).toHaveLength(2);
    for (const { id } of entries) {
      expect((await client.query('historyRecord', { id })).record).toMatchObject({ v: 1 });
    }
  }
  await other.close();
  expect((await one.query('history', ALL)).entries).toHaveLength(5);
  expect((await recordsOf(data, root)).map(({ kind }) => kind)).toEqual(expected);
});

test('where nothing can be kept the workspace works all the same, and it is said once', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  await writeFile(join(data, 'history'), 'a file in place of the folder');
  const client = await open(root, data, { buildOnSave: false });
  await client.request('build', {});
  await client.request('start', {});
  await running(client);
  expect(client.session.notices.filter(({ kind }) => kind.startsWith('history'))).toHaveLength(1);
  expect((await client.query('history', ALL)).entries).toEqual([]);
});

test('a build that is cancelled, and one that a window asked for', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copySample(root);
  const client = await open(root, data, { buildOnSave: false });
  const build = client.request('build', {});
  await client.until('building', ({ build: state }) => state.name === 'building');
  await client.request('cancelBuild', {});
  await build;
  await client.request('build', {});
  const records = await recordsOf(data, root);
  expect(records.map(word)).toEqual(['build asked cancelled', 'build asked ok']);
});
