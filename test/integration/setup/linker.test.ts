/** A link that fails for the linker's sake: the next one is offered, tried, and remembered once it worked. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Notice } from '../../../preload/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { inFolder, packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const run = promisify(execFile);
const MAIN = 'fn main() {\n    println!("Listening on nothing");\n    std::thread::park();\n}\n';
/** A linker that is not there, asked for in the one of cargo's tables that rules out the other. */
const CONFIG = `[target.'cfg(target_os = "linux")']\nrustflags = ["-Cdebuginfo=1", "-Clink-arg=-fuse-ld=mold"]\n`;

async function prepare(config = CONFIG, env: NodeJS.ProcessEnv = process.env) {
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
  return { root, data, open };
}

const troubleOf = (client: EngineClient): Notice | undefined =>
  client.session.notices.find(({ kind }) => kind === 'link-trouble');

async function tryOffered(client: EngineClient): Promise<string> {
  const linker = troubleOf(client)?.linker;
  if (linker === undefined) throw new Error('No linker is offered.');
  expect(await client.request('useLinker', { linker })).toEqual({ ok: true });
  return linker;
}

const built = (client: EngineClient) => client.until('built', ({ build }) => build.name === 'ok', 30_000);

/** gcc refuses a name that it does not know, so it has to be one that it does: they can't run where it is installed. */
const hasMold = await run('ld.mold', ['--version']).then(
  () => true,
  () => false,
);

test.skipIf(hasMold)(
  'the next that is installed is offered, tried, and kept over a reopen; no file changes',
  async () => {
    const { root, open } = await prepare();
    const client = await open();
    await client.request('build', {});
    await client.until('it failed', ({ build }) => build.name === 'failed', 30_000);
    expect(troubleOf(client)).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('mold'),
      actions: ['try-linker'],
    });
    const linker = await tryOffered(client);
    await built(client);
    expect(client.session.notices).toMatchObject([
      { kind: 'linker-worked', message: `${linker} links this workspace. From now on it always does.` },
    ]);
    expect(client.session.workspace.settings).toContainEqual({
      key: 'linker',
      value: linker,
      from: 'set-up',
    });
    await client.close();

    const again = await open();
    expect(again.session.workspace.settings).toContainEqual({ key: 'linker', value: linker, from: 'set-up' });
    await writeFile(join(root, 'server/src/main.rs'), MAIN.replace('nothing', 'nothing yet'));
    await again.request('build', {});
    await built(again);
    expect(again.session.notices).toEqual([]);
    expect(await readFile(join(root, '.cargo/config.toml'), 'utf8')).toBe(CONFIG);
    // The user's own flag beside it is in force too: the debug information is the one that was asked for.
    const { stdout } = await run('readelf', ['-S', join(root, 'target/debug/server')]);
    expect(stdout).toContain('.debug_line');
  },
);

test.skipIf(hasMold)('also where the variable rules out all files', async () => {
  const { open } = await prepare('', { ...process.env, RUSTFLAGS: '-Clink-arg=-fuse-ld=mold' });
  const client = await open();
  await client.request('build', {});
  await client.until('it failed', ({ build }) => build.name === 'failed', 30_000);
  await tryOffered(client);
  await built(client);
});

test('one that fails too is given back, the next is offered, and in the end it is said that none is left', async () => {
  // Whichever linker it is, it gets an option that none knows.
  const config = `[build]\nrustflags = ["-Clink-arg=-Wl,--no-linker-knows-this"]\n`;
  const { open } = await prepare(config);
  const client = await open();
  await client.request('build', {});
  await client.until('it failed', ({ build }) => build.name === 'failed', 30_000);
  const tried: string[] = [];
  for (let offered = troubleOf(client)?.linker; offered !== undefined; offered = troubleOf(client)?.linker) {
    tried.push(await tryOffered(client));
    await client.until('the build began', ({ build }) => build.name === 'building');
    await client.until('it failed', ({ build }) => build.name === 'failed', 30_000);
  }
  expect(new Set(tried).size).toBe(tried.length);
  expect(tried.length).toBeGreaterThan(0);
  expect(troubleOf(client)).toMatchObject({
    actions: [],
    message: expect.stringContaining('--no-linker-knows-this'),
    remedy: expect.stringContaining('No other linker is installed'),
  });
  expect(client.session.workspace.settings.some(({ key }) => key === 'linker')).toBe(false);
});

test('a library that is missing is not the linker’s fault: none is offered', async () => {
  const { open } = await prepare('[build]\nrustflags = ["-lno_such_library"]\n');
  const client = await open();
  await client.request('build', {});
  await client.until('it failed', ({ build }) => build.name === 'failed', 30_000);
  expect(client.session.problems.length).toBeGreaterThan(0);
  expect(client.session.notices).toEqual([]);
});
