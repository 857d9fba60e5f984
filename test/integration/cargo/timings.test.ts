/** Crate times against cargo's own account of the same build: `--timings`. */
import { execFile } from 'node:child_process';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { CompiledCrate } from '#shared/contract.ts';
import type { BuildEvent } from '../../../main/engine/building/buildEvents.ts';
import { CrateTimes } from '../../../main/engine/building/crateTimes.ts';
import type { SourceTree } from '../../../main/engine/building/sourceTree.ts';
import { startCargoBuild } from '../../../main/engine/cargo/cargoBuild.ts';
import { type CargoTimes, cargoTimings, latestTimings } from '../../support/cargoTimings.ts';
import { writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const manifest = (name: string, more: string): string =>
  `[package]\nname = "${name}"\nversion = "0.2.0"\nedition = "2021"\n${more}`;

/** Several units of one package, a build script, a procedural macro, a dynamic library, and crates side by side. */
const WORKSPACE = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["macros", "core", "api", "main"]\n',
  'macros/Cargo.toml': manifest('macros', '[lib]\nproc-macro = true\n'),
  'macros/src/lib.rs':
    'use proc_macro::TokenStream;\n#[proc_macro]\npub fn one(_: TokenStream) -> TokenStream {\n    "1".parse().unwrap()\n}\n',
  'core/Cargo.toml': manifest('core-of-it', '[lib]\ncrate-type = ["dylib"]\n'),
  'core/build.rs': 'fn main() {\n    println!("cargo::rustc-cfg=built");\n}\n',
  'core/src/lib.rs': 'pub fn two() -> u32 {\n    2\n}\n',
  'api/Cargo.toml': manifest(
    'api',
    '[dependencies]\nmacros = { path = "../macros" }\ncore-of-it = { path = "../core" }\n',
  ),
  'api/src/lib.rs': 'pub fn three() -> u32 {\n    core_of_it::two() + macros::one!()\n}\n',
  'api/src/main.rs': 'fn main() {\n    println!("{}", api::three());\n}\n',
  'main/Cargo.toml': manifest('main', '[dependencies]\napi = { path = "../api" }\n'),
  'main/src/main.rs': 'fn main() {\n    println!("{}", api::three());\n}\n',
};

/** So long at least does each link take: what is shorter than the time between two looks may not be seen. */
const LINKER_WAITS_MS = 400;
const LINKER = `#!/bin/sh\nsleep ${LINKER_WAITS_MS / 1000}\nexec cc "$@"\n`;

const sourcesOf = (root: string): SourceTree => ({
  root,
  names: new Map(),
  members: new Map(),
  target: join(root, 'target'),
});

interface Told {
  times: CrateTimes;
  took: number;
  /** How long this process was held up, at the longest, while it listened: ms. */
  heldUp: number;
}

async function build(root: string): Promise<Told> {
  const times = new CrateTimes();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  const running = startCargoBuild({
    sources: sourcesOf(root),
    arguments: ['--timings'],
    env: { ...process.env, RUSTFLAGS: `-Cprefer-dynamic -Clinker=${join(root, 'linker.sh')}` },
    onOutput: () => {},
    onArtifact: () => {},
    onEvent: (event: BuildEvent) => times.note(event, performance.now() - began),
  });
  expect((await running.done).kind).toBe('ok');
  delay.disable();
  return { times, took: performance.now() - began, heldUp: delay.max / 1e6 };
}

/**
 * Both report the same moments, cargo from inside, and rounded to 10 ms (a start and a duration make 20). Here they are
 * heard of through a pipe, when this process gets to it. Cargo counts from its own beginning, which is later by what it
 * takes to start a program; by how much is what all crates have in common.
 */
