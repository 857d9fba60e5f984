/** What is built, and what of it is a module, with real cargo: members for other platforms, features, examples. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEngine } from '../../support/engine.ts';
import { inFolder, libraryCrate, packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const cdylib = (name: string, rest: string): string =>
  `${packageTable(name)}[lib]\ncrate-type = ["cdylib"]\n${rest}`;

test('a workspace that cargo builds is built, with the plugins that it may open and nothing else', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, {
    'Cargo.toml': `[workspace]
resolver = "2"
members = ["app", "plugin", "page", "python", "win", "shared", "samples"]
default-members = ["app", "samples"]
exclude = ["wasm-bindgen", "pyo3"]
`,
    ...inFolder('app', {
      'Cargo.toml': `${packageTable('app')}
[features]
default = ["shared"]
shared = ["dep:shared"]
[dependencies]
shared = { path = "../shared", optional = true, package = "shared-parts" }
[target.'cfg(windows)'.dependencies]
win = { path = "../win" }
`,
      'src/main.rs': 'fn main() { println!("{}", shared::word()); }\n',
    }),
    ...inFolder('plugin', {
      'Cargo.toml': cdylib('plugin', ''),
      'src/lib.rs': '#[no_mangle]\npub extern "C" fn run() {}\n',
    }),
    // It builds for WebAssembly only.
    ...inFolder('page', {
      'Cargo.toml': cdylib('page', '[dependencies]\nwasm-bindgen = { path = "../wasm-bindgen" }\n'),
      'src/lib.rs': '#[cfg(not(target_arch = "wasm32"))]\ncompile_error!("only for wasm32");\n',
    }),
    ...inFolder('python', {
      'Cargo.toml': cdylib('python', '[dependencies]\npyo3 = { path = "../pyo3" }\n'),
      'src/lib.rs': '',
    }),
    ...inFolder('win', libraryCrate('win', {}, 'compile_error!("only for Windows");')),
    ...inFolder('shared', {
      ...libraryCrate('shared-parts', {}, 'pub fn word() -> &\'static str { "word" }\n'),
    }),
    ...inFolder('samples', {
      'Cargo.toml': `${packageTable('samples')}[[example]]\nname = "plug"\ncrate-type = ["cdylib"]\n`,
      'src/lib.rs': '',
      'examples/plug.rs': '',
    }),
    ...inFolder('wasm-bindgen', { 'Cargo.toml': packageTable('wasm-bindgen'), 'src/lib.rs': '' }),
    ...inFolder('pyo3', { 'Cargo.toml': packageTable('pyo3'), 'src/lib.rs': '' }),
    '.cargo/config.toml': '[build]\nrustflags = ["-Cprefer-dynamic"]\n',
  });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  const nodes = () =>
    client.session.graph.nodes
      .filter(({ role }) => role !== 'external')
      .map(({ name, needs }) => [name, needs]);
  expect(nodes()).toEqual([
    ['app', ['shared-parts', 'std']],
    ['plugin', []],
    ['shared-parts', ['std']],
  ]);
  const argumentsOf = client.session.workspace.settings.find(({ key }) => key === 'cargo build');
  expect(argumentsOf?.value).toBe('-p app -p samples -p plugin');
  await client.request('build', {});
  await client.until('the build', ({ build }) => build.name === 'ok');
});

test('what only Hotdeck adds to the build may fail: it is left out until its files change', async () => {
  const root = await temporaryFolder();
  const data = await temporaryFolder();
  await writeFiles(root, {
    'Cargo.toml': `[workspace]
resolver = "2"
members = ["app", "plugin", "odd", "scripted", "inner"]
default-members = ["app"]
`,
    ...inFolder('app', {
      'Cargo.toml': packageTable('app'),
      'src/main.rs': 'fn main() { println!("up"); loop { std::thread::park(); } }\n',
    }),
    ...inFolder('plugin', {
      'Cargo.toml': cdylib('plugin', ''),
      'src/lib.rs': '#[no_mangle]\npub extern "C" fn run() {}\n',
    }),
    ...inFolder('odd', {
      'Cargo.toml': cdylib('odd', '[dependencies]\ninner = { path = "../inner" }\n'),
      'src/lib.rs': '',
    }),
    // No module itself: what needs it fails with it.
    ...inFolder('inner', {
      'Cargo.toml': packageTable('inner'),
      'src/lib.rs': 'compile_error!("not here");\n',
    }),
    ...inFolder('scripted', {
      'Cargo.toml': cdylib('scripted', ''),
      'build.rs': 'fn main() { std::process::exit(1) }\n',
      'src/lib.rs': '',
    }),
  });
  const client = startEngine(process.env, { data });
  onTestFinished(() => client.close());
  await client.open(root);
  const nodes = (): string[] =>
    client.session.graph.nodes.filter(({ role }) => role !== 'external').map(({ name }) => name);
  const leftOut = (): string | undefined =>
    client.session.notices.find(({ kind }) => kind === 'left-out')?.message;
  expect(nodes()).toEqual(['app', 'odd', 'plugin', 'scripted']);
  expect((await client.request('start', {})).ok).toBe(true);
  await client.until('running', ({ server }) => server.name === 'running');
  expect(nodes()).toEqual(['app', 'plugin']);
  expect(leftOut()).toMatch(/odd/);
  expect(leftOut()).toMatch(/scripted/);
  expect(leftOut()).toMatch(/not here/);
  expect(client.session.build.name).toBe('ok');

  // It is remembered, and forgotten once a file that it is made of has changed: also one of a member that it needs.
  await writeFiles(root, { 'inner/src/lib.rs': '' });
  await client.until('odd is built', ({ build }) => build.name === 'ok' && nodes().includes('odd'));
  expect(nodes()).toEqual(['app', 'odd', 'plugin']);
  expect(leftOut()).not.toMatch(/odd/);

  // What was built before and is broken by an edit is the user's business.
  await writeFiles(root, { 'plugin/src/lib.rs': 'broken\n' });
  const failed = await client.until('the failed build', ({ build }) => build.name === 'failed');
  expect(failed.problems.filter(({ level }) => level === 'error').map((each) => each.package)).toContain(
    'plugin',
  );
  expect(nodes()).toContain('plugin');
});

test('an edit of a package that lies outside of the workspace folder is seen when it is saved', async () => {
  const above = await temporaryFolder();
  const root = join(above, 'shop');
  await writeFiles(above, {
    'shop/Cargo.toml': `[workspace]\nresolver = "2"\nmembers = ["app", "../plugin"]\n`,
    ...inFolder('shop/app', {
      'Cargo.toml': `${packageTable('app')}[dependencies]\nfar = { path = "../../far" }\n`,
      'src/main.rs': 'fn main() { println!("{}", far::WORD); }\n',
    }),
    ...inFolder('plugin', {
      'Cargo.toml': cdylib('plugin', '').replace('[package]\n', '[package]\nworkspace = "../shop"\n'),
      'src/lib.rs': '#[no_mangle]\npub extern "C" fn run() {}\n',
    }),
    ...inFolder('far', {
      'Cargo.toml': packageTable('far'),
      'src/lib.rs': 'pub const WORD: &str = "one";\n',
      // It has a build of its own, too.
      'target/debug/build/x/out/made.rs': '',
    }),
  });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  await client.request('build', {});
  await client.until('the build', ({ build }) => build.name === 'ok');
  await writeFiles(above, { 'far/target/debug/build/x/out/made.rs': '// again\n', 'far/notes.txt': 'x' });
  await writeFiles(above, { 'far/src/lib.rs': 'pub const WORD: &str = 2;\n' });
  await client.until('the failed build', ({ build }) => build.name === 'failed');
  expect(client.session.edited).toEqual(['../far/src/lib.rs']);
  await writeFiles(above, { 'far/src/lib.rs': 'pub const WORD: &str = "two";\n' });
  await client.until('the build', ({ build }) => build.name === 'ok');
  await writeFiles(above, { 'plugin/src/lib.rs': 'broken\n' });
  await client.until('the failed build', ({ build }) => build.name === 'failed');
  expect(client.session.edited).toEqual(['../plugin/src/lib.rs']);
});
