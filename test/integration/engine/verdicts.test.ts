/** Servers that fail at reloading, each in its own way: the verdict names it, and never claims a swap. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LastReload } from '#shared/contract.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import {
  type SampleFailure,
  setFailure,
  setGreeting,
  tearBuild,
  useNewCoreSymbol,
} from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function running(failure: SampleFailure | null): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  if (failure !== null) await setFailure(root, failure);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  return { client, root };
}

async function reload(client: EngineClient, anyway = false): Promise<LastReload> {
  await client.request('reload', { anyway });
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  if (lastReload === null) throw new Error('There was no reload.');
  return lastReload;
}

async function reloadEdited(failure: SampleFailure): Promise<{ client: EngineClient; last: LastReload }> {
  const { client, root } = await running(failure);
  await setGreeting(root, 'api', 'Edited');
  await client.until('the edit is seen', ({ edited }) => edited.length === 1);
  return { client, last: await reload(client) };
}

const stateOf = (client: EngineClient, name: string): string | undefined =>
  client.session.modules[name]?.state;

describe('verdicts', () => {
  test('a module that is held open is stuck, and looks it', async () => {
    const { client, last } = await reloadEdited('stuck');
    expect(last).toMatchObject({ verdict: 'stuck', stayed: ['depot_api'] });
    expect(last.message).toContain('api');
    expect(last.deviations).toEqual(['api was to be unloaded, and stayed.']);
    const [image] = last.stuck;
    expect(last.stuck).toMatchObject([{ module: 'depot_api', pid: runningPid(client.session) }]);
    const maps = await readFile(`/proc/${image?.pid}/maps`, 'utf8');
    const line = maps.split('\n').find((each) => each.startsWith(`${image?.address} `));
    expect(line).toMatch(new RegExp(` ${image?.inode} .*/libdepot_api\\.so \\(deleted\\)$`));
    await client.until('the node says so', ({ modules }) => modules.depot_api?.state === 'stuck');
    expect(stateOf(client, 'depot_service')).toBe('loaded');
  });

  test('so is one that the log keeps silent about', async () => {
    const { last } = await reloadEdited('mute');
    expect(last).toMatchObject({ verdict: 'stuck', stayed: ['depot_api'] });
  });

  test('a log that claims what the maps deny is contradicted', async () => {
    const { last } = await reloadEdited('lie');
    expect(last).toMatchObject({ verdict: 'stuck', swapped: [], steps: [] });
    expect(last.disagreements).toHaveLength(3);
    expect(last.disagreements[0]).toContain('The log says');
  });

  test('a crash while unloading is a crash, with the signal', async () => {
    const { client, last } = await reloadEdited('crash');
    expect(last).toMatchObject({ verdict: 'crashed' });
    expect(last.message).toContain('SIGSEGV');
    expect(last.lines.length).toBeGreaterThan(0);
    await client.until('crashed', ({ server }) => server.name === 'crashed');
  });

  test('a refusal is told in the server’s own words', async () => {
    const { client, last } = await reloadEdited('refuse');
    expect(last).toMatchObject({ verdict: 'refused', steps: [] });
    expect(last.message).toContain('Reloading already in progress');
    expect(stateOf(client, 'depot_api')).toBe('stale');
  });

  test('a slow drain is waited for, and a second signal meanwhile changes nothing', async () => {
    const { client, root } = await running('drain:2');
    await setGreeting(root, 'api', 'Edited');
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
    const asked = client.request('reload', {});
    await client.until('reloading', ({ server }) => server.name === 'reloading');
    await client.request('input', { data: '\x03' });
    await asked;
    expect(client.session.lastReload).toMatchObject({ verdict: 'swapped' });
    expect(client.session.lastReload?.took).toBeGreaterThan(1_500);
  });

  test('a torn build swaps nothing, and what stays behind is named before and after', async () => {
    const { client, root } = await running(null);
    await tearBuild(root);
    const { plan } = await client.until('left behind', (session) => session.plan.leftBehind.length > 0);
    expect(plan).toMatchObject({ unload: [], leftBehind: ['depot_api'] });
    await client.request('input', { data: '\x03' });
    const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
    expect(lastReload).toMatchObject({ verdict: 'nothing', swapped: [] });
    expect(lastReload?.message).toContain('does not reach');
  });

  test('new modules on an old core: told before; done anyway, it is a crash with the linker’s words', async () => {
    const { client, root } = await running(null);
    await useNewCoreSymbol(root);
    await client.until('the edits are seen', ({ edited }) => edited.length === 2);
    await client.request('reload', {});
    expect(client.session.notices).toMatchObject([{ kind: 'needs-restart' }]);
    const last = await reload(client, true);
    expect(last.verdict).toBe('crashed');
    expect(last.lines.join('\n')).toContain('undefined symbol');
  });

  test('a server that ignores the signal is given up on', async () => {
    const root = await temporaryFolder();
    await copyBuiltSample(root);
    await setFailure(root, 'deaf', { reloadTimeout: 2 });
    const client = startEngine();
    onTestFinished(() => client.close());
    await client.open(root, { buildOnSave: false });
    await client.request('start', {});
    await client.until('running', ({ server }) => server.name === 'running');
    await setGreeting(root, 'api', 'Edited');
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
    const last = await reload(client);
    expect(last).toMatchObject({ verdict: 'timed out', swapped: [], deviations: [], stuck: [] });
    expect(last.message).toContain('within 2 s: api, admin, router still run the old code');
    expect(last.message).toContain('It has said nothing since the signal.');
    expect(client.session.server.name).toBe('running');
  });

  test('one that was given up too early: what it said last; a second request waits for the same reload', async () => {
    const root = await temporaryFolder();
    await copyBuiltSample(root);
    await setFailure(root, 'drain:3', { reloadTimeout: 2 });
    const client = startEngine();
    onTestFinished(() => client.close());
    await client.open(root, { buildOnSave: false });
    await client.request('start', {});
    await client.until('running', ({ server }) => server.name === 'running');
    await setGreeting(root, 'api', 'Edited');
    await client.until('the edit is seen', ({ edited }) => edited.length === 1);
    const first = await reload(client);
    expect(first.verdict).toBe('timed out');
    expect(first.message).toMatch(/Its last line: .*Received SIGINT$/);
    // The server refuses the second signal, because it is at it already.
    await client.request('reload', {});
    expect(client.session.lastReload).toMatchObject({ verdict: 'swapped', number: 2 });
    expect(client.text('server')).toContain('Reloading already in progress');
  });

  test('a server with another rule than it is taken for: what moved beside the plan is told', async () => {
    const root = await temporaryFolder();
    await writeDiamond(root);
    const file = join(root, 'hotdeck.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"rule":"dependents"', '"rule":"stack"'));
    const client = startEngine();
    onTestFinished(() => client.close());
    await client.open(root);
    await client.request('start', {});
    await client.until('running', ({ server }) => server.name === 'running');
    await setVersion(join(root, 'left'), 'two');
    await client.until('stale', ({ plan, build }) => build.name === 'ok' && plan.leftBehind.length > 0);
    expect(client.session.plan).toMatchObject({ unload: ['top'], leftBehind: ['left'] });
    const last = await reload(client, true);
    expect(last).toMatchObject({ verdict: 'swapped', swapped: ['left', 'top'] });
    expect(last.deviations).toEqual(['left was unloaded and loaded again, which was not in the plan.']);
  });
});
