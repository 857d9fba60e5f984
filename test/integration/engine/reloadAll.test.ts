/** Servers that close and open everything on a reload, changed or not. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEngine } from '../../support/engine.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { askHost, copyBuiltHost } from '../../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../../support/folders.ts';

test('plan and verdict know what comes back unchanged', async () => {
  const root = await temporaryFolder();
  const answer = join(root, 'answer');
  const shape = { ready: 'Listening on nothing', answer, rule: 'all', between: 30 } as const;
  await copyBuiltHost(root, 'plain', shape, { rule: 'all' });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { reloadAfterBuild: true });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  const all = { unload: ['right', 'left'], load: ['left', 'right'] };
  const { plan } = await client.until('all in', (session) => session.plan.unload.length === 2);
  expect(plan).toMatchObject({ ...all, unchanged: ['left', 'right'], leftBehind: [] });

  // Nothing is stale: it is said, and nothing is sent.
  await client.request('reload', {});
  const { notices } = await client.until('it is said', (session) => session.notices.length > 0);
  expect(notices[0]).toMatchObject({
    kind: 'nothing-stale',
    message: 'Nothing to reload: every loaded module is the one on disk.',
    remedy: expect.stringContaining('what their statics hold is lost'),
  });
  expect(client.session.lastReload).toBeNull();

  // Reload after build: left is new, right comes back as it was.
  await setVersion(join(root, 'left'), '2');
  const first = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(first.lastReload).toMatchObject({
    cause: 'after-build',
    verdict: 'swapped',
    swapped: ['left'],
    unchanged: ['right'],
    plan: { ...all, unchanged: ['right'] },
    deviations: [],
    message:
      'Swapped left. right came back with the code it had, as a new instance: what its statics held is lost.',
  });
  expect(await askHost(answer)).toEqual(['left 2', 'right 1']);

  await client.until('running again', ({ server }) => server.name === 'running');
  await client.request('reload', { anyway: true });
  const second = await client.until(
    'the verdict',
    ({ lastReload }) => lastReload?.number === 2 && lastReload.took !== null,
  );
  expect(second.lastReload).toMatchObject({
    verdict: 'nothing',
    swapped: [],
    unchanged: ['left', 'right'],
    message:
      'Nothing new was swapped. left, right came back with the code they had, as new instances: what their statics held is lost.',
  });
});
