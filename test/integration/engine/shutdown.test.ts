/** Ending a server that does not want to end: every step is taken, and shown. */
import { expect, onTestFinished, test } from 'vitest';
import type { ServerState } from '#shared/contract.ts';
import { runningPid, startEngine } from '../../support/engine.ts';
import { writeStubborn } from '../../support/fixtures/stubborn.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { groupIsAlive } from '../../support/processes.ts';

async function startStubborn() {
  const root = await temporaryFolder();
  await writeStubborn(root);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  await client.request('start', {});
  const session = await client.until('running', ({ server }) => server.name === 'running');
  return { client, pid: runningPid(session) };
}

const isStopping = (signal: string) => (session: { server: ServerState }) =>
  session.server.name === 'stopping' && session.server.signal === signal;

test('each request to shut down goes one step further, down to SIGKILL', async () => {
  const { client, pid } = await startStubborn();
  const asked = Date.now();
  const first = client.request('shutdown', {});
  const { server } = await client.until('SIGQUIT was sent', isStopping('SIGQUIT'));
  expect(server.name === 'stopping' && server.until).toBeGreaterThan(asked + 10_000);
  expect(groupIsAlive(pid)).toBe(true);
  const second = client.request('shutdown', {});
  await client.until('SIGTERM was sent', isStopping('SIGTERM'));
  expect(groupIsAlive(pid)).toBe(true);
  const third = client.request('shutdown', {});
  await client.until('stopped', (session) => session.server.name === 'stopped');
  expect(await Promise.all([first, second, third])).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
  expect(groupIsAlive(pid)).toBe(false);
  expect(client.session.notices).toEqual([]);
});

test('quitting waits no longer than it was told to', async () => {
  const { client, pid } = await startStubborn();
  await client.engine.quit(600);
  expect(groupIsAlive(pid)).toBe(false);
});

test('a workspace without modules opens, builds and runs', async () => {
  const { client } = await startStubborn();
  expect(client.session.graph).toMatchObject({
    nodes: [{ name: 'stubborn', role: 'executable' }],
    order: [],
  });
  expect(client.session.plan).toMatchObject({ unload: [], restart: [] });
});
