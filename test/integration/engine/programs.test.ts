/** Workspaces with several programs, or with one that the build leaves out. Real cargo. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineState, Reply } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { editFile } from '../../support/fixtures/files.ts';
import { writeHarbor } from '../../support/fixtures/harbor.ts';
import { temporaryFolder } from '../../support/folders.ts';

const bin = (name: string, features: readonly string[] = []): string =>
  `\n[[bin]]\nname = "${name}"\npath = "src/main.rs"\nrequired-features = ${JSON.stringify(features)}\n`;
const FEATURES = '\n[features]\nserver = []\n';

async function open(root: string, data: string | null = null): Promise<EngineClient> {
  const client = startEngine(process.env, { data });
  onTestFinished(() => client.close());
  await client.open(root);
  return client;
}

async function write(manifest: string, more: { arguments?: string[] } = {}): Promise<string> {
  const root = await temporaryFolder();
  await writeHarbor(root, { plain: true, manifest, ...more });
  return root;
}

async function start(client: EngineClient): Promise<void> {
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('running', ({ server }) => server.name === 'running');
  await client.untilText('server', /ready/);
}

const choosing = (state: EngineState): Extract<EngineState, { name: 'choosing' }> => {
  if (state.name !== 'choosing') throw new Error(`It is ${state.name}.`);
  return state;
};
const failureOf = (reply: Reply): string => (reply.ok ? 'granted' : reply.failure.message);

test('several programs are offered; the choice is remembered, and can be changed while no server runs', async () => {
  const root = await write(`${FEATURES}${bin('quay')}${bin('pier')}${bin('ferry', ['server'])}`);
  const data = await temporaryFolder();
  const client = await open(root, data);
  const { programs } = choosing(client.state);
  expect(programs.map(({ id, missing }) => [id, missing])).toEqual([
    ['bin harbor/ferry', ['server']],
    ['bin harbor/pier', []],
    ['bin harbor/quay', []],
  ]);
  expect(failureOf(await client.request('chooseProgram', { program: 'bin harbor/none' }))).toContain(
    'no such',
  );
  expect(await client.request('chooseProgram', { program: 'bin harbor/pier' })).toEqual({ ok: true });
  expect(client.session.programs.filter(({ chosen }) => chosen).map(({ binary }) => binary)).toEqual([
    'pier',
  ]);
  await start(client);
  await client.untilText('server', new RegExp(`by ${join(root, 'target/debug/pier')}\\b`));
  const { state } = client;
  expect(failureOf(await client.request('chooseProgram', { program: 'bin harbor/quay' }))).toContain(
    'server runs',
  );
  expect(client.state.name).toBe(state.name);
  await client.request('shutdown', {});

  // Choosing turns on what it is built with only.
  expect(await client.request('chooseProgram', { program: 'bin harbor/ferry' })).toEqual({ ok: true });
  await start(client);
  await client.untilText('server', new RegExp(`by ${join(root, 'target/debug/ferry')}\\b`));
  await client.close();

  const next = await open(root, data);
  expect(next.session.programs.filter(({ chosen }) => chosen)).toMatchObject([
    { binary: 'ferry', missing: [] },
  ]);
});

test('a program behind required-features: what is missing is said, and turning it on is offered and remembered', async () => {
  const root = await write(`${FEATURES}${bin('harbor', ['server'])}`);
  const data = await temporaryFolder();
  const client = await open(root, data);
  const notice = client.session.notices.find(({ kind }) => kind === 'required-features');
  expect(notice).toMatchObject({ actions: ['enable-features'], program: 'bin harbor/harbor' });
  expect(notice?.message).toContain('only with the feature server');
  expect(failureOf(await client.request('start', {}))).toContain('cargo leaves it out');

  expect(await client.request('chooseProgram', { program: notice?.program ?? '' })).toEqual({ ok: true });
  await client.until(
    'the notice is gone',
    ({ notices }) => !notices.some(({ kind }) => kind === 'required-features'),
  );
  await start(client);
  await client.close();
  const next = await open(root, data);
  expect(next.session.notices).toEqual([]);
  expect(next.session.programs).toMatchObject([{ missing: [] }]);
});

test('a build that was told to leave the program out: Start says what cargo reported, and not to build', async () => {
  const root = await write('', { arguments: ['-p', 'dock'] });
  const client = await open(root);
  const said = await client.request('start', {});
  expect(client.session.build.name).toBe('ok');
  expect(failureOf(said)).toContain('The build succeeded, but cargo reported no program harbor');
  expect(said).toMatchObject({ ok: false, failure: { remedy: expect.stringContaining('build.arguments') } });
});

test('an example is the server where there is no other program', async () => {
  const root = await write(
    '\n[lib]\npath = "src/settings.rs"\n\n[[example]]\nname = "demo"\npath = "src/main.rs"\n',
  );
  await editFile(join(root, 'Cargo.toml'), 'edition = "2021"', 'edition = "2021"\nautobins = false');
  const client = await open(root);
  expect(client.session.programs).toMatchObject([{ kind: 'example', binary: 'demo', chosen: true }]);
  await client.request('build', {});
  await client.until('built', ({ build }) => build.name === 'ok');
  const program = client.session.graph.nodes.find(({ role }) => role === 'executable')?.name ?? '';
  expect(client.session.modules[program]?.file).toBe('target/debug/examples/demo');
  expect(client.session.modules[program]?.artifact).not.toBeNull();
});
