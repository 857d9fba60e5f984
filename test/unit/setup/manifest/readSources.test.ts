/** Which files of a workspace are read, and which must not be written. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { planSetup } from '../../../../main/engine/setup/planSetup.ts';
import { type Read, readSources } from '../../../../main/engine/setup/readSources.ts';
import { writeFamily } from '../../../support/fixtures/familyManifests.ts';
import { writeFiles } from '../../../support/fixtures/files.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { kinds, wayOf } from './planned.ts';

const names = ({ files }: Read): string[] => files.map(({ file }) => file).sort();
const refused = ({ refusals }: Read): string[] =>
  refusals.map(({ file, failure }) => `${file}: ${failure.kind}`);

const crate = (name: string, more = ''): string => `[package]\nname = "${name}"\n\n[lib]\n${more}`;

async function workspace(members: string, files: Record<string, string> = {}): Promise<string> {
  const root = await temporaryFolder();
  await writeFiles(root, { 'Cargo.toml': `[workspace]\nmembers = ${members}\n`, ...files });
  return root;
}

test('the family: all manifests, and nothing else', async () => {
  const root = await temporaryFolder();
  await writeFamily(root);
  const read = await readSources(root);
  expect(read.refusals).toEqual([]);
  const crates = ['admin', 'api', 'core', 'database', 'macros', 'main', 'router', 'service'];
  expect(names(read)).toEqual(['Cargo.toml', ...crates.map((name) => `src/${name}/Cargo.toml`)]);
  for (const { file, bytes } of read.files) expect(bytes).toEqual(await readFile(join(root, file)));
});

test('patterns, excluded folders, path dependencies and what stands beside the manifest', async () => {
  const root = await workspace('["crates/*", "deep/**", "ca[tr]", "x?"]\nexclude = ["crates/no"]', {
    'crates/a/Cargo.toml': crate('a', '\n[dependencies]\nside = { path = "../../side" }\n'),
    'crates/no/Cargo.toml': crate('no'),
    'crates/notes/README.md': '',
    'crates/file': '',
    'deep/one/two/Cargo.toml': crate('two'),
    'deep/target/three/Cargo.toml': crate('three'),
    'cat/Cargo.toml': '[package]\nname = "cat"\n',
    'cat/src/lib.rs': '',
    'cab/Cargo.toml': crate('cab'),
    'xy/Cargo.toml': crate('xy'),
    'side/Cargo.toml': crate('side', '\n[dev-dependencies]\naside = { path = "../aside" }\n'),
    'aside/Cargo.toml': crate('aside'),
    '.cargo/config.toml': '[build]\n',
    'rust-toolchain.toml': '[toolchain]\nchannel = "nightly"\n',
  });
  const read = await readSources(root);
  expect(read.refusals).toEqual([]);
  expect(names(read)).toEqual([
    '.cargo/config.toml',
    'Cargo.toml',
    'aside/Cargo.toml',
    'cat/Cargo.toml',
    'cat/src/lib.rs',
    'crates/a/Cargo.toml',
    'deep/one/two/Cargo.toml',
    'rust-toolchain.toml',
    'side/Cargo.toml',
    'xy/Cargo.toml',
  ]);
});

test('a member that is missing is said', async () => {
  const root = await workspace('["a", "gone"]', { 'a/Cargo.toml': crate('a') });
  const read = await readSources(root);
  expect(refused(read)).toEqual(['gone/Cargo.toml: missing-manifest']);
  for (const way of planSetup(read.files, read.refusals).ways) {
    expect(kinds(way)).toEqual(['gone/Cargo.toml: missing-manifest']);
  }
});

test('a folder that is none, or has no manifest', async () => {
  const root = await temporaryFolder();
  expect(refused(await readSources(root))).toEqual(['Cargo.toml: missing-manifest']);
  expect(refused(await readSources(join(root, 'nowhere')))).toEqual(['Cargo.toml: ENOENT']);
});

test('a link inside of the workspace: what it leads to is edited', async () => {
  const root = await workspace('["a"]', { 'shared/a.toml': crate('a', 'crate-type = ["rlib"]\n') });
  await mkdir(join(root, 'a'));
  await symlink('../shared/a.toml', join(root, 'a/Cargo.toml'));
  const read = await readSources(root);
  expect(read.refusals).toEqual([]);
  const plan = planSetup(read.files, read.refusals);
  expect(wayOf(plan, 'flags').edits.map(({ file }) => file)).toEqual(['shared/a.toml']);
});

test('a link to a folder inside of the workspace', async () => {
  const root = await workspace('["a"]', { 'real/Cargo.toml': crate('a', 'crate-type = ["rlib"]\n') });
  await symlink('real', join(root, 'a'));
  const { files, refusals } = await readSources(root);
  const way = wayOf(planSetup(files, refusals), 'flags');
  expect(way.edits.map(({ file }) => file)).toEqual(['real/Cargo.toml']);
});

test('a link out of the workspace, one to nowhere, a folder, a pipe and a huge file are refused', async () => {
  const elsewhere = await temporaryFolder();
  await writeFile(join(elsewhere, 'Cargo.toml'), crate('out'));
  const root = await workspace('["out", "nowhere", "folder", "pipe", "huge"]', {
    'folder/Cargo.toml/README.md': '',
    'huge/Cargo.toml': `${crate('huge')}#${' '.repeat(2 * 1024 * 1024)}`,
  });
  for (const each of ['out', 'nowhere', 'pipe']) await mkdir(join(root, each));
  await symlink(join(elsewhere, 'Cargo.toml'), join(root, 'out/Cargo.toml'));
  await symlink('missing.toml', join(root, 'nowhere/Cargo.toml'));
  await promisify(execFile)('mkfifo', [join(root, 'pipe/Cargo.toml')]);
  const read = await readSources(root);
  expect(refused(read).sort()).toEqual([
    'folder/Cargo.toml: not-a-file',
    'huge/Cargo.toml: too-large',
    'nowhere/Cargo.toml: unreadable',
    'out/Cargo.toml: outside-workspace',
    'pipe/Cargo.toml: not-a-file',
  ]);
  await unlink(join(root, 'pipe/Cargo.toml'));
});

test('a configuration folder that leads out of the workspace is not written to', async () => {
  const elsewhere = await temporaryFolder();
  const root = await workspace('["a"]', { 'a/Cargo.toml': crate('a') });
  await symlink(elsewhere, join(root, '.cargo'));
  const empty = await readSources(root);
  const way = wayOf(planSetup(empty.files, empty.refusals), 'edits');
  expect(kinds(way)).toEqual(['.cargo/config.toml: outside-workspace']);
  expect(way.edits.map(({ file }) => file)).toEqual(['a/Cargo.toml']);
});

test('a write-protected manifest stays; a tree in which all are came so', async () => {
  const root = await workspace('["a", "b"]', { 'a/Cargo.toml': crate('a'), 'b/Cargo.toml': crate('b') });
  await chmod(join(root, 'a/Cargo.toml'), 0o444);
  const one = await readSources(root);
  expect(refused(one)).toEqual(['a/Cargo.toml: read-only']);
  const way = wayOf(planSetup(one.files, one.refusals), 'flags');
  expect(way.edits.map(({ file }) => file)).toEqual(['b/Cargo.toml']);
  expect(kinds(way)).toEqual(['a/Cargo.toml: read-only']);
  for (const file of ['Cargo.toml', 'b/Cargo.toml']) await chmod(join(root, file), 0o444);
  expect(refused(await readSources(root))).toEqual([]);
});
