/** What a workspace is made of: members, crate types, dependencies, and where its folder lies. */
import { appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editFile, inFolder, packageTable, setVersion, writeFiles } from '../../support/fixtures/files.ts';
import { HOST_MODULES, moduleFiles, setHost } from '../../support/fixtures/hosts/hosts.ts';
import { serveRegistry } from '../../support/fixtures/registry.ts';
import {
  built,
  DONE,
  hostIn,
  READY,
  run,
  SEEN_MS,
  shape,
  swapsLeft,
  unbuilt,
} from '../../support/workspaces/prepared.ts';
import { libraries, type Prepared, runShapes } from '../../support/workspaces/shapes.ts';
import type { Stage } from '../../support/workspaces/stage.ts';

/** Adds members to the workspace. */
async function addMembers(
  root: string,
  files: Readonly<Record<string, Record<string, string>>>,
): Promise<void> {
  const manifest = join(root, 'Cargo.toml');
  const members = Object.keys(files).map((name) => `, ${JSON.stringify(name)}`);
  await writeFile(
    manifest,
    (await readFile(manifest, 'utf8')).replace(/^(members = .*)\]$/m, `$1${members.join('')}]`),
  );
  for (const [name, each] of Object.entries(files)) await writeFiles(root, inFolder(name, each));
}

const libraryCrate = (name: string, type: string, body: string, more = ''): Record<string, string> => ({
  'Cargo.toml': `${packageTable(name)}\n[lib]\ncrate-type = ["${type}"]\n${more}`,
  'src/lib.rs': body,
});

/** A workspace in which top calls low only with a feature, on another system, or by another name. */
const dependency =
  (table: string, settings: object = {}, code = 'low::word()') =>
  async (root: string): Promise<Prepared> => {
    const modules = [{ name: 'low' }, { name: 'top' }];
    await unbuilt(root, modules, {}, settings, { shared: true });
    await appendFile(join(root, 'top/Cargo.toml'), table);
    if (code !== '') {
      await editFile(
        join(root, 'top/src/lib.rs'),
        'format!("top {VERSION}")',
        `format!("top {VERSION} over {}", ${code})`,
      );
    }
    return { files: libraries('low', 'top') };
  };

const editLow =
  (...stale: string[]) =>
  async (stage: Stage): Promise<void> => {
    await stage.start();
    await stage.edit('low');
    await stage.until('the plan', ({ plan }) => plan.unload.toSorted().join() === stale.join());
    await stage.reload();
    await stage.until('low loaded', ({ modules }) => modules.low?.state === 'loaded');
  };
const EDIT_LOW = 'Start, edit low, Reload';

const isNoModule =
  (name: string) =>
  async (stage: Stage): Promise<void> => {
    await swapsLeft(stage);
    const node = stage.session.graph.nodes.find((each) => each.name === name);
    if (node?.role === 'module') throw new Error(`${name} is shown as a module.`);
  };

const C_LIBRARY = `fn main() {
    let out = std::env::var("OUT_DIR").expect("OUT_DIR");
    std::fs::write(format!("{out}/tide.c"), "int tide(void) { return 7; }\\n").expect("a file");
    let built = std::process::Command::new("cc")
        .args(["-shared", "-fPIC", "-o", &format!("{out}/libtide.so"), &format!("{out}/tide.c")])
        .status();
    assert!(built.expect("cc").success());
    println!("cargo:rustc-link-search=native={out}");
    println!("cargo:rustc-link-lib=dylib=tide");
    println!("cargo:rerun-if-changed=build.rs");
}
`;

const inside = (folder: string, { files, ...prepared }: Prepared): Prepared => ({
  ...prepared,
  folder,
  files: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)])),
  answer: join(folder, 'answer'),
});

/** left needs a crate of a registry that answered once, and no more. */
const outOfReach =
  (kept: 'lock' | 'no lock') =>
  async (root: string): Promise<Prepared> => {
    const home = join(root, 'cargo-home');
    const registry = await serveRegistry(['mast', 'keel']);
    const env = { CARGO_HOME: home };
    const prepared = await built(
      'plain',
      {},
      kept === 'lock' ? {} : { settings: { build: { arguments: ['--offline'] } } },
    )(root);
    await writeFiles(root, { '.cargo/config.toml': `[registries.quay]\nindex = "${registry.index}"\n` });
    const need = (name: string): string => `${name} = { version = "1", registry = "quay" }\n`;
    const elsewhere = kept === 'lock' ? `\n[target.'cfg(windows)'.dependencies]\n${need('keel')}` : '';
    await appendFile(join(root, 'left/Cargo.toml'), `\n[dependencies]\n${need('mast')}${elsewhere}`);
    try {
      await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root, env: { ...process.env, ...env } });
    } finally {
      await registry.close();
    }
    if (kept === 'no lock') await rm(join(root, 'Cargo.lock'));
    return { ...prepared, env };
  };

