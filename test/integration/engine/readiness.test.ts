/** When a server that was started is taken to serve, and by what: real servers that say so, listen, load, or do nothing. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { copyBuiltHost, type HostShape } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function started(shape: HostShape, settings: object = {}): Promise<EngineClient> {
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'plain', shape, settings);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  return client;
}

async function witness(client: EngineClient, pattern: RegExp): Promise<string> {
  const is = ({ server }: EngineClient['session']): boolean =>
    server.name === 'running' && pattern.test(server.witness ?? '');
  const { server } = await client.until(`running, by ${pattern}`, is);
  return server.name === 'running' ? (server.witness ?? '') : '';
}

test('a line in another phrasing than Hotdeck’s own, in capitals', async () => {
  const client = await started({ ready: 'SERVER RUNNING AT HTTP://127.0.0.1:1' });
  expect(await witness(client, /said/)).toBe('It said “SERVER RUNNING AT HTTP://127.0.0.1:1”.');
});

test('what was set is a regular expression, and other lines are none', async () => {
  const client = await started({ ready: 'Listening on nothing' }, { ready: 'depot is open' });
  // It has said “Listening on nothing” long before.
  expect(await witness(client, /./)).toBe('Its modules are loaded.');
  await client.untilText('server', /Listening on nothing/);
});

test('without a line: the socket on which it listens', async () => {
  const folder = await temporaryFolder();
  const client = await started({ portFile: join(folder, 'port') });
  expect(await witness(client, /./)).toMatch(/^It listens on 127\.0\.0\.1:\d+\.$/);
});

test('without a line and a socket: its modules', async () => {
  const client = await started({});
  expect(await witness(client, /./)).toBe('Its modules are loaded.');
});

test('with nothing of all that: its process, and it is said that there is no more', async () => {
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'plain', {}, null);
  // It opens nothing.
  await writeFile(join(root, 'hotdeck.json'), JSON.stringify({ environment: { HOST_MODULES: '' } }));
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  expect(await witness(client, /./)).toBe('Its process runs; it has shown no other sign.');
});

test('a line that comes after a weaker sign takes its place', async () => {
  const client = await started({ ready: 'Now listening', start: 2_500 });
  await witness(client, /said/);
});
