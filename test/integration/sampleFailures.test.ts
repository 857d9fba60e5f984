/** The sample's failures on purpose: that each really is what its name says, seen from outside the server. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import {
  ALL_FILES,
  builtSample,
  FILES,
  fileOf,
  get,
  named,
  STACK,
  startDepot,
} from '../support/fixtures/depot.ts';
import {
  build,
  imagesOnDisk,
  mappedImages,
  type Program,
  renew,
  startProgram,
} from '../support/fixtures/program.ts';
import {
  breakRouter,
  linkLazily,
  type SampleFailure,
  setGreeting,
  tearBuild,
  useNewCoreSymbol,
} from '../support/fixtures/sample.ts';

const UPPER = ['api', 'admin', 'router'];
const ready = /Listening on/;

interface Failing {
  depot: Program;
  url: string;
  /** What was mapped before the reload. */
  before: Record<string, string[]>;
  /** The log since then. */
  since(): string;
}

async function startFailing(dir: string, failure?: SampleFailure): Promise<Failing> {
  const { depot, url } = await startDepot(dir, failure === undefined ? {} : { DEPOT_FAIL: failure });
  const before = await mappedImages(depot.pid, dir);
  const length = depot.output().length;
  return { depot, url, before, since: () => depot.output().slice(length) };
}

/** It must still serve and shut down as always: nothing else is broken. */
async function expectCleanEnd(depot: Program): Promise<void> {
  depot.signal('SIGQUIT');
  expect(await depot.exited).toEqual({ code: 0, signal: null });
}