runShapes('members', [
  shape('spaces and other letters in the path', async (root) => {
    const folder = join(root, 'mein Häfen 港');
    await mkdir(folder);
    await built('plain')(folder);
    return {
      folder,
      files: Object.fromEntries(
        Object.entries(libraries('left', 'right')).map(([name, file]) => [name, join(folder, file)]),
      ),
      answer: join(folder, 'answer'),
    };
  }),
  shape('a symbolic link to the workspace', async (root) => {
    const real = join(root, 'real');
    await mkdir(real);
    await built('plain')(real);
    await symlink(real, join(root, 'link'));
    const folder = join(root, 'link');
    return {
      folder,
      files: Object.fromEntries(
        Object.entries(libraries('left', 'right')).map(([name, file]) => [name, join(folder, file)]),
      ),
      answer: join(folder, 'answer'),
    };
  }),
  shape(
    "a member's folder is opened",
    async (root) => ({ ...(await built('plain')(root)), folder: join(root, 'left') }),
    'open left, Start',
    (stage) => stage.start(),
  ),
  shape(
    'a member outside of the root',
    async (root) => {
      const folder = join(root, 'inner');
      await mkdir(folder);
      await unbuilt(folder, HOST_MODULES.plain);
      await rename(join(folder, 'left'), join(root, 'left'));
      await editFile(join(folder, 'Cargo.toml'), '"left"', '"../left"');
      await editFile(join(root, 'left/Cargo.toml'), '[package]\n', '[package]\nworkspace = "../inner"\n');
      await symlink(join(root, 'left'), join(folder, 'left-link'));
      return {
        folder,
        files: Object.fromEntries(
          Object.entries(libraries('left', 'right')).map(([name, file]) => [name, join(folder, file)]),
        ),
        answer: join(folder, 'answer'),
      };
    },
    'Start, edit left, Build, Reload',
    async (stage, root) => {
      await stage.start();
      await setVersion(join(root, 'left'), '2');
      stage.setVersionOnDisk('left', '2');
      await stage.client.request('build', {});
      await stage.until('left stale', ({ modules }) => modules.left?.state === 'stale');
      await stage.reload();
      await stage.until('left loaded', ({ modules }) => modules.left?.state === 'loaded');
    },
  ),
  shape('a cdylib with a C interface', built('plain'), 'Start, edit right, Reload', async (stage) => {
    await stage.start();
    await stage.edit('right');
    await stage.until('right stale', ({ modules }) => modules.right?.state === 'stale');
    await stage.reload();
    await stage.until('right loaded', ({ modules }) => modules.right?.state === 'loaded');
  }),
  shape(
    'a dependency for Windows only',
    dependency('\n[target.\'cfg(windows)\'.dependencies]\nlow = { path = "../low" }\n', {}, ''),
    EDIT_LOW,
    editLow('low'),
  ),
  shape(
    'a dependency behind a feature that is off',
    dependency('\n[dependencies]\nlow = { path = "../low", optional = true }\n', {}, ''),
    EDIT_LOW,
    editLow('low'),
  ),
  shape(
    'a dependency behind a feature that is on',
    dependency('\n[dependencies]\nlow = { path = "../low", optional = true }\n', {
      build: { arguments: ['--workspace', '--features', 'top/low'] },
    }),
    EDIT_LOW,
    editLow('low', 'top'),
  ),
  shape(
    'a dependency under another name',
    dependency('\n[dependencies]\nground = { package = "low", path = "../low" }\n', {}, 'ground::word()'),
    EDIT_LOW,
    editLow('low', 'top'),
  ),
  shape(
    'a cdylib for Python (pyo3)',
    built(
      'plain',
      {},
      {
        change: (root) =>
          addMembers(root, {
            // The crate itself would have to be downloaded.
            pyo3: { 'Cargo.toml': packageTable('pyo3'), 'src/lib.rs': '' },
            snake: libraryCrate('snake', 'cdylib', '', '\n[dependencies]\npyo3 = { path = "../pyo3" }\n'),
          }),
      },
    ),
    DONE,
    isNoModule('snake'),
  ),
  shape(
    'an example that is a cdylib',
    built(
      'plain',
      {},
      {
        async change(root) {
          await writeFiles(root, {
            'left/examples/shown.rs': '#[no_mangle]\npub extern "C" fn shown() {}\n',
          });
          await appendFile(
            join(root, 'left/Cargo.toml'),
            '\n[[example]]\nname = "shown"\ncrate-type = ["cdylib"]\n',
          );
        },
      },
    ),
    DONE,
    isNoModule('shown'),
  ),
  shape(
    'a library under another name than its package',
    built(
      'plain',
      {},
      {
        async change(root) {
          await editFile(join(root, 'left/Cargo.toml'), 'name = "left"', 'name = "left-package"');
          await editFile(join(root, 'left/Cargo.toml'), '[lib]\n', '[lib]\nname = "left"\n');
        },
        files: { 'left-package': 'target/debug/libleft.so', right: 'target/debug/libright.so' },
      },
    ),
    DONE,
    async (stage, root) => {
      await stage.start();
      await stage.edit('left-package', '2', join(root, 'left'));
      await stage.until('left stale', ({ modules }) => modules['left-package']?.state === 'stale');
      await stage.reload();
      await stage.until('left loaded', ({ modules }) => modules['left-package']?.state === 'loaded');
    },
  ),
  shape(
    'a program under another name than its package',
    built(
      'plain',
      {},
      {
        change: (root) =>
          appendFile(
            join(root, 'deck-host/Cargo.toml'),
            '\n[[bin]]\nname = "harbor"\npath = "src/main.rs"\n',
          ),
      },
    ),
  ),
  shape(
    'several programs, one named in hotdeck.json',
    built(
      'plain',
      {},
      {
        settings: { package: 'deck-host', binary: 'deck-host' },
        change: (root) => writeFiles(root, { 'deck-host/src/bin/other.rs': 'fn main() {}\n' }),
      },
    ),
  ),
  shape(
    'a program package with a library of its own',
    built(
      'plain',
      {},
      {
        async change(root) {
          await appendFile(
            join(root, 'deck-host/Cargo.toml'),
            '\n[lib]\nname = "quay"\npath = "src/quay.rs"\ncrate-type = ["dylib"]\n',
          );
          await writeFiles(root, { 'deck-host/src/quay.rs': 'pub fn quay() {}\n' });
        },
      },
    ),
  ),
  shape(
    'a crate that is linked into the program and opened, too (rlib and dylib)',
    async (root) => {
      await unbuilt(root, HOST_MODULES.plain);
      await editFile(join(root, 'left/Cargo.toml'), '["dylib"]', '["rlib", "dylib"]');
      await appendFile(join(root, 'deck-host/Cargo.toml'), '\n[dependencies]\nleft = { path = "../left" }\n');
      await editFile(
        join(root, 'deck-host/src/main.rs'),
        '    let names = settings::modules();\n',
        '    let names = settings::modules();\n    say(&format!("inside: {}", left::word()));\n',
      );
      return { files: { ...libraries('left', 'right'), 'deck-host': 'target/debug/deck-host' } };
    },
    DONE,
    async (stage) => {
      await stage.start();
      await stage.edit('left');
      await stage.until('it takes a restart', ({ plan }) => plan.restart.includes('deck-host'));
      await stage.reload({ anyway: true });
    },
  ),
  shape(
    'a macro crate',
    built(
      'plain',
      {},
      {
        async change(root) {
          await addMembers(root, {
            macros: {
              'Cargo.toml': `${packageTable('macros')}\n[lib]\nproc-macro = true\n`,
              'src/lib.rs':
                'use proc_macro::TokenStream;\n\n#[proc_macro]\npub fn nothing(_: TokenStream) -> TokenStream {\n    TokenStream::new()\n}\n',
            },
          });
          await appendFile(
            join(root, 'left/Cargo.toml'),
            '\n[dependencies]\nmacros = { path = "../macros" }\n',
          );
          await appendFile(join(root, 'left/src/lib.rs'), '\nmacros::nothing!();\n');
        },
      },
    ),
    DONE,
    isNoModule('macros'),
  ),
  shape(
    'a module is added while the server runs',
    built('plain', {}, { files: libraries('left', 'right', 'third') }),
    'Start, add third, Restart',
    async (stage, root) => {
      await stage.start();
      const modules = [{ name: 'left' }, { name: 'right' }, { name: 'third' }];
      stage.noteChange();
      await addMembers(root, { third: moduleFiles({ name: 'third' }) });
      await stage.until(
        'third is built',
        ({ modules: now, build }) => build.name === 'ok' && now.third?.state === 'built',
      );
      await setHost(root, modules, hostIn(root), { ready: READY });
    },
  ),
  shape(
    'cargo says something before its answer',
    built(
      'plain',
      {},
      {
        change: (root) =>
          writeFiles(root, {
            'bin/cargo': `#!/bin/sh\necho "a wrapper that talks"\nexec ${process.env.HOME ?? '/root'}/.cargo/bin/cargo "$@"\n`,
          }),
        env: (root) => ({ PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}` }),
      },
    ),
  ),
  shape(
    'a member for wasm only (wasm-bindgen), which cargo build leaves out',
    built(
      'plain',
      {},
      {
        async change(root) {
          await addMembers(root, {
            // The crate itself would have to be downloaded.
            'wasm-bindgen': { 'Cargo.toml': packageTable('wasm-bindgen'), 'src/lib.rs': '' },
            web: libraryCrate(
              'web',
              'cdylib',
              '#[cfg(not(target_arch = "wasm32"))]\ncompile_error!("for wasm only");\n',
              '\n[dependencies]\nwasm-bindgen = { path = "../wasm-bindgen" }\n',
            ),
          });
          await editFile(
            join(root, 'Cargo.toml'),
            'resolver = "2"\n',
            'resolver = "2"\ndefault-members = ["deck-host", "left", "right"]\n',
          );
        },
      },
    ),
    DONE,
    isNoModule('web'),
  ),
  shape(
    'a library that a build script made, in OUT_DIR',
    built(
      'plain',
      { between: SEEN_MS },
      {
        async change(root) {
          await writeFiles(root, { 'left/build.rs': C_LIBRARY });
          await appendFile(
            join(root, 'left/src/lib.rs'),
            '\nextern "C" {\n    fn tide() -> i32;\n}\n\npub fn water() -> i32 {\n    unsafe { tide() }\n}\n',
          );
          await editFile(
            join(root, 'left/src/lib.rs'),
            'format!("left {VERSION}")',
            'format!("left {VERSION} {}", water())',
          );
          await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });
        },
      },
    ),
    DONE,
    swapsLeft,
  ),
  shape(
    'a module is removed while the server runs',
    built('plain'),
    'Start, take left out of the workspace',
    async (stage, root) => {
      await stage.start();
      stage.noteChange();
      await editFile(join(root, 'Cargo.toml'), '"left",', '');
      await rm(join(root, 'left'), { recursive: true });
      await stage.until('it is built', ({ build }) => build.name === 'ok');
      await stage.until('left is still shown', ({ graph }) =>
        graph.nodes.some(({ name }) => name === 'left'),
      );
    },
  ),
  shape(
    'a package is renamed while the server runs',
    built('plain', {}, { files: { port: 'target/debug/libleft.so', right: 'target/debug/libright.so' } }),
    'Start, rename left to port (the library stays left), edit it, Reload',
    async (stage, root) => {
      await stage.start();
      stage.noteChange();
      const manifest = join(root, 'left/Cargo.toml');
      await editFile(manifest, '[lib]\n', '[lib]\nname = "left"\n');
      await editFile(manifest, 'name = "left"', 'name = "port"');
      await stage.until('port is shown', ({ modules, build }) => build.name === 'ok' && 'port' in modules);
      await stage.look();
      await stage.edit('port', '2', join(root, 'left'));
      await stage.until('port stale', ({ modules }) => modules.port?.state === 'stale');
      await stage.reload();
      await stage.until('port loaded', ({ modules }) => modules.port?.state === 'loaded');
    },
  ),
  shape('a workspace inside of another', async (root) => {
    const folder = join(root, 'inner');
    await mkdir(folder);
    await writeFiles(root, {
      'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["left"]\nexclude = ["inner"]\n',
      ...inFolder('left', moduleFiles({ name: 'left' })),
    });
    return inside(folder, await built('plain')(folder));
  }),
  shape(
    'stripped, panic = "abort", no build ids',
    built(
      'plain',
      {},
      {
        async change(root) {
          await editFile(
            join(root, 'Cargo.toml'),
            '[profile.dev]\n',
            '[profile.dev]\nstrip = true\npanic = "abort"\nsplit-debuginfo = "packed"\n',
          );
          await writeFiles(root, {
            '.cargo/config.toml': '[build]\nrustflags = ["-Clink-arg=-Wl,--build-id=none"]\n',
          });
          await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });
        },
      },
    ),
  ),
  shape('a registry that is out of reach, a dependency for another system is missing', outOfReach('lock')),
  shape('a registry that is out of reach, and no Cargo.lock; cargo build --offline', outOfReach('no lock')),
]);
