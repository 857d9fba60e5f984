/** A server whose memory maps can't be read: states are guesses and say so, and no reload counts as proven. */
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LastReload } from '#shared/contract.ts';
import type { EngineClient } from '../../support/engine.ts';
import { startEngineChild, withoutTracing } from '../../support/engineChild.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { editFile, setVersion } from '../../support/fixtures/files.ts';
import { type SampleFailure, setEnvironment, setGreeting } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function runHidden(
  failure: SampleFailure | null = null,
  more: object = {},
): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  await setEnvironment(root, { DEPOT_HIDE: '1', ...(failure === null ? {} : { DEPOT_FAIL: failure }) }, more);
  const client = await startEngineChild(withoutTracing());
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  await client.until('blind', ({ notices }) => notices.some(({ kind }) => kind === 'blind'));
  return { client, root };
}

async function reloadEdited(client: EngineClient, root: string): Promise<LastReload> {
  await setGreeting(root, 'api', `Edited at ${Date.now()}`);
  await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  const before = client.session.lastReload?.number ?? 0;
  await client.request('reload', {});
  const { lastReload } = await client.until(
    'the verdict',
    (session) => session.lastReload?.took != null && session.lastReload.number > before,
  );
  if (lastReload === null) throw new Error('There was no reload.');
  return lastReload;
}

describe('a server that hides', () => {
  test('is told about once a run, with the reason; states are guesses; a reload is unproven', async () => {
    const { client, root } = await runHidden();
    const [notice] = client.session.notices;
    expect(notice).toMatchObject({ kind: 'blind', severity: 'warning' });
    expect(notice?.message).toContain('EACCES');
    const api = client.session.modules.depot_api;
    expect(api?.state).toBe('loaded');
    expect(api?.reason).toMatch(/^A guess: .* when the log said that it was loaded\.$/);
    expect(client.session.modules.depot_core?.reason).toMatch(/^A guess: .* when the server started/);
    await client.request('dismissNotice', { noticeId: notice?.id ?? '' });

    const last = await reloadEdited(client, root);
    expect(last).toMatchObject({
      verdict: 'unproven',
      evidence: 'log',
      swapped: ['depot_api', 'depot_admin', 'depot_router'],
      stuck: [],
      deviations: [],
    });
    expect(last.message).toBe(
      "The log says that api, admin, router were loaded; the memory maps can't be read here, so this is not proven.",
    );
    // The log tells each from the next, so the times do too.
    expect(last.steps.map(({ step, module }) => `${step} ${module}`)).toEqual([
      ...['router', 'admin', 'api'].map((name) => `unload depot_${name}`),
      ...['api', 'admin', 'router'].map((name) => `load depot_${name}`),
    ]);
    await client.until('fresh', ({ modules }) => modules.depot_api?.state === 'loaded');
    expect(client.session.notices).toEqual([]);
    await client.request('shutdown', {});
    await client.until('stopped', ({ server }) => server.name === 'stopped');
    await client.request('start', {});
    await client.until('told again', ({ notices }) => notices.some(({ kind }) => kind === 'blind'));
    await client.request('shutdown', {});
    await client.until('nothing to see any more', ({ notices }) => notices.length === 0);
  });

  test.each<[SampleFailure, LastReload['verdict'], RegExp]>([
    [
      'stuck',
      'stuck',
      /^According to its log, api is stuck and runs the old code\. It says that admin, router were/,
    ],
    ['mute', 'stuck', /^According to its log, api is still the old code: it does not report loading it/],
    ['lie', 'unproven', /^The log says that api, admin, router were loaded/],
    ['crash', 'crashed', /SIGSEGV/],
    [
      'refuse',
      'refused',
      /^According to its log, the server refused the reload: Reloading already in progress/,
    ],
  ])('and fails: %s is %s', async (failure, verdict, words) => {
    const { client, root } = await runHidden(failure);
    const last = await reloadEdited(client, root);
    expect(last).toMatchObject({ verdict, evidence: 'log', stuck: [] });
    expect(last.message).toMatch(words);
  });

  test('and does not react is given up on', async () => {
    const { client, root } = await runHidden('deaf', { reloadTimeout: 2 });
    const last = await reloadEdited(client, root);
    expect(last).toMatchObject({ verdict: 'timed out', evidence: 'log' });
    expect(last.message).toContain('It has said nothing since the signal.');
  });

  test('whose reload came from elsewhere is seen by its log', async () => {
    const { client, root } = await runHidden();
    await setGreeting(root, 'api', 'From elsewhere');
    await client.request('build', {});
    await client.until('stale', ({ modules }) => modules.depot_api?.state === 'stale');
    expect(client.session.modules.depot_api?.reason).toMatch(/^A guess: /);
    expect(client.session.plan.unload).toEqual(['depot_router', 'depot_admin', 'depot_api']);
    const { server } = client.session;
    if (!('pid' in server)) throw new Error('No server runs.');
    process.kill(server.pid, 'SIGINT');
    const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
    expect(lastReload).toMatchObject({ verdict: 'unproven', cause: 'outside', evidence: 'log' });
  });
});

test('a server that hides and whose log names no modules: nothing is claimed', async () => {
  const root = await temporaryFolder();
  await writeDiamond(root);
  await editFile(
    join(root, 'src/main.rs'),
    'fn main() {\n',
    'extern "C" { fn prctl(option: c_int, ...) -> c_int; }\n\nfn main() {\n    unsafe { prctl(4, 0usize) };\n',
  );
  const client = await startEngineChild(withoutTracing());
  onTestFinished(() => client.close());
  await client.open(root);
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  await setVersion(join(root, 'left'), 'two');
  await client.until('stale', ({ plan, build }) => build.name === 'ok' && plan.unload.length === 2);
  await client.request('reload', {});
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(lastReload).toMatchObject({ verdict: 'unproven', evidence: 'log', steps: [], swapped: [] });
  expect(lastReload?.message).toContain('what was swapped is not known');
  const { modules } = await client.until('no longer stale', ({ plan }) => plan.unload.length === 0);
  expect(modules.left?.reason).toMatch(/^A guess: .* at the last reload/);
});
