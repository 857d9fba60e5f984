/** The same code is told by content: what is only another file is not stale, and other code in the same file is. */
import { copyFile, mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SessionState } from '#shared/contract.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { editFile, setVersion } from '../../support/fixtures/files.ts';
import { copyBuiltHost, HOST_MODULES, setHost } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';

const SETTINGS = { signals: { reload: 'SIGUSR1', shutdown: 'SIGTERM' } };
const SHAPE = { ready: 'ready', signal: 'USR1' } as const;

interface Served {
  client: EngineClient;
  root: string;
  left: string;
}

async function open(root: string, env: NodeJS.ProcessEnv = process.env): Promise<Served> {
  const client = startEngine(env, { data: await temporaryFolder() });
  onTestFinished(() => client.close());
  await client.open(root);
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('running', ({ server }) => server.name === 'running');
  return { client, root, left: join(root, 'target/debug/libleft.so') };
}

async function serving(env?: NodeJS.ProcessEnv): Promise<Served> {
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'plain', SHAPE, SETTINGS);
  return open(root, env);
}

const stateOf = ({ modules }: SessionState, name = 'left') => modules[name]?.state;
const own = ({ modules, graph }: SessionState) =>
  graph.nodes.filter(({ role }) => role !== 'external').map(({ name }) => modules[name]);

/** Has the second version of `left` built and swapped in. @returns a copy of the first, with its time. */
async function toSecondVersion({ client, root, left }: Served): Promise<string> {
  const first = join(root, 'first.so');
  await copyFile(left, first);
  const { atime, mtime } = await stat(left);
  await utimes(first, atime, mtime);
  await setVersion(join(root, 'left'), '2');
  await client.until('stale', (now) => stateOf(now) === 'stale' && now.build.name === 'ok');
  await client.request('reload', {});
  await client.until('swapped', (now) => now.lastReload?.verdict === 'swapped' && stateOf(now) === 'loaded');
  return first;
}

test('cargo copies all files at every build: nothing is stale, and there is nothing to reload', async () => {
  const elsewhere = await mkdtemp('/dev/shm/hotdeck-test-');
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'plain', SHAPE, SETTINGS);
  await rm(join(root, 'target'), { recursive: true });
  const { client, left } = await open(root, { ...process.env, CARGO_BUILD_BUILD_DIR: elsewhere });
  const before = await stat(left, { bigint: true });
  await client.request('build', {});
  const after = await stat(left, { bigint: true });
  expect(after.ino === before.ino && after.mtimeNs === before.mtimeNs).toBe(false);
  await client.until(
    'the new files are seen',
    ({ modules }) => modules.left?.artifact?.inode === after.ino.toString(),
  );
  expect(own(client.session).map((status) => status?.state)).toEqual(['loaded', 'loaded', 'loaded']);
  expect(client.session.plan).toMatchObject({ restart: [], leftBehind: [] });
  await client.request('reload', {});
  expect(client.session.notices.map(({ kind }) => kind)).toEqual(['nothing-stale']);
  expect(client.session.lastReload).toBeNull();
});

test('a file that was touched, or copied over, holds the code that it held', async () => {
  const { client, root, left } = await serving();
  // A whole second: utimes(2) gets the rest as a fraction, which is rounded.
  const later = new Date(Math.ceil(Date.now() / 1000) * 1000 + 5_000);
  await utimes(left, later, later);
  await client.until('the time is seen', ({ modules }) => modules.left?.builtAt === later.getTime());
  expect(client.session.modules.left).toMatchObject({ state: 'loaded', reason: null });
  const copy = join(root, 'copy.so');
  await copyFile(left, copy);
  await rename(copy, left);
  const { ino } = await stat(left);
  await client.until('the copy is seen', ({ modules }) => modules.left?.artifact?.inode === String(ino));
  expect(client.session.modules.left).toMatchObject({ state: 'loaded', reason: null });
  // Written into the file that is mapped, but byte for byte what it was.
  await writeFile(left, await readFile(left));
  await client.request('build', {});
  expect(client.session.modules.left?.state).toBe('loaded');
  expect(client.session.notices).toEqual([]);
});

