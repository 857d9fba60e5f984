/** Workspaces whose files cargo puts elsewhere: found where they are, before and after the first build. */
import { chmod, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { editFile, writeFiles } from '../../support/fixtures/files.ts';
import { HOST_MODULES } from '../../support/fixtures/hosts/hosts.ts';
import { built, copyTargeted, run, shape, TRIPLE, unbuilt } from '../../support/workspaces/prepared.ts';
import { libraries, type Prepared, runShapes } from '../../support/workspaces/shapes.ts';

const under = (folder: string): Record<string, string> => ({
  left: join(folder, 'libleft.so'),
  right: join(folder, 'libright.so'),
});
const config =
  (text: string) =>
  (root: string): Promise<void> =>
    writeFiles(root, { '.cargo/config.toml': text });
const moveTarget = (root: string, to: string): Promise<void> => rename(join(root, 'target'), join(root, to));

/** A folder on another file system, where hard links into the workspace can't be made. */
async function elsewhere(root: string): Promise<string> {
  const folder = join('/dev/shm', `hotdeck-${root.split('-').at(-1)}`);
  await mkdir(folder);
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Options of cargo that are not stable are taken from any cargo with this. */
const UNSTABLE = { RUSTC_BOOTSTRAP: '1' };

/** Hands rustc the host where cargo names the target of a JSON file: a standard library for that would have to be built. */
const AS_HOST = `#!/bin/bash\nexec "\${@//*harbor.json/${TRIPLE}}"\n`;

/** A target described by `harbor.json`, which has all that the host's has. */
async function describeTarget(root: string): Promise<void> {
  const wrapper = join(root, 'as-host');
  const { stdout } = await run('rustc', ['-Zunstable-options', '--print', 'target-spec-json'], {
    env: { ...process.env, ...UNSTABLE },
  });
  await writeFiles(root, {
    'harbor.json': stdout,
    'as-host': AS_HOST,
    '.cargo/config.toml': `[unstable]\njson-target-spec = true\n\n[build]\ntarget = "harbor.json"\nrustc-wrapper = ${JSON.stringify(wrapper)}\n`,
  });
  await chmod(wrapper, 0o755);
}

runShapes('places', [
  shape('target/debug', built('plain')),
  shape(
    'build.target in .cargo/config.toml',
    built(
      'plain',
      {},
      {
        async change(root) {
          await copyTargeted(root);
          await config(`[build]\ntarget = "${TRIPLE}"\n`)(root);
        },
        files: under(`target/${TRIPLE}/debug`),
      },
    ),
  ),
  shape(
    'CARGO_BUILD_TARGET',
    built(
      'plain',
      {},
      { change: copyTargeted, env: { CARGO_BUILD_TARGET: TRIPLE }, files: under(`target/${TRIPLE}/debug`) },
    ),
  ),
  shape(
    '--target host-tuple',
    built(
      'plain',
      {},
      {
        change: copyTargeted,
        settings: { build: { arguments: ['--target', 'host-tuple'] } },
        files: under(`target/${TRIPLE}/debug`),
      },
    ),
  ),
  shape(
    '--target-dir',
    built(
      'plain',
      {},
      {
        change: (root) => moveTarget(root, 'made'),
        settings: { build: { arguments: ['--target-dir', 'made'] } },
        files: under('made/debug'),
      },
    ),
  ),
  shape(
    '--config build.target-dir=…',
    built(
      'plain',
      {},
      {
        change: (root) => moveTarget(root, 'made'),
        settings: { build: { arguments: ['--config', 'build.target-dir="made"'] } },
        files: under('made/debug'),
      },
    ),
  ),
  shape(
    'CARGO_TARGET_DIR',
    built(
      'plain',
      {},
      {
        change: (root) => moveTarget(root, 'made'),
        env: (root) => ({ CARGO_TARGET_DIR: join(root, 'made') }),
        files: under('made/debug'),
      },
    ),
  ),
  shape(
    'build.target names a JSON file (a wrapper hands rustc the host)',
    built('plain', {}, { change: describeTarget, env: UNSTABLE, files: under('target/harbor/debug') }),
  ),
  shape(
    "cargo's new layout of the build directory (-Zbuild-dir-new-layout)",
    built(
      'plain',
      {},
      {
        async change(root) {
          await config('[unstable]\nbuild-dir-new-layout = true\n')(root);
          await rm(join(root, 'target'), { recursive: true });
          const env = { ...process.env, ...UNSTABLE };
          await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root, env });
        },
        env: UNSTABLE,
      },
    ),
  ),
  shape('target is a symbolic link into /dev/shm', async (root): Promise<Prepared> => {
    const folder = await elsewhere(root);
    const prepared = await built('plain')(root);
    await run('cp', ['-a', `${join(root, 'target')}/.`, folder]);
    await rm(join(root, 'target'), { recursive: true });
    await symlink(folder, join(root, 'target'));
    return prepared;
  }),
  shape('build.build-dir on another file system (no hard links)', async (root): Promise<Prepared> => {
    const folder = await elsewhere(root);
    const prepared = await built('plain')(root);
    await config(`[build]\nbuild-dir = "${folder}"\n`)(root);
    return prepared;
  }),
  shape(
    'build.build-dir on another file system, an idle build',
    async (root): Promise<Prepared> => {
      const folder = await elsewhere(root);
      const prepared = await built('plain')(root);
      await config(`[build]\nbuild-dir = "${folder}"\n`)(root);
      await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });
      return prepared;
    },
    'Start, Build',
    async (stage) => {
      await stage.start();
      await stage.build();
      await stage.until(
        'all loaded',
        ({ modules, plan }) =>
          ['left', 'right'].every((name) => modules[name]?.state === 'loaded') &&
          plan.unload.every((name) => plan.unchanged.includes(name)),
      );
    },
  ),
  shape(
    'a profile of its own',
    built(
      'plain',
      {},
      {
        change: (root) =>
          editFile(
            join(root, 'Cargo.toml'),
            '[profile.dev]',
            '[profile.quick]\ninherits = "dev"\n\n[profile.dev]',
          ),
        settings: { build: { arguments: ['--profile', 'quick'] } },
        files: under('target/quick'),
      },
    ),
  ),
  shape(
    'the release profile, in the arguments',
    built('plain', {}, { settings: { build: { arguments: ['--release'] } }, files: under('target/release') }),
  ),
  shape(
    'a virtual workspace that was never built',
    async (root) => {
      await unbuilt(root, HOST_MODULES.plain);
      return { files: libraries('left', 'right') };
    },
    'Start',
    async (stage) => {
      await stage.look();
      await stage.start();
    },
  ),
  shape(
    'the target directory is set while the server runs',
    built('plain', {}, { files: (root) => under(join(root, 'made/debug')) }),
    'Start, set build.target-dir, edit left, Restart',
    async (stage, root) => {
      await run('cp', ['-a', join(root, 'target'), join(root, 'made')]);
      await stage.start();
      await config('[build]\ntarget-dir = "made"\n')(root);
      await stage.edit('left');
      await stage.until('it is opened elsewhere', ({ plan }) =>
        plan.findings.some(({ kind, module }) => kind === 'opened-elsewhere' && module === 'left'),
      );
      await stage.look();
      const { pid } = stage;
      await stage.client.request('restart', {});
      await stage.until('another process', ({ server }) => server.name === 'running' && server.pid !== pid);
      await stage.until('left loaded', ({ modules }) => modules.left?.state === 'loaded');
    },
  ),
]);
