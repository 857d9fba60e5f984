/** Where cargo puts things: Hotdeck builds, starts and watches what cargo made, wherever that is. Real cargo throughout. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { editFile, setVersion } from '../../support/fixtures/files.ts';
import { type HarborOptions, writeHarbor } from '../../support/fixtures/harbor.ts';
import { temporaryFolder } from '../../support/folders.ts';

const run = promisify(execFile);
const HOST = 'x86_64-unknown-linux-gnu';

interface Case extends HarborOptions {
  env?: Record<string, string>;
  prepare?(root: string): Promise<void>;
  /** Of the program's file, relative to the workspace. */
  program: string;
}

async function open(
  root: string,
  env: Record<string, string> = {},
  data: string | null = null,
): Promise<EngineClient> {
  const client = startEngine({ ...process.env, ...env }, { data });
  onTestFinished(() => client.close());
  await client.open(root);
  return client;
}

async function start(client: EngineClient): Promise<void> {
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('running', ({ server }) => server.name === 'running');
  await client.untilText('server', /ready/);
}

/** What the harbor printed about itself, for the last time. */
function told(text: string): { exe: string; folders: string[] } {
  const found = [...text.matchAll(/(?:tide 4 high|plain) in (?<folders>.*?) by (?<exe>.*?)\r?\n/g)].at(
    -1,
  )?.groups;
  if (found === undefined) throw new Error(`It has not spoken:\n${text}`);
  return { exe: found.exe ?? '', folders: (found.folders ?? '').split(':') };
}

const CASES: Record<string, Case> = {
  'build.target in the configuration': {
    config: 'target = "host-tuple"\n',
    program: `target/${HOST}/debug/harbor`,
  },
  'CARGO_BUILD_TARGET and a relative CARGO_TARGET_DIR': {
    env: { CARGO_BUILD_TARGET: HOST, CARGO_TARGET_DIR: 'gebaut/hier' },
    program: `gebaut/hier/${HOST}/debug/harbor`,
  },
  'arguments: --target, --target-dir outside of the workspace, a profile of its own': {
    arguments: ['--workspace', `--target=${HOST}`, '--target-dir', '../out of it', '--profile', 'fast'],
    program: `../out of it/${HOST}/fast/harbor`,
  },
  '--config, and a build directory by a template': {
    arguments: ['--workspace', '--config', 'build.target-dir="arg"'],
    plain: true,
    config: 'build-dir = "{workspace-root}/by/{workspace-path-hash}"\n',
    program: 'arg/debug/harbor',
  },
  'two targets, and a target folder that is a link': {
    config: `target = ["${HOST}"]\n`,
    prepare: async (root) => {
      await mkdir(join(root, '..', 'far away'));
      await symlink(join(root, '..', 'far away'), join(root, 'target'));
    },
    program: `target/${HOST}/debug/harbor`,
  },
  'the new layout of the build directory': {
    plain: true,
    env: { RUSTC_BOOTSTRAP: '1' },
    arguments: ['--workspace', '-Zbuild-dir-new-layout'],
    program: 'target/debug/harbor',
  },
};

test.each(Object.entries(CASES))(
  '%s: built, started, watched',
  async (_, { env = {}, prepare, program, ...options }) => {
    const root = join(await temporaryFolder(), 'ein Häfen');
    await mkdir(root);
    await writeHarbor(root, options);
    await prepare?.(root);
    // What a `target/debug` of last week would hold: started, it says nothing.
    await mkdir(join(root, 'target/debug'), { recursive: true });
    const client = await open(root, env);
    await start(client);
    const file = join(root, program);
    const { exe, folders } = told(client.text('server'));
    const real = async (path: string): Promise<string> => (await run('realpath', [path])).stdout.trim();
    expect(exe).toBe(await real(file));
    expect(folders).toContain(join(file, '..'));
    await client.until('dock is loaded', ({ modules }) => modules.dock?.state === 'loaded');
    const maps = await readFile(`/proc/${runningPid(client.session)}/maps`, 'utf8');
    expect(maps).toContain(join(await real(file), '..', 'libdock.so'));

    await setVersion(join(root, 'dock'), 'two');
    await client.until(
      'dock is stale',
      ({ build, modules }) => build.name === 'ok' && modules.dock?.state === 'stale',
    );
    await client.request('reload', {});
    await client.until('the reload', ({ lastReload }) => lastReload?.verdict === 'swapped');
    await client.untilText('server', /dock two/);
  },
);

