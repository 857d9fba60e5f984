/** Why modules are rebuilt: with a real cargo, which also says why where nobody saved a file. */
import { execFile } from 'node:child_process';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Auto, BuildRecord, SessionState, Why } from '#shared/contract.ts';
import { HistoryStore } from '../../../main/engine/history/historyStore.ts';
import { workspaceId } from '../../../main/engine/workspace/workspaceId.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import {
  dependencyTable,
  editFile,
  packageTable,
  setVersion,
  writeFiles,
} from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const TIME = String.raw`\d\d:\d\d:\d\d`;
const ASKS = `println!("cargo::rerun-if-env-changed=WORDS");
    println!("cargo::rerun-if-changed=words.txt");
    println!("cargo::rustc-env=WORD={:?} {:?}", std::env::var("WORDS"), std::fs::read_to_string("words.txt"));`;
const STAMPS = `let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    std::fs::write("src/stamp.rs", format!("pub const STAMP: u128 = {};\\n", now.as_nanos())).unwrap();`;

const USES_WORDS = `
#[no_mangle]
pub fn left_words() -> String {
    format!("{} {:?} {}", words::VERSION, words::WORD, words::stamp::STAMP)
}
`;

/** The diamond, and below `left` a library `words` that is no module, with a build script. */
async function writeWorkspace(root: string, script: string): Promise<void> {
  await writeDiamond(root);
  await editFile(join(root, 'Cargo.toml'), '"top"]', '"top", "words"]');
  await editFile(join(root, 'left/Cargo.toml'), '\n[dependencies]\n', dependencyTable({ words: '../words' }));
  await writeFiles(join(root, 'words'), {
    'Cargo.toml': packageTable('words'),
    'build.rs': `fn main() {\n    ${script}\n}\n`,
    'words.txt': 'one',
    'src/lib.rs': `pub mod stamp;
pub const VERSION: &str = "1";
pub const WORD: Option<&str> = option_env!("WORD");
`,
    'src/stamp.rs': 'pub const STAMP: u128 = 0;\n',
  });
  // What is another one in there is so in what holds it: a library that only looks newer is not stale.
  await appendFile(join(root, 'left/src/lib.rs'), USES_WORDS);
}

interface Options {
  data?: string;
  env?: NodeJS.ProcessEnv;
  auto?: Partial<Auto>;
}

async function open(root: string, { data, env = {}, auto = {} }: Options = {}): Promise<EngineClient> {
  const client = startEngine({ ...process.env, ...env }, { data: data ?? null });
  onTestFinished(() => client.close());
  await client.open(root, auto);
  return client;
}

const start = async (client: EngineClient): Promise<void> => {
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running', 120_000);
};

const isBuilt = ({ build, edited }: SessionState): boolean => build.name === 'ok' && edited.length === 0;

/** Edits, and waits until a build has taken it in. */
async function edit(client: EngineClient, ...saves: (() => Promise<void>)[]): Promise<SessionState> {
  const seen = client.until('the edit', ({ edited }) => edited.length >= saves.length);
  await Promise.all(saves.map((save) => save()));
  await seen;
  return client.until('it is built', isBuilt, 120_000);
}

async function buildsOf(data: string, root: string): Promise<BuildRecord[]> {
  const store = new HistoryStore({ data, workspace: workspaceId(root), onFailure: () => {} });
  const builds: BuildRecord[] = [];
  for await (const { record } of store.records()) if (record.kind === 'build') builds.push(record);
  await store.close();
  return builds;
}

const whyOf = (client: EngineClient, name: string): Why | undefined => client.session.modules[name]?.why;

