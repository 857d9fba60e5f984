/** A link that fails for the linker's sake: the next one is offered, tried, and remembered once it worked. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Notice } from '#shared/contract.ts';
import { userEnvironment } from '../../../main/engine/environment.ts';
import { hostTriple } from '../../../main/engine/rust/host.ts';
import { findProgram } from '../../../main/engine/rust/onPath.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { inFolder, packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** Compiles only with the flag that the user has beside the linker. */
const MAIN = `#[cfg(not(own_flag))]
compile_error!("the user's own flag is gone");

fn main() {
    println!("Listening on nothing");
    std::thread::park();
}
`;
/** gcc refuses a name that it has never heard of, so it has to be one that it knows and that is not installed. */
const isInstalled = (id: string): Promise<boolean> =>
  findProgram(`ld.${id}`, { cwd: '/', env: userEnvironment(process.env) }).then((found) => found !== null);
const ABSENT = (await isInstalled('mold')) ? 'lld' : 'mold';
if (await isInstalled(ABSENT)) throw new Error('These tests need a machine without mold or without lld.');
const OWN = ['--cfg=own_flag', `-Clink-arg=-fuse-ld=${ABSENT}`];
const LIST = JSON.stringify(OWN);
/** It is asked for in the one of cargo's tables that rules out the other. */
const CONFIG = `[target.'cfg(target_os = "linux")']\nrustflags = ${LIST}\n`;
async function prepare(config: string, env: NodeJS.ProcessEnv = process.env) {
  const [root, data] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  await writeFiles(root, {
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["server"]\n',
    '.cargo/config.toml': config,
    '.gitignore': 'target\n',
    ...inFolder('server', { 'Cargo.toml': packageTable('server'), 'src/main.rs': MAIN }),
  });
  const open = async (): Promise<EngineClient> => {
    const client = startEngine(env, { data });
    onTestFinished(() => client.close());
    await client.open(root, { buildOnSave: false });
    return client;
  };
  return { root, open };
}

const troubleOf = (client: EngineClient): Notice | undefined =>
  client.session.notices.find(({ kind }) => kind === 'link-trouble');

async function tryOffered(client: EngineClient): Promise<string> {
  const linker = troubleOf(client)?.linker;
  if (linker === undefined) throw new Error('No linker is offered.');
  expect(await client.request('useLinker', { linker })).toEqual({ ok: true });
  return linker;
}

const built = (client: EngineClient) => client.until('built', ({ build }) => build.name === 'ok');
const broken = (client: EngineClient) => client.until('it failed', ({ build }) => build.name === 'failed');

test('the next that is installed is offered, tried, and kept over a reopen; no file changes', async () => {
  const { root, open } = await prepare(CONFIG);
  const client = await open();
  await client.request('build', {});
  await broken(client);
  expect(troubleOf(client)).toMatchObject({
    severity: 'error',
    message: expect.stringContaining(ABSENT),
    actions: ['try-linker'],
  });
  const linker = await tryOffered(client);
  await built(client);
  expect(client.session.notices).toMatchObject([
    { kind: 'linker-worked', message: `This workspace links with ${linker}. It is used from now on.` },
  ]);
  expect(client.session.workspace.settings).toContainEqual({
    key: 'linker',
    value: linker,
    from: 'set-up',
  });
  const { linkers } = await client.query('setup', {});
  expect(linkers.find(({ id }) => id === linker)).toMatchObject({ worked: true });
  await client.close();

  const again = await open();
  expect(again.session.workspace.settings).toContainEqual({ key: 'linker', value: linker, from: 'set-up' });
  await writeFile(join(root, 'server/src/main.rs'), MAIN.replace('nothing', 'nothing yet'));
  await again.request('build', {});
  await built(again);
  expect(again.session.notices).toEqual([]);
  expect(await readFile(join(root, '.cargo/config.toml'), 'utf8')).toBe(CONFIG);
});

test.each<[string, { config?: string; env?: Record<string, string> }]>([
  ['the flags of the build', { config: `[build]\nrustflags = ${LIST}\n` }],
  ['those of one target', { config: `[target.${hostTriple([])}]\nrustflags = ${LIST}\n` }],
  [
    'those of the build, beside another target’s',
    { config: `[target.'cfg(windows)']\nrustflags = ["-Cnonsense"]\n[build]\nrustflags = ${LIST}\n` },
  ],
  ['RUSTFLAGS', { env: { RUSTFLAGS: OWN.join(' ') } }],
  ['CARGO_ENCODED_RUSTFLAGS', { env: { CARGO_ENCODED_RUSTFLAGS: OWN.join('\x1f') } }],
  ['CARGO_BUILD_RUSTFLAGS', { env: { CARGO_BUILD_RUSTFLAGS: OWN.join(' ') } }],
])('it is asked for beside the user’s own flags, wherever those are: %s', async (_, place) => {
  const { open } = await prepare(place.config ?? '', { ...process.env, ...place.env });
  const client = await open();
  await client.request('build', {});
  await broken(client);
  await tryOffered(client);
  await built(client);
});

test('one that fails too is given back, the next is offered, and in the end it is said that none is left', async () => {
  // Whichever linker it is, it gets an option that none knows.
  const { open } = await prepare(
    '[build]\nrustflags = ["--cfg=own_flag", "-Clink-arg=-Wl,--no-linker-knows-this"]\n',
  );
  const client = await open();
  await client.request('build', {});
  await broken(client);
  // rustc's own choice is one that was tried.
  const first = /The linker (\w+) /.exec(troubleOf(client)?.message ?? '')?.[1];
  expect(['lld', 'bfd']).toContain(first);
  const tried: string[] = [];
  for (let offered = troubleOf(client)?.linker; offered !== undefined; offered = troubleOf(client)?.linker) {
    tried.push(await tryOffered(client));
    await client.until('the build began', ({ build }) => build.name === 'building');
    await broken(client);
  }
  expect(new Set([first, ...tried]).size).toBe(tried.length + 1);
  expect(tried.length).toBeGreaterThan(0);
  expect(troubleOf(client)).toMatchObject({
    actions: [],
    message: expect.stringContaining('--no-linker-knows-this'),
    remedy: expect.stringContaining('No other linker is installed'),
  });
  expect(client.session.workspace.settings.some(({ key }) => key === 'linker')).toBe(false);
});

test('a library that is missing is not the linker’s fault: none is offered', async () => {
  const { open } = await prepare('[build]\nrustflags = ["--cfg=own_flag", "-lno_such_library"]\n');
  const client = await open();
  await client.request('build', {});
  await broken(client);
  expect(client.session.problems.length).toBeGreaterThan(0);
  expect(client.session.notices).toEqual([]);
});
