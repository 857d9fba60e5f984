/** Crates inside of several libraries, with real cargo: what the engine and the command line say of them. */
import { expect, onTestFinished, test } from 'vitest';
import type { Double } from '#shared/contract.ts';
import { graphCommand } from '../../../main/cli/graph.ts';
import { startEngine } from '../../support/engine.ts';
import { inFolder, packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** A crate with the name of a known one, and state as that has it: the real ones build far longer. */
const STANDINS = {
  ...inFolder('tokio', {
    'Cargo.toml': packageTable('tokio'),
    'src/lib.rs': `use std::cell::Cell;
thread_local! { static CONTEXT: Cell<u32> = const { Cell::new(0) }; }
pub fn enter() -> u32 { CONTEXT.with(|depth| { depth.set(depth.get() + 1); depth.get() }) }
`,
  }),
  ...inFolder('log', {
    'Cargo.toml': packageTable('log'),
    'src/lib.rs': `use std::sync::atomic::{AtomicUsize, Ordering};
static LEVEL: AtomicUsize = AtomicUsize::new(0);
pub fn set(level: usize) { LEVEL.store(level, Ordering::Relaxed); }
`,
  }),
};
const USES =
  '[dependencies]\ntokio = { path = "../tokio" }\nlog = { path = "../log" }\nshared = { path = "../shared" }\n';

const FILES = {
  'Cargo.toml':
    '[workspace]\nresolver = "2"\nmembers = ["app", "plugin", "shared"]\nexclude = ["tokio", "log"]\n',
  ...STANDINS,
  ...inFolder('shared', {
    'Cargo.toml': packageTable('shared'),
    'src/lib.rs': 'use std::sync::Mutex;\npub static COUNT: Mutex<u32> = Mutex::new(0);\n',
  }),
  ...inFolder('app', {
    'Cargo.toml': packageTable('app') + USES,
    // log is a dependency, but nothing of it is used: it is not in the file.
    'src/main.rs': 'fn main() { println!("{} {}", tokio::enter(), shared::COUNT.lock().unwrap()); }\n',
  }),
  ...inFolder('plugin', {
    'Cargo.toml': `${packageTable('plugin')}[lib]\ncrate-type = ["cdylib"]\n${USES}`,
    'src/lib.rs': `#[no_mangle]
pub extern "C" fn run() -> u32 {
    log::set(1);
    *shared::COUNT.lock().unwrap() += 1;
    tokio::enter()
}
`,
  }),
};

const inShort = (doubles: readonly Double[]): string[] =>
  doubles.map(
    ({ crate, from, copies }) => `${crate}, ${from}: ${copies.map((each) => each.module).join(' ')}`,
  );

test('before the build by the manifests, after it by the files', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, FILES);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  const before = await client.until('a first look', ({ graph }) => graph.doubles !== undefined);
  expect(inShort(before.graph.doubles ?? [])).toEqual([
    'log, manifests: app plugin',
    'tokio, manifests: app plugin',
  ]);
  await client.request('build', {});
  const after = await client.until(
    'a look at the files',
    ({ graph }) => graph.doubles?.some(({ from }) => from === 'artifacts') === true,
  );
  expect(inShort(after.graph.doubles ?? [])).toEqual([
    'shared, artifacts: app plugin',
    'std, artifacts: app plugin',
    'tokio, artifacts: app plugin',
  ]);
  // The standard library is inside of both: neither needs the shared one.
  expect(after.graph.nodes.find((node) => node.name === 'plugin')?.needs).toEqual(['log', 'tokio']);

  const outcome = await graphCommand([root, '--json']);
  const printed = outcome.kind === 'printed' ? JSON.parse(outcome.text) : null;
  expect(printed?.doubles).toEqual(after.graph.doubles);
});

test('a dylib that both are linked to has the one copy', async () => {
  const one = await temporaryFolder();
  await writeFiles(one, {
    ...FILES,
    '.cargo/config.toml': '[build]\nrustflags = ["-Cprefer-dynamic"]\n',
    'shared/Cargo.toml': `${packageTable('shared')}[lib]\ncrate-type = ["dylib"]\n[dependencies]\ntokio = { path = "../tokio" }\n`,
    'shared/src/lib.rs':
      'pub use tokio::enter;\nuse std::sync::Mutex;\npub static COUNT: Mutex<u32> = Mutex::new(0);\n',
    'plugin/Cargo.toml': `${packageTable('plugin')}[lib]\ncrate-type = ["dylib"]\n${USES}`,
  });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(one);
  await client.request('build', {});
  await client.until('the build', ({ build }) => build.name === 'ok');
  const { graph } = await client.until(
    'a look',
    ({ graph: { rolesFrom, doubles } }) =>
      rolesFrom === 'artifacts' && doubles !== undefined && doubles.every(({ from }) => from === 'artifacts'),
  );
  expect(graph.doubles).toEqual([]);
  expect(graph.nodes.find((node) => node.name === 'plugin')?.needs).toEqual([
    'log',
    'shared',
    'std',
    'tokio',
  ]);
});
