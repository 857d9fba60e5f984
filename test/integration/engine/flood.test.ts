/** A server that prints as fast as it can: nothing of it is lost, and it can be asked for things all the while. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEngine } from '../../support/engine.ts';
import { copySample, setEnvironment } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { storedBytes } from '../../support/logs.ts';

const MEGABYTES = 30;

test('every byte of a flood is stored, and a reload in the middle of it is seen', async () => {
  const root = await temporaryFolder();
  const data = await temporaryFolder();
  const copy = join(data, 'copy.log');
  await copySample(root);
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
  // A terminal ends lines with two characters, and shows the keys that were sent: Ctrl+C and Ctrl+\.
  const written = stored
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replaceAll(/\^[C\\]/g, '');
  expect(written === (await readFile(copy, 'latin1'))).toBe(true);
  expect(written.length).toBeGreaterThan(MEGABYTES * 1_000_000);
});
