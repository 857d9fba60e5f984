/** Servers that reload by themselves when a library changes: watched, proven, recorded; never told. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { askHost, copyBuiltHost, type HostShape } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function run(
  shape: HostShape,
): Promise<{ client: EngineClient; root: string; ask(): Promise<unknown> }> {
  const root = await temporaryFolder();
  const answer = join(root, 'answer');
  await copyBuiltHost(root, 'plain', { ready: 'Listening on nothing', answer, ...shape }, { reload: 'self' });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root);
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  await client.until('all in', ({ modules }) => modules.right?.state === 'loaded');
  return { client, root, ask: () => askHost(answer) };
}

test.each<HostShape>([{ trigger: 'poll' }, { trigger: 'inotify' }, { trigger: 'poll', open: 'numbered' }])(
  'an edit is built, and the server takes it by itself: %j',
  async (shape) => {
    const { client, root, ask } = await run(shape);
    expect(await client.request('reload', {})).toMatchObject({
      ok: false,
      failure: { kind: 'self-reload', message: 'This server reloads by itself when a library file changes.' },
    });
    await setVersion(join(root, 'left'), '2');
    const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
    expect(lastReload).toMatchObject({ cause: 'self', verdict: 'swapped', swapped: ['left'] });
    expect(await ask()).toEqual(['left 2', 'right 1']);
    await client.until('all is said', ({ plan }) => plan.unload.length === 0);
    expect(client.session.notices).toEqual([]);
    // Ctrl+C is none of its words for a reload: it is the user's own key.
    expect(client.session.workspace.reload).toEqual({ by: 'self' });
  },
);

test('one that takes nothing: what is late is said', async () => {
  const { client, root, ask } = await run({ trigger: 'none' });
  await setVersion(join(root, 'left'), '2');
  const { notices, lastReload } = await client.until('it is late', (session) =>
    session.notices.some(({ kind }) => kind === 'late-reload'),
  );
  expect(notices.find(({ kind }) => kind === 'late-reload')?.message).toMatch(
    /^left on disk is new since .*, and the server still runs the old code\.$/,
  );
  expect(lastReload).toBeNull();
  expect(await ask()).toEqual(['left 1', 'right 1']);
});
