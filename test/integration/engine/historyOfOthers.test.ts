/** What other engines on the same workspace do, and what they leave undone when they are killed, is seen as it happens. */
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { startMortalEngine } from '../../support/engineChild.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { setFailure, setGreeting } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

const ALL = { from: null, to: null, most: 1000 };
const BY_HAND = { buildOnSave: false };

/** An engine in this process. */
async function open(root: string, data: string): Promise<EngineClient> {
  const client = startEngine(process.env, { data });
  onTestFinished(() => client.close());
  await client.open(root, BY_HAND);
  return client;
}

/** One in a process of its own. */
async function openMortal(root: string, data: string) {
  const engine = await startMortalEngine(data);
  onTestFinished(() => engine.kill());
  await engine.client.open(root, BY_HAND);
  return engine;
}

const wordsOf = (entries: readonly { kind: string; outcome: string }[]): string[] =>
  entries.map(({ kind, outcome }) => `${kind} ${outcome}`);

const ended = async (client: EngineClient) =>
  (await client.query('history', ALL)).entries.filter(({ took }) => took !== null);

const running = (client: EngineClient) =>
  client.until('running', ({ server }) => server.name === 'running', 90_000);

test('a build, a reload and a server’s life that are cut off by a kill are told about, and not before', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  await setFailure(root, 'drain:600000');
  const first = await openMortal(root, data);
  await first.client.request('start', {});
  await running(first.client);
  await setGreeting(root, 'api', 'Hello, reload');
  await first.client.until('the edit is seen', ({ edited }) => edited.includes('api/src/lib.rs'));
  await first.client.request('build', {});
  const reload = first.client.request('reload', {}).catch(() => {});
  await first.client.until('a reload runs', ({ lastReload }) => lastReload?.verdict === 'running');

  // Another one, while all of that goes on: nothing is cut off yet.
  const second = await openMortal(root, data);
  expect(wordsOf(await ended(second.client))).toEqual(['build ok']);
  expect(second.client.recorded).toEqual([]);
  await first.kill();
  const killed = Date.now();
  void reload;
  await expect
    .poll(() => wordsOf(second.client.recorded).sort(), { timeout: 10_000 })
    .toEqual(['reload interrupted', 'server unseen']);
  const seen = await ended(second.client);
  expect(wordsOf(seen).sort()).toEqual(['build ok', 'reload interrupted', 'server unseen']);
  for (const { outcome, at, took } of seen) {
    if (outcome === 'ok') continue;
    expect(at + (took ?? 0)).toBeLessThanOrEqual(killed + 10);
    // Its last sign of life.
    expect(killed - at - (took ?? 0)).toBeLessThan(30_000);
  }
  const cut = seen.find(({ outcome }) => outcome === 'interrupted');
  expect((await second.client.query('historyRecord', { id: cut?.id ?? '' })).record).toMatchObject({
    kind: 'reload',
    verdict: 'interrupted',
    message: 'Hotdeck exited during this reload.',
    files: ['api/src/lib.rs'],
    plan: { unload: ['depot_router', 'depot_admin', 'depot_api'] },
  });

  await setGreeting(root, 'api', 'Hello, build');
  await second.client.until('the edit is seen', ({ edited }) => edited.includes('api/src/lib.rs'));
  const build = second.client.request('build', {}).catch(() => {});
  await second.client.until('building', ({ build: state }) => state.name === 'building');
  await second.kill();
  void build;

  // The next one finds it, goes on, and says nothing of what is over.
  const third = await open(root, data);
  const expected = ['build ok', 'reload interrupted', 'server unseen', 'build interrupted'];
  const found = await ended(third);
  expect(wordsOf(found).sort()).toEqual([...expected].sort());
  const last = found.find(({ outcome, kind }) => kind === 'build' && outcome === 'interrupted');
  const { record } = await third.query('historyRecord', { id: last?.id ?? '' });
  expect(record).toMatchObject({
    trigger: { kind: 'asked', files: ['api/src/lib.rs'] },
    message: 'Hotdeck exited during this build.',
    run: expect.stringMatching(/^build-/),
  });
  await third.request('build', {});
  expect(wordsOf(await ended(third)).sort()).toEqual([...expected, 'build ok'].sort());
  expect(third.session.notices.filter(({ kind }) => kind.startsWith('history'))).toEqual([]);
});

test('what one of two engines records, the other is told about without asking', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  const { client: other } = await openMortal(root, data);
  const here = await open(root, data);
  for (const client of [here, other]) expect(await client.query('history', ALL)).toMatchObject({ count: 0 });
  const told = (client: EngineClient, ...expected: string[]) =>
    expect.poll(() => wordsOf(client.recorded), { timeout: 5_000, interval: 10 }).toEqual(expected);
  await other.request('build', {});
  await told(here, 'build ok');
  await here.request('build', {});
  await told(other, 'build ok', 'build ok');
  const start = other.request('start', {});
  await running(other);
  await start;
  await told(here, 'build ok', 'build ok', 'server start', 'server ready');
  await other.request('shutdown', {});
  await told(here, 'build ok', 'build ok', 'server start', 'server ready', 'server stop');
  const ids = (client: EngineClient) => client.recorded.map(({ id }) => id);
  expect(new Set(ids(here)).size).toBe(5);
  expect((await here.query('history', ALL)).entries.map(({ id }) => id).sort()).toEqual(
    [...ids(here)].sort(),
  );
});
