/** A server that prints as fast as it can: nothing of it is lost, and it can be asked for things all the while. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newEngine, startEngine } from '../../support/engine.ts';
import { copyBuiltSample } from '../../support/fixtures/builtSample.ts';
import { setEnvironment } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { firstDifference, storedBytes } from '../../support/logs.ts';

const MEGABYTES = 30;

test('every byte of a flood is stored, and a reload in the middle of it is seen', async () => {
  const root = await temporaryFolder();
  const data = await temporaryFolder();
  const copy = join(data, 'copy.log');
  await copyBuiltSample(root);
  await setEnvironment(root, { DEPOT_FLOOD: String(MEGABYTES), DEPOT_COPY: copy });
  const client = startEngine(process.env, { keep: 20_000, data });
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');

  await client.request('reload', { anyway: true });
  expect(client.session.lastReload).toMatchObject({ verdict: 'swapped' });
  expect(client.text('server')).not.toContain('The flood is over');

  await client.untilText('server', /The flood is over/);
  await client.request('shutdown', {});
  await client.until('stopped', ({ server }) => server.name === 'stopped');
  const { runs } = client.session;
  await client.close();
  const stored = await storedBytes(data, runs.server);
  expect(stored.length).toBeGreaterThan(MEGABYTES * 1_000_000);
  expect(firstDifference(stored, await readFile(copy), '')).toBeNull();
});

test('a window that draws nothing holds the server back; when it draws, the server goes on', async () => {
  const root = await temporaryFolder();
  const copy = join(await temporaryFolder(), 'copy.log');
  await copyBuiltSample(root);
  await setEnvironment(root, { DEPOT_FLOOD: String(MEGABYTES), DEPOT_COPY: copy });
  const engine = newEngine(process.env, () => {});
  onTestFinished(() => engine.quit(2_000));
  await engine.open(root, { buildOnSave: false, reloadAfterBuild: false });
  let [isDrawing, unread] = [false, 0];
  let send: (message: unknown) => void = () => {};
  const draw = (): void => {
    send({ type: 'ack', stream: 'server', chars: unread });
    unread = 0;
  };
  engine.connect({
    post: (message) => {
      if (message.type !== 'output' || message.stream !== 'server') return;
      unread += message.data.length;
      if (isDrawing) queueMicrotask(draw);
    },
    onMessage: (listener) => {
      send = listener;
    },
    onClose: () => {},
  });
  send({ type: 'show', stream: 'server', on: true });
  send({ type: 'request', id: 1, name: 'start', params: {} });

  const size = (): Promise<number> =>
    stat(copy).then(
      (found) => found.size,
      () => 0,
    );
  // Nothing has moved from one look to the next: it waits.
  let before = -1;
  const isHeld = async (): Promise<boolean> => {
    const now = await size();
    const held = now > 0 && now === before;
    before = now;
    return held;
  };
  await expect.poll(isHeld, { timeout: 60_000, interval: 1_000 }).toBe(true);
  expect(before).toBeLessThan(2_000_000);
  expect(unread).toBeLessThan(1_500_000);
  isDrawing = true;
  draw();
  await expect.poll(size, { timeout: 60_000 }).toBeGreaterThan(MEGABYTES * 1_000_000);
});