function expectAgreement(
  compiled: readonly CompiledCrate[],
  told: ReadonlyMap<string, CargoTimes>,
  heldUp: number,
) {
  const pairs = compiled.flatMap(({ name, began, ended }) => {
    const theirs = told.get(name);
    return theirs === undefined || began === null || ended === null
      ? []
      : [began - theirs.began, ended - theirs.ended];
  });
  const tolerance = 20 + 10 + heldUp;
  expect(pairs).toHaveLength(2 * told.size);
  expect(Math.min(...pairs)).toBeGreaterThan(-20);
  expect(Math.max(...pairs) - Math.min(...pairs)).toBeLessThan(tolerance);
}

async function workspace(): Promise<string> {
  const root = await temporaryFolder();
  await writeFiles(root, WORKSPACE);
  await writeFile(join(root, 'linker.sh'), LINKER, { mode: 0o755 });
  await promisify(execFile)('cargo', ['generate-lockfile', '--offline'], { cwd: root });
  return root;
}

test('crates, their beginnings and durations are those of cargo --timings; links lie within', async () => {
  const root = await workspace();
  const all = await build(root);
  const told = await cargoTimings(latestTimings(root));
  const { compiled } = all.times;
  expect(compiled.map(({ name }) => name).sort()).toEqual(['api', 'core-of-it', 'macros', 'main']);
  expect([...told.keys()].sort()).toEqual(['api', 'core-of-it', 'macros', 'main']);
  expectAgreement(compiled, told, all.heldUp);
  // Of core, a build script is linked as well; of api, the program alone. What is seen is known as well as it is looked at.
  const unsure = 2 * 40 + all.heldUp;
  for (const [name, links] of Object.entries({ macros: 1, 'core-of-it': 2, api: 1, main: 1 })) {
    const { took = 0, link = 0 } = compiled.find((each) => each.name === name) ?? {};
    expect([name, (link ?? 0) > links * (LINKER_WAITS_MS - unsure)]).toEqual([name, true]);
    expect([name, (link ?? 0) < (took ?? 0)]).toEqual([name, true]);
  }
  // Some were linked at a time.
  const sum = compiled.reduce((total, { link }) => total + (link ?? 0), 0);
  expect(all.times.link).toBeLessThanOrEqual(sum);
  expect(all.times.link).toBeGreaterThan(3 * (LINKER_WAITS_MS - unsure));
  expect(all.times.link).toBeLessThan(all.took);

  await appendFile(join(root, 'api/src/lib.rs'), '\npub fn four() -> u32 {\n    4\n}\n');
  const some = await build(root);
  expect(some.times.compiled.map(({ name }) => name).sort()).toEqual(['api', 'main']);
  expect(some.times.fresh.sort()).toEqual(['core-of-it', 'macros']);
  const toldAgain = await cargoTimings(latestTimings(root));
  // Cargo's account has the fresh ones too, as units that took no time.
  for (const name of some.times.fresh) toldAgain.delete(name);
  expectAgreement(some.times.compiled, toldAgain, some.heldUp);
});

test('with -Ztime-passes, the compiler itself tells how long it linked', async (context) => {
  const nightly = await promisify(execFile)('cargo', ['+nightly', '--version']).then(
    () => true,
    () => false,
  );
  context.skip(!nightly, 'There is no nightly toolchain.');
  const root = await workspace();
  const linked: number[] = [];
  const times = new CrateTimes();
  const running = startCargoBuild({
    sources: sourcesOf(root),
    arguments: ['--jobs', '1', '--package', 'core-of-it'],
    env: { ...process.env, RUSTUP_TOOLCHAIN: 'nightly', RUSTFLAGS: '-Cprefer-dynamic -Ztime-passes' },
    onOutput: () => {},
    onArtifact: () => {},
    onEvent: (event) => {
      times.note(event, performance.now());
      if (event.kind === 'pass' && event.pass === 'run_linker') linked.push(event.ms);
    },
  });
  onTestFinished(() => running.cancel());
  expect((await running.done).kind).toBe('ok');
  // Its build script and its library.
  expect(linked).toHaveLength(2);
  expect(times.compiled).toEqual([
    expect.objectContaining({
      name: 'core-of-it',
      link: Math.round(linked.reduce((sum, ms) => sum + ms, 0)),
    }),
  ]);
});
