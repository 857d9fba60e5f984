/** The sample and the generated workspaces by themselves, without Hotdeck: what the other tests stand on. */
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { ALL_FILES, builtSample, FILES, get, named, STACK, startDepot } from '../support/fixtures/depot.ts';
import { writeDiamond } from '../support/fixtures/diamond.ts';
import { setVersion } from '../support/fixtures/files.ts';
import { partName, writeMany } from '../support/fixtures/many.ts';
import { build, imagesOnDisk, mappedImages, renew, startProgram } from '../support/fixtures/program.ts';
import { setGreeting } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';

describe('the sample, rebuilt while it runs', () => {
  test('swaps what was rebuilt, and keeps its process, its count and what lies below', async () => {
    const dir = await builtSample();
    const { depot, url } = await startDepot(dir);
    const first = await get(url);
    expect(first).toEqual({
      api: 'Hello from api',
      service: 'Hello from service',
      count: '1',
      pid: String(depot.pid),
    });
    expect(await get(`${url}admin`)).toMatchObject({ requests: '2', '/': '1', '/admin': '1' });

    await setGreeting(dir, 'api', 'Hello again');
    await build(dir);
    const before = depot.output().length;
    depot.signal('SIGINT');
    await depot.next(/Listening on/);

    expect(await get(url)).toEqual({ ...first, api: 'Hello again', count: '3' });
    const log = depot.output().slice(before);
    expect(log).toMatch(/^\S+Z {2}WARN signal: depot::signal: Received SIGINT$/m);
    expect(log).toContain('DEBUG depot::mods: Unloading modules available=5 loaded=5 stale=3 force=false\n');
    expect(log).toContain('DEBUG depot::mods: Loading modules available=5 loaded=2\n');
    expect(named(log, 'unloading')).toEqual(['router', 'admin', 'api']);
    expect(named(log, 'loaded')).toEqual(['api', 'admin', 'router']);
    expect(log).not.toContain('services');
    expect(await mappedImages(depot.pid, dir)).toEqual(await imagesOnDisk(dir, ALL_FILES));
    // The database was not touched, so it still knows the visits of before.
    expect(await get(`${url}visits`)).toEqual({ '/': '2', '/admin': '1' });
  });

  test('restarts the services when they are swapped themselves', async () => {
    const dir = await builtSample();
    const { depot, url } = await startDepot(dir);
    await get(url);
    await setGreeting(dir, 'service', 'Hello "again"');
    await build(dir);
    depot.signal('SIGINT');
    await depot.next(
      /Shutdown complete\.[\s\S]+stale=4[\s\S]+Services startup complete\.[\s\S]+Listening on/,
    );
    expect(await get(url)).toMatchObject({ service: 'Hello "again"', count: '2' });
  });

  test('stops at the first module that is not stale', async () => {
    const dir = await builtSample();
    const { depot } = await startDepot(dir);
    for (const name of ['service', 'router']) await renew(dir, `libdepot_${name}.so`);
    const before = depot.output().length;
    depot.signal('SIGINT');
    await depot.next(/Listening on/);
    expect(depot.output()).toContain('stale=2');
    expect(named(depot.output().slice(before), 'unloading')).toEqual(['router']);
  });

  test('swaps all its modules twenty times while clients ask, without losing one request', async () => {
    const dir = await builtSample();
    const { depot, url } = await startDepot(dir);
    let asked = 0;
    let over = false;
    const client = async (): Promise<void> => {
      for (; !over; asked += 1) expect((await get(url)).api).toBe('Hello from api');
    };
    const clients = Promise.all([client(), client()]);
    // Looked at below; until then a failure must not count as unhandled.
    clients.catch(() => {});
    try {
      for (let round = 0; round < 20; round += 1) {
        for (const file of FILES) await renew(dir, file);
        depot.signal('SIGINT');
        await depot.next(/Listening on/);
        expect(await mappedImages(depot.pid, dir)).toEqual(await imagesOnDisk(dir, ALL_FILES));
      }
    } finally {
      over = true;
    }
    await clients;
    expect(named(depot.output(), 'loaded')).toHaveLength(21 * STACK.length);
    expect(await get(url)).toMatchObject({ count: String(asked + 1) });
  });

  test('names a module that is stuck, and serves on', async () => {
    const dir = await builtSample((dir) =>
      writeFile(
        join(dir, 'api/build.rs'),
        'fn main() {\n    println!("cargo:rustc-link-arg=-Wl,-z,nodelete");\n}\n',
      ),
    );
    const { depot, url } = await startDepot(dir);
    await setGreeting(dir, 'api', 'Hello again');
    await build(dir);
    depot.signal('SIGINT');
    await depot.next(/ERROR depot_core::module: Module "depot_api" is stuck and failed to unload\.\n/);
    await depot.next(/Listening on/);
    expect(await get(url)).toMatchObject({ api: 'Hello from api' });
  });
});

