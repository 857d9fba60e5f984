/** What the sample's server really prints into its terminal, read by the parser of events: each form of each line. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { stripAnsi } from '#shared/ansi.ts';
import type { LogEvent } from '../../../main/engine/families/logEvent.ts';
import { LineSplitter } from '../../../main/engine/lineSplitter.ts';
import { LogEvents } from '../../../main/engine/logs/events/logEvents.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import {
  copySample,
  linkLazily,
  type SampleFailure,
  setEnvironment,
  setGreeting,
  useNewCoreSymbol,
} from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

const STACK = ['database', 'service', 'api', 'admin', 'router'];
const UPPER = ['api', 'admin', 'router'];

let shared = '';
beforeAll(async () => {
  shared = await mkdtemp(join(await realpath(tmpdir()), 'hotdeck-test-'));
  await copyBuiltSample(shared);
});
afterAll(() => rm(shared, { recursive: true, force: true }));

async function run(root: string, failure: SampleFailure | null, colors = true): Promise<EngineClient> {
  await setEnvironment(root, {
    ...(failure === null ? {} : { DEPOT_FAIL: failure }),
    ...(colors ? {} : { DEPOT_LOG_COLORS: 'false' }),
  });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  await client.untilText('server', /Listening on/);
  return client;
}

async function reload(client: EngineClient, root: string, key = false): Promise<void> {
  await setGreeting(root, 'api', `Hello at ${process.hrtime.bigint()}`);
  await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  if (key) {
    await client.request('build', {});
    await client.request('input', { data: '\x03' });
  } else await client.request('reload', {});
  await client.until('the verdict', (session) => session.lastReload?.took != null);
}

async function shutDown(client: EngineClient): Promise<void> {
  await client.request('shutdown', {});
  await client.until('ended', ({ server }) => server.name === 'stopped');
}

/** The terminal may be a moment behind the state. */
const listensAgain = (client: EngineClient): Promise<unknown> =>
  client.untilText('server', /Listening on[\s\S]*Listening on [^\n]*\n/);

/** Each event as a word or two; its time has to be one of today's. */
function eventsOf(client: EngineClient): string[] {
  const [lines, log] = [new LineSplitter(), new LogEvents()];
  const all = [...lines.push(client.text('server')), ...lines.flush()].map(stripAnsi);
  return [...all.flatMap((line) => log.push(line)), ...log.flush()].map(worded);
}

function worded(event: LogEvent): string {
  if (event.at !== null) expect(Math.abs(Number(event.at) - Date.now())).toBeLessThan(3_600_000);
  const { at: _, kind, ...more } = event;
  const words = Object.values(more).flatMap((value) => (typeof value === 'string' ? value : []));
  return [kind, ...words].join(' ').replaceAll('depot_', '');
}

const each = (kind: string, modules: readonly string[]): string[] => modules.map((name) => `${kind} ${name}`);
const START = ['load-pass', ...each('loaded', STACK), 'services-started', 'ready'];
const ASKED = 'reload-requested SIGINT';
const END = [
  'shutdown-requested SIGQUIT',
  'stopped-listening',
  'services-stopping',
  'shutdown-step closing database',
  'shutdown-step services stopped',
  'shutdown-step complete',
  'unload-pass',
];

test.each([true, false])('start, reload by key and by signal, shutdown (colors: %s)', async (colors) => {
  const client = await run(shared, null, colors);
  await reload(client, shared, true);
  const swap = [
    ASKED,
    'stopped-listening',
    'unload-pass',
    ...each('unloading', UPPER.toReversed()),
    'load-pass',
    ...each('loaded', UPPER),
    'ready',
  ];
  await shutDown(client);
  await client.untilText('server', /: Exit\r?\n/);
  expect(eventsOf(client)).toEqual([
    ...START,
    ...swap,
    ...END,
    ...each('unloading', STACK.toReversed()),
    'exit',
  ]);
});

test('a module that is stuck', async () => {
  const client = await run(shared, 'stuck');
  await reload(client, shared);
  await listensAgain(client);
  expect(eventsOf(client)).toEqual([
    ...START,
    ASKED,
    'stopped-listening',
    'unload-pass',
    ...each('unloading', ['router', 'admin']),
    'stuck api',
    'load-pass',
    ...each('loaded', ['admin', 'router']),
    'ready',
  ]);
});

test('a refusal', async () => {
  const client = await run(shared, 'refuse');
  await reload(client, shared);
  await client.untilText('server', /already in progress[^\n]*\n/);
  expect(eventsOf(client)).toEqual([...START, ASKED, 'refused SIGINT Reloading already in progress']);
});

test('a second signal during a drain', async () => {
  const client = await run(shared, 'drain:1');
  await setGreeting(shared, 'api', `Hello at ${process.hrtime.bigint()}`);
  await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  const asked = client.request('reload', {});
  await client.until('reloading', ({ server }) => server.name === 'reloading');
  await client.request('input', { data: '\x03' });
  await asked;
  await listensAgain(client);
  expect(eventsOf(client).slice(START.length, START.length + 4)).toEqual([
    ASKED,
    ASKED,
    'refused SIGINT Reloading already in progress',
    'stopped-listening',
  ]);
});

test('a symbol that nobody has, when the module is loaded', async () => {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const client = await run(root, null);
  await useNewCoreSymbol(root);
  await client.until('the edits are seen', ({ edited }) => edited.length === 2);
  await client.request('reload', { anyway: true });
  await client.until('crashed', ({ server }) => server.name === 'crashed');
  await client.untilText('server', /undefined symbol[^\n]*\n/);
  const events = eventsOf(client);
  const failed = events.findIndex((each) => each.startsWith('load-failed'));
  expect(events.slice(failed - 3, failed)).toEqual(['load-pass', 'loaded database', 'loaded service']);
  expect(events[failed]).toMatch(/^load-failed api .*libapi\.so: undefined symbol: .*core.*motto/);
});

test('a symbol that nobody has, when it is called', async () => {
  const root = await temporaryFolder();
  await copySample(root);
  await linkLazily(root);
  const client = await run(root, null);
  const [, address] = await client.untilText('server', /Listening on \[(.+?)\]/);
  await useNewCoreSymbol(root);
  await client.until('the edits are seen', ({ edited }) => edited.length === 2);
  await client.request('reload', { anyway: true });
  await client.until('the verdict', (session) => session.lastReload?.took != null);
  await fetch(`http://${address}/`).catch(() => {});
  await client.until('crashed', ({ server }) => server.name === 'crashed');
  await client.untilText('server', /undefined symbol[^\n]*\n/);
  const last = eventsOf(client).at(-1);
  expect(last).toMatch(/^linker-death \S*core\S*motto\S* \S*\/libapi\.so .*symbol lookup error/);
});
