/** What sets off a reload: a signal that the server takes, a command; and what must not be sent. */
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LastReload, Notice } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { copyBuiltHost, type HostShape } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';

const NOT_SENT = 'signal-not-sent';

async function run(
  shape: HostShape,
  settings: object | ((root: string) => object) = {},
): Promise<{ client: EngineClient; root: string }> {
  const root = await temporaryFolder();
  const more = typeof settings === 'function' ? settings(root) : settings;
  await copyBuiltHost(root, 'plain', { ready: 'Listening on nothing', ...shape }, more);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.untilText('server', /Listening/);
  await client.until('running', ({ server }) => server.name === 'running');
  return { client, root };
}

async function edit({ client, root }: { client: EngineClient; root: string }): Promise<void> {
  await setVersion(join(root, 'left'), '2');
  await client.until('the edit is seen', ({ edited }) => edited.length > 0);
}

const noticeIn = ({ session }: EngineClient, kind: string): Notice | undefined =>
  session.notices.find((notice) => notice.kind === kind);

async function verdict(client: EngineClient): Promise<LastReload> {
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  if (lastReload === null) throw new Error('There was no reload.');
  return lastReload;
}

describe('a server that catches another signal', () => {
  test('is not sent the one that would end it, and the remedy names what it catches; then it works', async () => {
    const server = await run({ signal: 'HUP' });
    const { client, root } = server;
    await edit(server);
    expect(await client.request('reload', {})).toEqual({ ok: true });
    await client.until('it is told', ({ notices }) => notices.some(({ kind }) => kind === NOT_SENT));
    expect(noticeIn(client, NOT_SENT)).toMatchObject({
      message: 'SIGINT would end the server: it does not catch that signal. Nothing was sent.',
      remedy: expect.stringContaining('It takes SIGHUP, SIGQUIT and SIGTERM'),
      actions: ['send-anyway'],
    });
    expect(client.session).toMatchObject({ server: { name: 'running' }, lastReload: null });

    // What the remedy says.
    const { environment } = JSON.parse(await readFile(join(root, 'hotdeck.json'), 'utf8'));
    await writeFile(join(root, 'hotdeck.json'), JSON.stringify({ environment, reload: 'SIGHUP' }));
    await client.until('it is read', ({ workspace }) => workspace.settings.some((s) => s.value === 'SIGHUP'));
    await client.request('reload', {});
    expect(await verdict(client)).toMatchObject({ verdict: 'swapped', swapped: ['left'], cause: 'reload' });
    expect(noticeIn(client, NOT_SENT)).toBeUndefined();
  });

  test('ends of it when that is what the user wants, and the verdict says why', async () => {
    const server = await run({ signal: 'HUP' });
    await edit(server);
    await server.client.request('reload', { anyway: true, unsafe: true });
    expect(await verdict(server.client)).toMatchObject({
      verdict: 'crashed',
      message: 'SIGINT ended the server: it does not catch that signal.',
    });
  });

  test('ends by the user’s own key: no reload, no crash', async () => {
    const { client } = await run({ signal: 'HUP' });
    await client.request('input', { data: '\x03' });
    await client.until('it is over', ({ server }) => server.name === 'stopped');
    expect(client.session).toMatchObject({ lastReload: null, server: { name: 'stopped' } });
  });
});

test('a server that ignores the signal: it is said, and nothing is sent', async () => {
  const server = await run({ trigger: 'none', ignore: 'INT' });
  await edit(server);
  await server.client.request('reload', {});
  await server.client.until('it is told', ({ notices }) => notices.some(({ kind }) => kind === NOT_SENT));
  expect(noticeIn(server.client, NOT_SENT)).toMatchObject({
    message: 'The server ignores SIGINT, so it would not reload. Nothing was sent.',
    actions: [],
  });
  expect(server.client.session.lastReload).toBeNull();
});

test('in a raw terminal Ctrl+C is a key: no reload is watched', async () => {
  const { client } = await run({ raw: true });
  await client.request('input', { data: '\x03' });
  expect(client.session).toMatchObject({ lastReload: null, server: { name: 'running' } });
  // The same server takes the signal itself.
  await client.request('reload', { anyway: true });
  expect((await verdict(client)).verdict).not.toBe('refused');
});

test('a server behind a script: the process that serves counts, and gets the signal', async () => {
  const root = await temporaryFolder();
  await copyBuiltHost(root, 'plain', { ready: 'Listening on nothing', signal: 'HUP' }, { reload: 'SIGHUP' });
  const program = join(root, 'target/debug/deck-host');
  await rename(program, `${program}.real`);
  await writeFile(program, `#!/bin/sh\n"${program}.real"\n`);
  await chmod(program, 0o755);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  await client.request('reload', { anyway: true });
  expect(await verdict(client)).toMatchObject({ verdict: expect.not.stringMatching('crashed') });
  await client.untilText('server', /unload right[\s\S]*Listening/);
  expect(client.session.server.name).toBe('running');
});

describe('a server that is told by a command', () => {
  const commands = (root: string): string => join(root, 'commands');

  test('is reloaded by it', async () => {
    const root = await temporaryFolder();
    const server = await run({ trigger: 'socket', commands: commands(root) }, (own) => ({
      reload: { command: [join(own, 'target/debug/deck-host'), 'reload', commands(root)] },
    }));
    await edit(server);
    await server.client.request('reload', {});
    expect(await verdict(server.client)).toMatchObject({ verdict: 'swapped', swapped: ['left'] });
    await server.client.untilText('build', /reloaded/);
  });

  test('stays as it is when that fails, and the reason is the command’s own word', async () => {
    const server = await run(
      { trigger: 'none' },
      { reload: { command: ['sh', '-c', 'echo "no answer from $HOTDECK_SERVER_PID"; exit 7'] } },
    );
    await edit(server);
    await server.client.request('reload', {});
    const { pid } = { pid: 0, ...server.client.session.server };
    expect(await verdict(server.client)).toMatchObject({
      verdict: 'refused',
      message: expect.stringContaining(`ended with exit code 7: no answer from ${pid}.`),
    });
    expect(noticeIn(server.client, 'reload-command')).toMatchObject({ severity: 'error' });
  });
});
