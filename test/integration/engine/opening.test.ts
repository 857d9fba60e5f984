/** Opening a workspace: by which path, with which cargo, and what is done where cargo waits or can't answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { inFolder, libraryCrate, packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const APP = inFolder('app', { 'Cargo.toml': packageTable('app'), 'src/main.rs': 'fn main() {}\n' });
const WORKSPACE = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "api"]\n',
  ...APP,
  ...inFolder('api', libraryCrate('api', {}, '')),
};

async function write(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await realpath(await temporaryFolder());
  await writeFiles(root, files);
  return root;
}

/** An engine whose cargo comes first on the PATH from this folder, if there is one. */
function engine(env: Readonly<Record<string, string>> = {}): EngineClient {
  const client = startEngine({ ...process.env, ...env });
  onTestFinished(() => client.close());
  return client;
}

const names = ({ session }: EngineClient): string[] => session.graph.nodes.map((node) => node.name);

test.each([
  ['the folder of a member', 'api'],
  ['a folder in a member', 'api/src'],
  ['the Cargo.toml of a member', 'api/Cargo.toml'],
])('%s opens its workspace, and says so', async (_, path) => {
  const root = await write(WORKSPACE);
  const client = engine();
  await client.open(join(root, path));
  expect(client.session.workspace.root).toBe(root);
  expect(client.session.notices).toMatchObject([
    {
      kind: 'opened-root',
      severity: 'info',
      message: expect.stringContaining(`part of the workspace ${root}`),
    },
  ]);
});

test.each([['.'], ['Cargo.toml']])('the workspace itself opens without a word: %s', async (path) => {
  const root = await write(WORKSPACE);
  const client = engine();
  await client.open(join(root, path));
  expect(client.session.workspace.root).toBe(root);
  expect(client.session.notices).toEqual([]);
});

test('a package alone is a workspace, and one whose members lie elsewhere is one', async () => {
  const alone = await write({ 'Cargo.toml': packageTable('solo'), 'src/main.rs': 'fn main() {}\n' });
  const client = engine();
  await client.open(alone);
  expect(names(client)).toEqual(['solo']);

  const outer = await write({
    'work/Cargo.toml': `${packageTable('app')}\n[workspace]\nmembers = ["../api"]\n`,
    'work/src/main.rs': 'fn main() {}\n',
    ...inFolder('api', {
      ...libraryCrate('api', {}, ''),
      'Cargo.toml': `${packageTable('api')}workspace = "../work"\n[lib]\ncrate-type = ["dylib"]\n`,
    }),
  });
  await client.open(join(outer, 'api'));
  expect(client.session.workspace.root).toBe(join(outer, 'work'));
  expect(names(client)).toEqual(expect.arrayContaining(['api', 'app']));
});

test('waiting for the package cache is said, and can be stopped; then it opens', async () => {
  const root = await write(WORKSPACE);
  const home = await temporaryFolder();
  const holder = spawn('flock', [join(home, '.package-cache'), 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void holder.kill());
  await once(holder.stdout, 'data');

  const client = engine({ CARGO_HOME: home });
  const opening = client.open(root);
  const said = (): string => (client.state.name === 'opening' ? (client.state.said ?? '') : '');
  await expect.poll(said, { timeout: 30_000 }).toContain("cargo's lock on the package cache");
  expect(client.state).toMatchObject({ name: 'opening', since: expect.any(Number) });
  await client.request('stopOpening', {});
  await opening;
  expect(client.state).toMatchObject({
    name: 'failed',
    failure: { kind: 'stopped', remedy: expect.stringContaining('the other cargo') },
  });
  expect(await client.request('stopOpening', {})).toMatchObject({ ok: false });

  holder.stdin.end();
  await once(holder, 'exit');
  await client.request('retryOpen', {});
  expect(names(client)).toContain('api');
});

test('another workspace can be opened while cargo waits', async () => {
  const [root, other] = [await write(WORKSPACE), await write(WORKSPACE)];
  const bin = await write({
    cargo: '#!/bin/sh\n[ "$PWD" = "$STUCK" ] && exec sleep 600\nexec "$REAL" "$@"\n',
  });
  await chmod(join(bin, 'cargo'), 0o755);
  const { PATH = '' } = process.env;
  const client = engine({ PATH: `${bin}:${PATH}`, STUCK: root, REAL: await which('cargo') });
  const first = client.open(root);
  await expect.poll(() => client.state.name).toBe('opening');
  await client.open(other);
  await first;
  expect(client.session.workspace.root).toBe(other);
});

async function which(program: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const path = join(folder, program);
    if (
      await readFile(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Error(`There is no ${program}.`);
}

test('noise of a wrapper around cargo’s answer is passed over', async () => {
  const root = await write(WORKSPACE);
  const bin = await write({
    cargo: '#!/bin/sh\necho "hello from the wrapper {}"\n"$REAL" "$@"; code=$?\necho bye\nexit $code\n',
  });
  await chmod(join(bin, 'cargo'), 0o755);
  const client = engine({ PATH: `${bin}:${process.env.PATH ?? ''}`, REAL: await which('cargo') });
  await client.open(root);
  expect(names(client)).toEqual(expect.arrayContaining(['api', 'app']));
});

/** A cargo home in which no registry can be reached. */
async function unreachable(): Promise<Record<string, string>> {
  const home = await temporaryFolder();
  await mkdir(home, { recursive: true });
  await writeFiles(home, {
    'config.toml':
      '[source.crates-io]\nreplace-with = "nowhere"\n[source.nowhere]\nregistry = "sparse+http://127.0.0.1:1/"\n[net]\nretry = 0\n',
  });
  return { CARGO_HOME: home };
}

test('where the registry is unreachable, the members are enough, and that is said', async () => {
  const root = await write({
    ...WORKSPACE,
    'app/Cargo.toml': `${packageTable('app')}\n[dependencies]\napi = { path = "../api" }\nitoa = "1"\n[target.'cfg(windows)'.dependencies]\nwin = { path = "../win" }\n`,
    ...inFolder('win', libraryCrate('win', {}, '')),
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "api", "win"]\n',
  });
  const client = engine(await unreachable());
  await client.open(root);
  expect(client.session.notices).toMatchObject([
    { kind: 'metadata', message: expect.stringContaining('the registry is unreachable') },
  ]);
  const app = client.session.graph.nodes.find((node) => node.name === 'app');
  expect(app?.needs).toContain('itoa');
  expect(app?.needs).not.toContain('win');
});
