/** Workspaces in which it has to be found out which program is the server, and servers that are not what was started. */
import { appendFile, chmod, chown, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { editFile, packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { HOST_MODULES, hostEnvironment } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { built, hostIn, run, shape, swapsLeft } from '../../support/workspaces/prepared.ts';
import { libraries, runShapes, type Shape } from '../../support/workspaces/shapes.ts';
import type { Stage } from '../../support/workspaces/stage.ts';

const host = (root: string): string => join(root, 'deck-host');

/** What hotdeck.json would say comes from the environment of Hotdeck: the workspace has no such file. */
const unsettled =
  (change: (root: string) => Promise<void>): Shape['prepare'] =>
  async (root) => ({
    ...(await built('plain', {}, { change })(root)),
    env: hostEnvironment(HOST_MODULES.plain, hostIn(root)),
    data: await temporaryFolder(),
  });

/** More programs of the package deck-host. */
const withPrograms =
  (manifest: string, ...names: string[]) =>
  async (root: string): Promise<void> => {
    await rm(join(root, 'hotdeck.json'));
    await editFile(join(host(root), 'Cargo.toml'), '[package]\n', `[package]\n${manifest}`);
    await writeFiles(
      host(root),
      Object.fromEntries(names.map((name) => [`src/bin/${name}.rs`, 'fn main() {}\n'])),
    );
  };

async function choose(stage: Stage, program: string): Promise<void> {
  const reply = await stage.client.request('chooseProgram', { program });
  if (!reply.ok) throw new Error(reply.failure.message);
}

/** The programs that are offered are these, and the first one is chosen. */
const choosing =
  (...programs: string[]): Shape['act'] =>
  async (stage) => {
    const { state } = stage.client;
    if (state.name !== 'choosing') throw new Error(`Nothing is offered: ${state.name}.`);
    const offered = state.programs.map(({ id }) => id);
    if (offered.toSorted().join() !== programs.toSorted().join()) {
      throw new Error(`Offered are ${offered.join()}.`);
    }
    await choose(stage, programs[0] ?? '');
    await swapsLeft(stage);
  };

/** A program that puts another in its own place. */
const LAUNCHER = `use std::os::unix::process::CommandExt;

fn main() {
    let program = std::env::current_exe().expect("a path").with_file_name("deck-host");
    panic!("{}", std::process::Command::new(program).exec());
}
`;

/** left needs a library that lies in a folder of its own, which LD_LIBRARY_PATH names. */
const aside = (more: (program: string) => Promise<void>): Shape['prepare'] =>
  built(
    'plain',
    {},
    {
      async change(root) {
        const folder = join(root, 'aside');
        await writeFiles(root, {
          'aside/tide.c': 'int tide(void) { return 7; }\n',
          'left/build.rs': `fn main() {\n    println!("cargo:rustc-link-search=native=${folder}");\n    println!("cargo:rustc-link-lib=dylib=tide");\n}\n`,
        });
        await run('cc', ['-shared', '-fPIC', '-o', 'libtide.so', 'tide.c'], { cwd: folder });
        await appendFile(
          join(root, 'left/src/lib.rs'),
          '\nextern "C" {\n    fn tide() -> i32;\n}\n\npub fn water() -> i32 {\n    unsafe { tide() }\n}\n',
        );
        await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });
        await more(join(root, 'target/debug/deck-host'));
      },
      env: (root) => ({ LD_LIBRARY_PATH: join(root, 'aside') }),
    },
  );

runShapes('programs', [
  shape(
    'several programs, nothing says which',
    unsettled(withPrograms('', 'quay', 'pier')),
    'choose deck-host, Start, edit left, Reload',
    choosing('bin deck-host/deck-host', 'bin deck-host/quay', 'bin deck-host/pier'),
  ),
  shape('several programs, and default-run', unsettled(withPrograms('default-run = "deck-host"\n', 'quay'))),
  shape(
    'a program with required-features that are off',
    unsettled(async (root) => {
      await withPrograms('')(root);
      // No cargo has built it without.
      await rm(join(root, 'target/debug/deck-host'));
      await appendFile(
        join(host(root), 'Cargo.toml'),
        '\n[features]\nserver = []\n\n[[bin]]\nname = "deck-host"\npath = "src/main.rs"\nrequired-features = ["server"]\n',
      );
    }),
    'Start, which is refused; turn them on, Start, edit left, Reload',
    async (stage) => {
      const reply = await stage.client.request('start', {});
      if (reply.ok) throw new Error('It was started.');
      await stage.look();
      const notice = stage.session.notices.find(({ kind }) => kind === 'required-features');
      await choose(stage, notice?.program ?? '');
      await swapsLeft(stage);
    },
  ),
  shape(
    'a program that puts another in its own place (exec)',
    built(
      'plain',
      {},
      {
        settings: { package: 'launcher' },
        async change(root) {
          await editFile(join(root, 'Cargo.toml'), 'members = [', 'members = ["launcher", ');
          await writeFiles(root, {
            'launcher/Cargo.toml': packageTable('launcher'),
            'launcher/src/main.rs': LAUNCHER,
          });
        },
        files: { ...libraries('left', 'right'), launcher: 'target/debug/launcher' },
      },
    ),
  ),
  shape(
    'a library in a folder of LD_LIBRARY_PATH',
    aside(async () => {}),
  ),
  {
    ...shape(
      "a library in a folder of LD_LIBRARY_PATH, and a program that runs with another group's rights",
      aside(async (program) => {
        await chown(program, 0, 65_534);
        await chmod(program, 0o2755);
      }),
      'Start',
      async (stage) => {
        await stage.client.request('start', {});
        await stage.until(
          'it has ended',
          ({ server, notices }) => server.name === 'crashed' && notices.length > 0,
        );
      },
    ),
    needsRoot: true,
  },
]);