test('an earlier build that was put back is stale, said to be that, and kept in the history', async () => {
  const served = await serving();
  const { client, left } = served;
  const first = await toSecondVersion(served);
  await rename(first, left);
  const session = await client.until('stale', (now) => stateOf(now) === 'stale');
  expect(session.modules.left?.reason).toMatch(/^An earlier build is on disk again: the one of /);
  await expect
    .poll(() => client.recorded.filter(({ kind }) => kind === 'build').at(-1)?.label, { timeout: 20_000 })
    .toContain('Replaced outside Hotdeck');
  // It runs what it ran.
  expect(session.modules.left?.image?.code).not.toBe(session.modules.left?.artifact?.code);
});

test('a library that is written to while it is mapped: said at once, and after the crash', async () => {
  const served = await serving();
  const { client, left } = served;
  const first = await toSecondVersion(served);
  await writeFile(left, await readFile(first));
  const session = await client.until('it is told', ({ notices }) =>
    notices.some(({ kind }) => kind === 'overwritten'),
  );
  expect(session.modules.left).toMatchObject({ state: 'stale', image: { overwritten: true } });
  expect(session.modules.left?.reason).toContain('libleft.so was written to while the server had it mapped');
  const notice = session.notices.find(({ kind }) => kind === 'overwritten');
  expect(notice).toMatchObject({ severity: 'error', actions: ['restart'], modules: ['left'] });
  expect(notice?.message).toContain('may crash');

  // Whether and when it crashes by itself is chance. (Rust's runtime takes the first SIGSEGV from outside for a mistake.)
  process.kill(runningPid(session), 'SIGILL');
  const ended = await client.until('the crash is told', ({ notices }) =>
    notices.some(({ kind }) => kind === 'crashed'),
  );
  expect(ended.notices.map(({ kind }) => kind)).toEqual(['crashed']);
  expect(ended.notices[0]?.message).toContain(
    'Probably because the library file of left was written to while the server had it mapped',
  );
});

test('what of an edit lies in the program’s own copy of a crate takes a restart', async () => {
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'plain', SHAPE, SETTINGS);
  await editFile(join(root, 'left/Cargo.toml'), '["dylib"]', '["rlib", "dylib"]');
  const manifest = join(root, 'deck-host/Cargo.toml');
  await writeFile(
    manifest,
    `${await readFile(manifest, 'utf8')}\n[dependencies]\nleft = { path = "../left" }\n`,
  );
  await editFile(
    join(root, 'deck-host/src/main.rs'),
    'fn main() {',
    'fn main() {\n    println!("inside: {}", left::word());',
  );
  await rm(join(root, 'target/debug/deck-host'));
  await setHost(root, HOST_MODULES.plain, SHAPE, SETTINGS);
  const { client } = await open(root);
  await client.untilText('server', /inside: left 1/);
  await setVersion(join(root, 'left'), '2');
  const session = await client.until(
    'built',
    (now) => stateOf(now) === 'stale' && stateOf(now, 'deck-host') === 'stale' && now.build.name === 'ok',
  );
  expect(session.plan).toMatchObject({ unload: ['left'], restart: ['deck-host'] });
  await client.request('restart', {});
  await client.untilText('server', /inside: left 2/);
  await client.until('all is loaded', (now) => own(now).every((status) => status?.state === 'loaded'));
});

test('a program that cargo relinks because a module changed is the same program', async () => {
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'stacked', SHAPE, SETTINGS);
  const manifest = join(root, 'deck-host/Cargo.toml');
  await writeFile(
    manifest,
    `${await readFile(manifest, 'utf8')}\n[dependencies]\ntop = { path = "../top" }\n`,
  );
  await editFile(join(root, 'deck-host/src/main.rs'), 'fn main() {', 'use top as _;\nfn main() {');
  await rm(join(root, 'target/debug/deck-host'));
  await setHost(root, HOST_MODULES.stacked, SHAPE, { ...SETTINGS, modules: ['low', 'top'] });
  const { client } = await open(root);
  const before = client.session.modules['deck-host']?.artifact?.inode;
  await setVersion(join(root, 'top'), '2');
  const session = await client.until(
    'built',
    (now) => stateOf(now, 'top') === 'stale' && now.build.name === 'ok',
  );
  expect(session.modules['deck-host']?.artifact?.inode).not.toBe(before);
  expect(session.modules['deck-host']?.state).toBe('loaded');
  expect(session.modules['deck-host']?.reason ?? '').toMatch(
    /^$|^Relinked because a library changed; its own code did not\.$/,
  );
  expect(session.plan.restart).toEqual([]);
});