test('an edit: the way from the file to each module, in the plan, the modules, the terminal and the record', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await writeWorkspace(root, ASKS);
  const client = await open(root, { data });
  await start(client);
  expect(whyOf(client, 'top')).toMatchObject({ kind: 'first', text: 'built because it had no file' });

  await edit(client, () => setVersion(join(root, 'words'), 'two'));
  const { plan } = await client.until('stale', ({ plan: { unload } }) => unload.length === 2);
  const file = 'words/src/lib.rs';
  expect(plan.reasons.left).toMatch(new RegExp(`^rebuilt because words changed \\(${file}, ${TIME}\\)$`));
  expect(plan.reasons.top).toMatch(
    new RegExp(`^rebuilt because words changed \\(${file}, ${TIME}\\), by way of left$`),
  );
  expect(whyOf(client, 'top')).toMatchObject({
    kind: 'edited',
    chain: ['words', 'left', 'top'],
    file,
    more: 0,
  });
  expect(client.session.modules.top?.reason).toMatch(/^Rebuilt because words changed/);
  await client.untilText('build', /Why top: rebuilt because words changed/);

  // A second build before the reload: the nearest is named, and the other file counts.
  await edit(
    client,
    () => setVersion(join(root, 'right'), 'two'),
    () => setVersion(join(root, 'words'), 'three'),
  );
  await client.until('all stale', ({ plan: { unload } }) => unload.length === 3);
  expect(whyOf(client, 'top')).toMatchObject({ chain: ['right', 'top'], file: 'right/src/lib.rs', more: 1 });
  expect(client.session.plan.reasons.right).toMatch(new RegExp(`^edited \\(right/src/lib.rs, ${TIME}\\)$`));
  await client.request('reload', {});
  await client.until('swapped', ({ lastReload }) => lastReload?.verdict === 'swapped');
  await client.until('running', ({ server }) => server.name === 'running');

  // What was swapped in is no reason any more.
  await edit(client, () => setVersion(join(root, 'top'), 'two'));
  await client.until('stale', ({ plan: { unload } }) => unload.join() === 'top');
  expect(whyOf(client, 'top')).toMatchObject({ chain: ['top'], file: 'top/src/lib.rs', more: 0 });

  const builds = await buildsOf(data, root);
  // A save may be seen in two pieces, the second of which begins the build again.
  const second = builds.find(({ trigger, outcome }) => outcome === 'ok' && trigger.files.includes(file));
  expect(second?.reasons.top).toBe(plan.reasons.top);
  expect(second?.reasons.left).toBe(plan.reasons.left);
  expect(second?.whys?.map(({ module }) => module).sort()).toEqual([...(second?.rebuilt ?? [])].sort());
});

test('a build that nobody expected: a variable, a file, the flags, while Hotdeck was away', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await writeWorkspace(root, ASKS);
  const builtWith = async (env: NodeJS.ProcessEnv): Promise<EngineClient> => {
    const client = await open(root, { data, env });
    await client.request('build', {});
    await client.until('built', isBuilt, 120_000);
    return client;
  };
  await (await builtWith({ WORDS: 'a' })).close();

  const variable = await builtWith({ WORDS: 'b' });
  expect(whyOf(variable, 'top')).toMatchObject({
    kind: 'environment',
    chain: ['words', 'left', 'top'],
    detail: 'WORDS',
    text: 'rebuilt because words was: the environment variable WORDS changed, by way of left',
  });
  expect(whyOf(variable, 'right')).toBeUndefined();
  await variable.close();

  await writeFile(join(root, 'words/words.txt'), 'two');
  const text = await builtWith({ WORDS: 'b' });
  expect(whyOf(text, 'left')).toMatchObject({
    kind: 'file',
    chain: ['words', 'left'],
    file: 'words/words.txt',
  });
  expect(whyOf(text, 'left')?.at).toBeGreaterThan(Date.now() - 120_000);
  await text.close();

  const flags = await builtWith({ WORDS: 'b', RUSTFLAGS: '-Cprefer-dynamic -Cdebuginfo=0' });
  expect(whyOf(flags, 'top')).toMatchObject({
    kind: 'flags',
    chain: ['top'],
    text: 'rebuilt because the flags for rustc changed (RUSTFLAGS is now -Cprefer-dynamic -Cdebuginfo=0)',
  });
  await flags.close();
  const [first, ...others] = await buildsOf(data, root);
  expect(first?.reasons.top).toBe('built because it had no file');
  expect(others.map(({ whys }) => whys?.find(({ module }) => module === 'top')?.kind)).toEqual([
    'environment',
    'file',
    'flags',
  ]);
});

