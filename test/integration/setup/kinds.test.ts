/** What real workspaces are taken for, before and after they are built, and that nothing of what works is a problem. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import {
  editFile,
  hostSources,
  inFolder,
  libraryCrate,
  packageTable,
  setVersion,
  writeFiles,
} from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const MODULE = `const VERSION: &str = "1";

#[no_mangle]
pub fn plugin_version() -> String {
    format!("plugin {VERSION}")
}
`;

/** A host that opens one module by itself, and a module that depends on nothing. No flag is set. */
async function openHost(
  type: 'cdylib' | 'dylib',
  module = MODULE,
): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  const modules = [{ name: 'plugin', needs: [] }];
  const host = await hostSources({ modules, rule: 'dependents', reload: 'SIGUSR1', note: 'String::new()' });
  await writeFiles(root, {
    'Cargo.toml': `[workspace]\nmembers = ["plugin"]\n\n${packageTable('app')}`,
    'hotdeck.json': JSON.stringify({
      signals: { reload: 'SIGUSR1', shutdown: 'SIGTERM' },
      ready: 'ready',
      modules: ['plugin'],
    }),
    ...host,
    ...inFolder('plugin', libraryCrate('plugin', {}, module)),
  });
  await editFile(join(root, 'plugin/Cargo.toml'), '["dylib"]', `["${type}"]`);
  const client = startEngine(process.env, { data: await temporaryFolder() });
  onTestFinished(() => client.close());
  await client.open(root);
  return { client, root };
}

async function startAndSwap(client: EngineClient, root: string): Promise<void> {
  expect(await client.request('start', {})).toEqual({ ok: true });
  await client.until('loaded', ({ modules }) => modules.plugin?.state === 'loaded');
  await client.until('running', ({ server }) => server.name === 'running');
  expect(client.session.mode).toEqual({ name: 'modules' });
  await setVersion(join(root, 'plugin'), '2');
  await client.until('the edit is seen', ({ modules }) => modules.plugin?.state === 'stale');
  expect(await client.request('reload', {})).toEqual({ ok: true });
  await client.until('the verdict', ({ lastReload }) => lastReload?.verdict === 'swapped');
}

const problems = async (client: EngineClient): Promise<string[]> =>
  (await client.query('setup', {})).checks.filter(({ state }) => state === 'problem').map(({ seen }) => seen);

test('plugins with a C interface: a cdylib says so, and its exports do once it is built', async () => {
  const { client, root } = await openHost('cdylib');
  expect((await client.query('setup', {})).kind).toMatchObject({
    kind: 'c-interface',
    evidence: 'plugin is a cdylib.',
  });
  expect(await problems(client)).toEqual([]);
  await startAndSwap(client, root);
  const { kind, ways } = await client.query('setup', {});
  expect(kind?.evidence).toBe('plugin is a cdylib, and exports C names only: plugin_version.');
  expect(ways).toEqual([]);
  expect(await problems(client)).toEqual([]);
});

test('a dylib without any flag: unknown before the build, opened as it is after it', async () => {
  const { client, root } = await openHost('dylib');
  expect(client.session.workspace.kind).toMatchObject({
    kind: 'unknown',
    evidence: 'plugin is a dylib, and nothing says yet how app uses it.',
  });
  expect(await problems(client)).toEqual([]);
  await startAndSwap(client, root);
  expect(client.session.workspace.kind).toMatchObject({
    kind: 'hot-lib-reloader',
    evidence: 'app calls dlopen; app has a standard library of its own inside.',
  });
  expect(await problems(client)).toEqual([]);
  expect((await client.query('setup', {})).ways).toEqual([]);
});

test('the kind can be chosen; a setup that may do harm says so before it is applied', async () => {
  const threads = `${MODULE}\nthread_local! {\n    pub static NAMES: Vec<String> = vec![];\n}\n`;
  const { client } = await openHost('dylib', threads);
  expect(await client.request('useKind', { kind: 'shared-std' })).toEqual({ ok: true });
  const { kind, ways } = await client.query('setup', {});
  expect(kind).toMatchObject({ kind: 'shared-std', from: 'set-up', detected: 'unknown' });
  expect(ways.map(({ risks }) => risks)).toEqual([
    [expect.stringContaining('plugin/src/lib.rs uses thread_local!')],
    [expect.stringContaining('rust-lang/rust#88737')],
  ]);
  const [way] = ways;
  expect(await client.request('applySetup', { way: 'flags', plan: way?.plan ?? '' })).toEqual({ ok: true });
  // Whatever it is taken for, and however the build goes: there is a way back.
  expect(await client.request('useKind', { kind: 'c-interface' })).toEqual({ ok: true });
  expect(await client.query('setup', {})).toMatchObject({ ways: [], applied: { way: 'flags' } });
  expect(await client.request('revertSetup', { resolutions: {} })).toEqual({ ok: true });
  expect(await client.request('useKind', { kind: null })).toEqual({ ok: true });
  expect(await client.query('setup', {})).toMatchObject({ applied: null, kind: { from: 'detected' } });
});