describe('a failure that DEPOT_FAIL names', () => {
  let dir = '';
  // The sources change in one greeting only and every test makes stale what it needs, so one copy will do for all.
  beforeAll(async () => {
    dir = await mkdtemp(join(await realpath(tmpdir()), 'hotdeck-test-'));
    await copyBuiltSample(dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  /** New code for api, and with it new libraries for what depends on it. */
  const rebuildApi = async (): Promise<void> => {
    await setGreeting(dir, 'api', `Hello at ${process.hrtime.bigint()}`);
    await build(dir);
  };
  const renewUpper = async (): Promise<void> => {
    for (const module of UPPER) await renew(dir, fileOf(module));
  };

  test.each(['stuck', 'mute'] as const)('%s: api stays mapped and runs its old code', async (failure) => {
    const { depot, url, before, since } = await startFailing(dir, failure);
    const { api } = await get(url);
    await rebuildApi();
    depot.signal('SIGINT');
    await depot.next(ready);

    const after = await mappedImages(depot.pid, dir);
    const disk = await imagesOnDisk(dir, ALL_FILES);
    expect(disk[fileOf('api')]).not.toEqual(before[fileOf('api')]);
    expect(after).toEqual({ ...disk, [fileOf('api')]: before[fileOf('api')] });
    expect((await get(url)).api).toBe(api);
    expect(named(since(), 'unloading')).toEqual(['router', 'admin']);
    expect(named(since(), 'loaded')).toEqual(['admin', 'router']);
    const errors = since().match(/ERROR .+/g) ?? [];
    expect(errors).toEqual(
      failure === 'stuck'
        ? ['ERROR depot_core::module: Module "depot_api" is stuck and failed to unload.']
        : [],
    );
  });

  test('lie: the log reports a swap, and nothing is swapped', async () => {
    const { depot, url, before, since } = await startFailing(dir, 'lie');
    const { api } = await get(url);
    await rebuildApi();
    depot.signal('SIGINT');
    await depot.next(ready);

    expect(named(since(), 'unloading')).toEqual(UPPER.toReversed());
    expect(named(since(), 'loaded')).toEqual(UPPER);
    expect(since()).not.toContain('ERROR');
    expect(await mappedImages(depot.pid, dir)).toEqual(before);
    expect(await imagesOnDisk(dir, ALL_FILES)).not.toEqual(before);
    expect((await get(url)).api).toBe(api);
    // To itself it looks up to date from now on.
    depot.signal('SIGINT');
    await depot.next(/stale=0/);
    await depot.next(ready);
    await expectCleanEnd(depot);
  });

  test('crash: dies of a call into what it has just unloaded', async () => {
    const { depot, since } = await startFailing(dir, 'crash');
    await renewUpper();
    depot.signal('SIGINT');
    expect(await depot.exited).toEqual({ code: null, signal: 'SIGSEGV' });
    expect(named(since(), 'unloading')).toEqual(['router']);
    expect(since()).toMatch(/INFO depot_router: Module unloading\n$/);
  });

  test('drain: takes its time, and everything is in place until then', async () => {
    const { depot, before, since } = await startFailing(dir, 'drain:1');
    await renewUpper();
    const asked = Date.now();
    depot.signal('SIGINT');
    await depot.next(/Received SIGINT/);
    depot.signal('SIGINT');
    await depot.next(/Reloading already in progress/);
    expect(await mappedImages(depot.pid, dir)).toEqual(before);
    expect(since()).not.toContain('Stopped listening');

    await depot.next(/Unloading modules/);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(1_000);
    await depot.next(ready);
    expect(await mappedImages(depot.pid, dir)).toEqual(await imagesOnDisk(dir, ALL_FILES));
    await expectCleanEnd(depot);
  });

  test('refuse: says that it is at it, and does nothing', async () => {
    const { depot, url, before, since } = await startFailing(dir, 'refuse');
    await renewUpper();
    depot.signal('SIGINT');
    await depot.next(/ERROR signal: depot::signal: signal: Reloading already in progress sig="SIGINT"\n/);
    expect(await get(url)).toMatchObject({ count: '1' });
    expect(await mappedImages(depot.pid, dir)).toEqual(before);
    expect(since()).not.toMatch(/Unloading|Stopped listening/);
    await expectCleanEnd(depot);
  });

  test('deaf: says nothing and does nothing', async () => {
    const { depot, url, before, since } = await startFailing(dir, 'deaf');
    await renewUpper();
    depot.signal('SIGINT');
    // Each answer gives the signal time to be taken.
    for (let count = 1; count <= 20; count += 1) {
      expect(await get(url)).toMatchObject({ count: String(count) });
    }
    expect(await mappedImages(depot.pid, dir)).toEqual(before);
    await expectCleanEnd(depot);
    expect(since()).not.toMatch(/SIGINT|force=false/);
  });

  test('nonsense: is refused at the start', async () => {
    const depot = await startProgram(dir, 'depot', { env: { DEPOT_FAIL: 'drain:soon' } });
    expect(await depot.exited).toEqual({ code: 1, signal: null });
    expect(depot.output()).toMatch(/ERROR depot: DEPOT_FAIL="drain:soon" is no failure: it takes stuck, /);
  });
});

describe('a torn build', () => {
  test('by a build of one package: nothing is unloaded until a whole build', async () => {
    const dir = await builtSample();
    const { depot, url, before, since } = await startFailing(dir);
    await tearBuild(dir);
    const disk = await imagesOnDisk(dir, ALL_FILES);
    expect(disk).toEqual({ ...before, [fileOf('api')]: disk[fileOf('api')] });
    expect(disk[fileOf('api')]).not.toEqual(before[fileOf('api')]);

    depot.signal('SIGINT');
    await depot.next(/Unloading modules .*stale=1 /);
    await depot.next(ready);
    expect(named(since(), 'unloading')).toEqual([]);
    expect(await mappedImages(depot.pid, dir)).toEqual(before);
    expect(await get(url)).toMatchObject({ api: 'Hello from api' });

    await build(dir);
    depot.signal('SIGINT');
    await depot.next(ready);
    expect(await get(url)).toMatchObject({ api: 'Hello from a torn build' });
    expect(await mappedImages(depot.pid, dir)).toEqual(await imagesOnDisk(dir, ALL_FILES));
  });

  test.each<[string, (dir: string) => Promise<void>]>([
    ['an edit', (dir) => breakRouter(dir).then(() => build(dir))],
    ['the feature torn', (dir) => build(dir, ['depot_api/torn'])],
  ])('by an error in the topmost, by %s: nothing is unloaded', async (_how, tear) => {
    const dir = await builtSample();
    const { depot, before, since } = await startFailing(dir);
    await expect(tear(dir)).rejects.toThrow(/could not compile `depot_router`/);
    const disk = await imagesOnDisk(dir, FILES);
    const changed = STACK.filter((module) => disk[fileOf(module)]?.[0] !== before[fileOf(module)]?.[0]);
    expect(changed).toEqual(['api', 'admin']);

    depot.signal('SIGINT');
    await depot.next(/Unloading modules .*stale=2 /);
    await depot.next(ready);
    expect(named(since(), 'unloading')).toEqual([]);
    expect(await mappedImages(depot.pid, dir)).toEqual(before);
  });
});

describe('a function that the running core does not have', () => {
  const missing = /libdepot_api\.so: undefined symbol: \S*depot_core\S*motto/;

  test('by the feature motto, which gives all functions of the core new names: the lowest module that is loaded', async () => {
    const dir = await builtSample();
    const { depot, since } = await startFailing(dir);
    await build(dir, ['depot_api/motto']);
    depot.signal('SIGINT');
    expect(await depot.exited).toEqual({ code: 1, signal: null });
    expect(since()).toMatch(/Loading module "depot_database" failed: .*undefined symbol: /);
    expect(named(since(), 'loaded')).toEqual([]);
  });

  test('ends the server when the module that needs it is loaded', async () => {
    const dir = await builtSample();
    const { depot, since } = await startFailing(dir);
    await useNewCoreSymbol(dir);
    await build(dir);
    depot.signal('SIGINT');
    expect(await depot.exited).toEqual({ code: 1, signal: null });
    const log = since();
    const error = log.indexOf('ERROR depot: Loading module "depot_api" failed: ');
    expect(log.slice(error)).toMatch(missing);
    expect(named(log.slice(0, error), 'unloading')).toEqual(STACK.toReversed());
    expect(named(log, 'loaded')).toEqual(['database', 'service']);
  });

  test('ends a server that was linked lazily at the first call, after a reload that went well', async () => {
    const dir = await builtSample(linkLazily);
    const { depot, url, since } = await startFailing(dir);
    await useNewCoreSymbol(dir);
    await build(dir);
    depot.signal('SIGINT');
    await depot.next(ready);
    expect(named(since(), 'loaded')).toEqual(STACK);
    await expect(get(url)).rejects.toThrow();
    expect(await depot.exited).toEqual({ code: 127, signal: null });
    expect(since()).toMatch(/symbol lookup error: /);
    expect(since()).toMatch(missing);
  });
});