test('built by another cargo: after an edit that was seen, and for a reason that was not', async () => {
  const root = await temporaryFolder();
  await writeWorkspace(root, ASKS);
  const client = await open(root, { auto: { buildOnSave: false } });
  await start(client);
  const build = (env: NodeJS.ProcessEnv = {}) =>
    promisify(execFile)('cargo', ['build', '--workspace'], { cwd: root, env: { ...process.env, ...env } });
  const seen = client.until('the edit', ({ edited }) => edited.length > 0);
  await setVersion(join(root, 'right'), 'two');
  await seen;
  await build();
  await client.until('stale', ({ plan }) => plan.reasons.top?.includes('outside Hotdeck') === true);
  expect(client.session.plan.reasons.top).toMatch(
    new RegExp(`^replaced outside Hotdeck, after right changed \\(right/src/lib.rs, ${TIME}\\)$`),
  );
  await build({ WORDS: 'other' });
  await client.until('left, too', ({ plan }) => plan.reasons.left !== undefined);
  expect(client.session.plan.reasons.left).toMatch(new RegExp(`^replaced outside Hotdeck \\(${TIME}\\)$`));
});

test('a build that writes what is watched is stopped after a few rounds, named, and goes on when resumed', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await writeWorkspace(root, STAMPS);
  const client = await open(root, { data });
  await setVersion(join(root, 'right'), 'two');
  const stopped = await client.until('suspended', ({ suspended }) => suspended.length > 0, 120_000);
  expect(stopped.suspended).toEqual(['words/src/stamp.rs']);
  const notice = stopped.notices.find(({ kind }) => kind === 'watch-loop');
  expect(notice?.message).toContain('words/src/stamp.rs');
  expect(notice?.remedy).toContain('the build script of words');
  expect(notice?.actions).toEqual(['resume-watch']);
  await client.until('the last build', ({ build }) => build.name === 'ok', 120_000);
  const before = (await buildsOf(data, root)).length;
  expect(before).toBeLessThan(9);
  await pause(3000);
  expect(await buildsOf(data, root)).toHaveLength(before);

  // Other files build, once each, though the build writes its file again.
  const seen = client.until('the edit', ({ build }) => build.name === 'building');
  await setVersion(join(root, 'right'), 'three');
  await seen;
  await client.until('built', ({ build }) => build.name === 'ok', 120_000);
  await pause(2500);
  expect(await buildsOf(data, root)).toHaveLength(before + 1);

  // The build does as before, so it is found again; once that is mended, nothing is.
  await client.request('resumeWatch', {});
  expect(client.session.suspended).toEqual([]);
  expect(client.session.notices.filter(({ kind }) => kind === 'watch-loop')).toEqual([]);
  await client.until('suspended again', ({ suspended }) => suspended.length > 0, 120_000);
  await client.until('the last build', ({ build }) => build.name === 'ok', 120_000);
  await editFile(join(root, 'words/build.rs'), STAMPS, 'println!("cargo::rerun-if-changed=build.rs");');
  await client.until('built', ({ build, edited }) => build.name === 'ok' && edited.length === 0, 120_000);
  await client.request('resumeWatch', {});
  await edit(client, () => writeFile(join(root, 'words/src/stamp.rs'), 'pub const STAMP: u128 = 1;\n'));
  expect(client.session.suspended).toEqual([]);
});

test('a user who saves again and again is not taken for a loop, and the last save is built', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await writeWorkspace(root, ASKS);
  const client = await open(root, { data });
  await client.request('build', {});
  for (const [at, wait] of [300, 300, 300, 300, 300, 300, 900, 900, 900, 900, 900, 900].entries()) {
    await setVersion(join(root, 'words'), `number ${at}`);
    await pause(wait);
    expect(client.session.suspended).toEqual([]);
  }
  await client.until('built', isBuilt, 120_000);
  await pause(2500);
  expect(client.session.suspended).toEqual([]);
  expect(client.session.notices).toEqual([]);
  const last = (await buildsOf(data, root)).at(-1);
  expect(last).toMatchObject({ outcome: 'ok' });
});
