/** Servers of very different shapes in the real window: what it says is held against the memory of the server's process. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { evidence, launchApp } from '../support/app.ts';
import { setVersion, writeFiles } from '../support/fixtures/files.ts';
import { askHost } from '../support/fixtures/hosts/hosts.ts';
import { temporaryFolder } from '../support/folders.ts';
import {
  button,
  node,
  planList,
  serverPid,
  serverStatus,
  toolbarReload,
  untilInState,
  untilStatus,
} from '../support/window.ts';
import { built, copyTargeted, SEEN_MS, TRIPLE } from '../support/workspaces/prepared.ts';
import { answerOf, type Shape } from '../support/workspaces/shapes.ts';
import { type Truth, Witness, whereabouts } from '../support/workspaces/truth.ts';

interface WindowShape {
  name: string;
  prepare: Shape['prepare'];
  /** The modules that a reload swaps after an edit of left, as they go; null: the server does it before anybody can look. */
  unload: readonly string[] | null;
}

const SHAPES: readonly WindowShape[] = [
  { name: 'opens numbered copies', prepare: built('plain', { open: 'numbered' }), unload: ['left'] },
  {
    name: 'reloads all, changed or not',
    prepare: built('plain', { rule: 'all', between: SEEN_MS }, { settings: { rule: 'all' } }),
    unload: ['right', 'left'],
  },
  {
    name: 'reloads by itself',
    prepare: built('plain', { trigger: 'inotify' }, { settings: { reload: 'self' } }),
    unload: null,
  },
  {
    name: 'is built for a target by name',
    prepare: built(
      'plain',
      {},
      {
        async change(root) {
          await copyTargeted(root);
          await writeFiles(root, { '.cargo/config.toml': `[build]\ntarget = "${TRIPLE}"\n` });
        },
        files: {
          left: `target/${TRIPLE}/debug/libleft.so`,
          right: `target/${TRIPLE}/debug/libright.so`,
        },
      },
    ),
    unload: ['left'],
  },
];

/** With how long it took. */
const SWAPPED = expect.stringMatching(/^swapped · /);

test.each(SHAPES)('a server that $name', async ({ name, prepare, unload }) => {
  const root = await temporaryFolder();
  const { files } = await prepare(root);
  const { window, complaints, close } = await launchApp({ workspace: root });
  onTestFinished(close);
  const modules = Object.keys(files);
  await untilInState(window, 'built', ['deck-host', ...modules]);
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
  await untilInState(window, 'loaded', ['deck-host', ...modules]);

  const pid = await serverPid(window);
  const witness = new Witness(new Map(Object.entries(files).map(([each, file]) => [each, join(root, file)])));
  const versions = new Map(modules.map((each) => [each, '1']));
  const look = async (): Promise<Truth> => witness.look(pid, versions, await askHost(answerOf(root)));
  const places = ({ modules: all }: Truth): string[] =>
    [...all].map(([each, it]) => `${each} ${it.answer} ${whereabouts(it)}`);
  expect(places(await look())).toEqual(['left 1 as on disk', 'right 1 as on disk']);

  await setVersion(join(root, 'left'), '2');
  if (unload !== null) {
    await untilInState(window, 'stale', ['left']);
    expect(places(await look())).toEqual(['left 1 another build', 'right 1 as on disk']);
    await expect.poll(() => planList(window, 'Unload order')).toEqual(unload);
    expect(await planList(window, 'Load order')).toEqual(unload.toReversed());
    await evidence(window, `shape-${name}-stale`);
    await toolbarReload(window).click();
  }
  const verdict = window.getByRole('article', { name: 'Last reload' }).locator('.verdict');
  await expect.poll(() => verdict.allTextContents(), { timeout: 60_000 }).toEqual([SWAPPED]);
  await expect.poll(() => node(window, 'left').getAttribute('data-state')).toBe('loaded');
  expect(places(await look())).toEqual(['left 2 as on disk', 'right 1 as on disk']);
  expect(await node(window, 'right').getAttribute('data-state')).toBe('loaded');
  expect(await serverPid(window)).toBe(pid);
  await evidence(window, `shape-${name}-swapped`);
  expect(complaints).toEqual([]);
});
