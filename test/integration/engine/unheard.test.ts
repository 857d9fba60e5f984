/** Reloads that nobody asked for, or that were asked of a process that could not answer. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { heardBytes, writePrinter } from '../../support/fixtures/printer.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function run(root: string): Promise<EngineClient> {
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  return client;
}

test('a program that holds its terminal raw gets Ctrl+C as a key: no reload is waited for, and no build held back', async () => {
  const [root, folder] = [await temporaryFolder(), await temporaryFolder()];
  await writePrinter(root, folder);
  const client = await run(root);
  await client.request('input', { data: '\x03' });
  await expect.poll(async () => [...(await heardBytes(folder))]).toContain(3);
  expect(client.session).toMatchObject({ server: { name: 'running' }, lastReload: null, notices: [] });

  await setVersion(join(root, 'crates/paper'), '2');
  await client.until('built', ({ build, plan }) => build.name === 'ok' && plan.unload.length === 1);
  // A signal is another thing: it does not go through the terminal.
  await client.request('reload', {});
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(lastReload).toMatchObject({ number: 1, cause: 'reload', verdict: 'swapped' });
});

test('a process that is stopped: it is shown, told as the reason, and its late answer is not from elsewhere', async () => {
  const root = await temporaryFolder();
  await writeDiamond(root);
  const settings = join(root, 'hotdeck.json');
  const before: object = JSON.parse(await readFile(settings, 'utf8'));
  await writeFile(settings, JSON.stringify({ ...before, reloadTimeout: 1 }));
  const client = await run(root);
  const pid = runningPid(client.session);
  const halted = (): string | null => {
    const { server } = client.session;
    return 'pid' in server ? (server.halted ?? null) : null;
  };
  expect(halted()).toBeNull();
  process.kill(pid, 'SIGSTOP');
  await client.until('it is seen', () => halted() === 'T');

  await setVersion(join(root, 'left'), '2');
  await client.until('built', ({ build, plan }) => build.name === 'ok' && plan.unload.length === 2);
  await client.request('reload', {});
  const given = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(given.lastReload).toMatchObject({ verdict: 'timed out', cause: 'reload', pid });
  expect(given.lastReload?.message).toContain(`Its process ${pid} is stopped (T), and the signal waits`);

  process.kill(pid, 'SIGCONT');
  const late = await client.until(
    'the late answer',
    ({ lastReload }) => lastReload?.number === 2 && lastReload.took !== null,
  );
  expect(late.lastReload).toMatchObject({ cause: 'late', answers: 1, verdict: 'swapped' });
  await client.until('it goes on', () => halted() === null);

  // A reload that somebody else asks for is one from outside again.
  await setVersion(join(root, 'left'), '3');
  await client.until('built', ({ build, plan }) => build.name === 'ok' && plan.unload.length === 2);
  process.kill(pid, 'SIGUSR1');
  const outside = await client.until(
    'the reload from outside',
    ({ lastReload }) => lastReload?.number === 3 && lastReload.took !== null,
  );
  expect(outside.lastReload).toMatchObject({ cause: 'outside', answers: null });
});