describe('the sample as it was built', () => {
  let dir = '';
  // These tests leave the files alone, so one build will do for all.
  beforeAll(async () => {
    dir = await mkdtemp(join(await realpath(tmpdir()), 'hotdeck-test-'));
    await copyBuiltSample(dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('leaves everything in place when nothing was built', async () => {
    const { depot, url } = await startDepot(dir);
    const before = depot.output().length;
    const images = await mappedImages(depot.pid, dir);
    depot.signal('SIGINT');
    await depot.next(/Listening on/);
    const log = depot.output().slice(before);
    expect(log).toContain('loaded=5 stale=0 force=false');
    expect([...named(log, 'unloading'), ...named(log, 'loaded')]).toEqual([]);
    expect(await mappedImages(depot.pid, dir)).toEqual(images);
    expect(await get(url)).toMatchObject({ count: '1' });
  });

  test('refuses a reload during a reload', async () => {
    const { depot } = await startDepot(dir);
    // The reload takes a moment only, so it may need more than one try to strike in the middle of it.
    while (!depot.output().includes('ERROR')) {
      for (const _ of STACK) depot.signal('SIGINT');
      await depot.next(/Listening on/);
    }
    expect(depot.output()).toMatch(
      /ERROR signal: depot::signal: signal: Reloading already in progress sig="SIGINT"\n/,
    );
  });

  test.each(['SIGQUIT', 'SIGTERM'] as const)('shuts down on %s', async (signal) => {
    const { depot } = await startDepot(dir);
    depot.signal(signal);
    expect(await depot.exited).toEqual({ code: 0, signal: null });
    expect(named(depot.output(), 'unloading')).toEqual(STACK.toReversed());
    expect(depot.output()).toMatch(
      /Shutdown complete\.\n[\s\S]+force=true\n[\s\S]+INFO depot::server: Exit\n$/,
    );
  });

  test('dies of SIGHUP, as programs do', async () => {
    const { depot } = await startDepot(dir);
    depot.signal('SIGHUP');
    expect(await depot.exited).toEqual({ code: null, signal: 'SIGHUP' });
  });

  test('says that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const depot = await startProgram(dir, 'depot', { args: ['--port', String(port)] });
    expect(await depot.exited).toEqual({ code: 1, signal: null });
    expect(depot.output()).toMatch(/ERROR depot: Starting server: Address already in use \(os error 98\)\n$/);
  });

  test('colors its log unless told not to', async () => {
    const { depot } = await startDepot(dir, { DEPOT_LOG_COLORS: 'true' });
    const time = String.raw`\x1b\[2m\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\x1b\[0m`;
    expect(depot.output()).toMatch(
      new RegExp(
        String.raw`^${time} \x1b\[32m INFO\x1b\[0m \x1b\[2mdepot_api\x1b\[0m\x1b\[2m:\x1b\[0m Module loaded$`,
        'm',
      ),
    );
  });
});

describe('the generated workspaces', () => {
  test('diamond: swaps the stale module and its dependent, under a signal of its own', async () => {
    const dir = await temporaryFolder();
    await writeDiamond(dir);
    await build(dir);
    const app = await startProgram(dir, 'app');
    await app.next(/left 1\nright 1\ntop 1: left 1 and right 1\nround 1\nready\n/);
    const before = await mappedImages(app.pid, dir);

    await setVersion(join(dir, 'left'), '2');
    await build(dir);
    app.signal('SIGUSR1');
    await app.next(
      /^unload top\nunload left\nload left\nload top\nleft 2\nright 1\ntop 1: left 2 and right 1\nround 2\nready\n/,
    );

    const after = await mappedImages(app.pid, dir);
    expect(after).toEqual(
      await imagesOnDisk(dir, ['libkernel.so', 'libleft.so', 'libright.so', 'libtop.so']),
    );
    expect(after['libright.so']).toEqual(before['libright.so']);
    app.signal('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
  });

  test('many: sixty modules, of which the stack swaps the top one or all', async () => {
    const dir = await temporaryFolder();
    await writeMany(dir);
    await build(dir);
    const fleet = await startProgram(dir, 'fleet');
    await fleet.next(/part-59 1 over part-49 and part-44\n60 parts\nready\n/);
    const crate = (index: number): string => join(dir, 'crates', partName(index));

    await setVersion(crate(59), '2');
    await build(dir);
    fleet.signal('SIGINT');
    await fleet.next(/^unload part-59\nload part-59\npart-00 1\n[\s\S]+\npart-59 2 over [\s\S]+ready\n/);

    await setVersion(crate(0), '2');
    await build(dir);
    fleet.signal('SIGINT');
    const [round] = await fleet.next(/^unload part-59\n[\s\S]+ready\n/);
    expect(round.match(/^unload /gm)).toHaveLength(60);
    expect(round.match(/^load /gm)).toHaveLength(60);
    expect(round).toContain('\npart-00 2\n');
    const files = Array.from({ length: 60 }, (_, index) => `lib${partName(index).replace('-', '_')}.so`);
    expect(await mappedImages(fleet.pid, dir)).toEqual(await imagesOnDisk(dir, files));
    fleet.signal('SIGQUIT');
    expect(await fleet.exited).toEqual({ code: 0, signal: null });
  });
});