test('the library folders are those of cargo run, and the next opening knows them without a build', async () => {
  const root = await temporaryFolder();
  const data = await temporaryFolder();
  await writeHarbor(root);
  const first = await open(root, {}, data);
  await first.request('build', {});
  await first.until('built', ({ build }) => build.name === 'ok');
  await first.close();

  const client = await open(root, {}, data);
  await start(client);
  expect(client.session.build.name).toBe('idle');
  const { folders } = told(client.text('server'));
  const cargo = promisify(execFile)('cargo', ['run', '--quiet'], { cwd: root });
  const seen = new Promise<string>((resolve) => {
    let text = '';
    cargo.child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (/ready/.test(text)) resolve(text);
    });
  });
  const byCargo = told(await seen).folders;
  cargo.child.kill('SIGTERM');
  await cargo.catch(() => undefined);
  const own = new Set((process.env.LD_LIBRARY_PATH ?? '').split(':'));
  // rustup's proxy adds the toolchain's own libraries to the end.
  const wanted = byCargo.filter((folder) => !own.has(folder) && !/toolchains\/[^/]+\/lib$/.test(folder));
  expect(folders.filter((folder) => wanted.includes(folder))).toEqual(wanted);
});

test('another target in the configuration while the server runs: it goes on, and the next start is of the new program', async () => {
  const root = await temporaryFolder();
  await writeHarbor(root);
  const client = await open(root);
  await start(client);
  expect(told(client.text('server')).exe).toBe(join(root, 'target/debug/harbor'));
  const pid = runningPid(client.session);

  const config = join(root, '.cargo/config.toml');
  await writeFile(config, `${await readFile(config, 'utf8')}target = "${HOST}"\n`);
  await client.until('built elsewhere', ({ build, workspace }) => {
    const folder = workspace.settings.find(({ key }) => key === 'output folder')?.value;
    return build.name === 'ok' && folder === join(root, 'target', HOST, 'debug');
  });
  const { server, modules } = client.session;
  expect(server).toMatchObject({ name: 'running', pid });
  expect(modules.dock?.file).toBe(`target/${HOST}/debug/libdock.so`);
  expect(modules.dock?.image).not.toBeNull();
  const { plan: after } = await client.until('what runs is told to be from the folder before', ({ plan }) =>
    plan.findings.some(({ kind }) => kind === 'opened-elsewhere'),
  );
  expect(after.findings.find(({ kind }) => kind === 'opened-elsewhere')).toMatchObject({
    ...{ module: 'dock', remedy: 'restart' },
    message: expect.stringContaining(`from ${join(root, 'target/debug/libdock.so')}`),
  });

  await client.request('restart', {});
  await client.until(
    'running',
    (session) => session.server.name === 'running' && runningPid(session) !== pid,
  );
  await client.untilText('server', new RegExp(`by ${join(root, 'target', HOST, 'debug/harbor')}`));
});

test('a configuration above the workspace, which nobody watches, counts for the next build', async () => {
  const above = await temporaryFolder();
  const root = join(above, 'harbor');
  await mkdir(root);
  await writeHarbor(root);
  const client = await open(root);
  await mkdir(join(above, '.cargo'));
  await writeFile(join(above, '.cargo/config.toml'), '[build]\ntarget-dir = "made"\n');
  await start(client);
  expect(told(client.text('server')).exe).toBe(join(above, 'made/debug/harbor'));
});

test('a program that opens what lies in target/debug while cargo builds elsewhere: said, with both files', async () => {
  const root = await temporaryFolder();
  await writeHarbor(root, { plain: true });
  // What a build of last week left behind.
  await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });
  // As hot-lib-reloader's macro does it: the folder is a word in the program.
  const folder = JSON.stringify(join(root, 'target/debug'));
  await editFile(
    join(root, 'src/main.rs'),
    'let folder = executable.parent().expect("its folder");',
    `let _ = &executable; let folder = Path::new(${folder});`,
  );
  const client = await open(root, { CARGO_TARGET_DIR: join(root, 'elsewhere') });
  await start(client);
  const { plan } = await client.until('the finding', (session) =>
    session.plan.findings.some(({ kind }) => kind === 'opened-elsewhere'),
  );
  const finding = plan.findings.find(({ kind }) => kind === 'opened-elsewhere');
  expect(finding).toMatchObject({ module: 'dock', remedy: null });
  expect(finding?.message).toContain(join(root, 'target/debug/libdock.so'));
  expect(finding?.message).toContain(join(root, 'elsewhere/debug/libdock.so'));
});
