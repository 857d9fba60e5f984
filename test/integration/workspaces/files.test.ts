/** What happens to files while a server runs: the same code is the same code, whatever its file went through. */
import { appendFile, copyFile, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionState } from '#shared/contract.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { built, run, shape } from '../../support/workspaces/prepared.ts';
import { libraries, runShapes } from '../../support/workspaces/shapes.ts';
import type { Stage } from '../../support/workspaces/stage.ts';

const left = (root: string): string => join(root, 'target/debug/libleft.so');
const cargoBuild = (root: string): Promise<unknown> =>
  run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });

/** A copy of the workspace whose left was built in its place: what it was copied from is in the library, by its path. */
const builtHere = built(
  'plain',
  {},
  {
    async change(root) {
      const now = Date.now() / 1000;
      await utimes(join(root, 'left/src/lib.rs'), now, now);
      await cargoBuild(root);
    },
  },
);

/** A new file under the old name. */
async function put(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.new`);
  await rename(`${to}.new`, to);
}

/** Nothing new is on disk, whatever the server takes for new. */
const allLoaded = ({ modules, plan, build }: SessionState): boolean =>
  build.name !== 'building' &&
  plan.unload.every((name) => plan.unchanged.includes(name)) &&
  ['left', 'right'].every((name) => modules[name]?.state === 'loaded');

const isStale =
  (name: string) =>
  ({ modules, build }: SessionState): boolean =>
    build.name !== 'building' && modules[name]?.state === 'stale';

/** Does something to the files, of which Hotdeck learns by itself, and waits for a state that holds for two looks of it. */
async function settles(
  stage: Stage,
  what: string,
  condition: (session: SessionState) => boolean,
): Promise<void> {
  await stage.until(what, condition);
  await stage.look();
}

runShapes('files', [
  shape('an idle build', built('plain'), 'Start, Build', async (stage) => {
    await stage.start();
    await stage.build();
    await settles(stage, 'all loaded', allLoaded);
  }),
  shape('touched', built('plain'), 'Start, touch libleft.so', async (stage, root) => {
    await stage.start();
    const now = Date.now() / 1000 + 5;
    const before = stage.session.modules.left?.builtAt;
    await utimes(left(root), now, now);
    await stage.until('it is seen', ({ modules }) => modules.left?.builtAt !== before);
    await settles(stage, 'all loaded', allLoaded);
    await stage.reload();
  }),
  shape(
    'the same bytes in a new file',
    built('plain'),
    'Start, cp and mv libleft.so',
    async (stage, root) => {
      await stage.start();
      await put(left(root), left(root));
      await stage.look();
      await stage.reload();
      await settles(stage, 'all loaded', allLoaded);
    },
  ),
  shape(
    'linked again with the same result',
    builtHere,
    'Start, touch left/src/lib.rs',
    async (stage, root) => {
      await stage.start();
      const before = stage.session.build;
      await appendFile(join(root, 'left/src/lib.rs'), '');
      const now = Date.now() / 1000;
      await utimes(join(root, 'left/src/lib.rs'), now, now);
      await stage.until('built', ({ build }) => build.name === 'ok' && build !== before);
      await settles(stage, 'all loaded', allLoaded);
    },
  ),
  shape(
    'an older build put back',
    built('plain'),
    'Start, edit left, Reload, put the first libleft.so back',
    async (stage, root) => {
      await stage.start();
      const kept = join(root, 'kept.so');
      await copyFile(left(root), kept);
      await stage.edit('left');
      await stage.until('left stale', isStale('left'));
      await stage.reload();
      await stage.until('all loaded', allLoaded);
      await put(kept, left(root));
      stage.setVersionOnDisk('left', '1');
      await settles(stage, 'left stale', isStale('left'));
    },
  ),
  shape(
    'another cargo replaced it',
    built('plain'),
    'Build on save off; Start, edit left, cargo build in another terminal, Reload',
    async (stage, root) => {
      await stage.client.request('setAuto', { buildOnSave: false });
      await stage.start();
      await stage.edit('left');
      await cargoBuild(root);
      stage.setVersionOnDisk('left', '2');
      await settles(stage, 'left stale', isStale('left'));
      await stage.reload();
      await settles(stage, 'all loaded', allLoaded);
    },
  ),
  shape(
    'rewritten in place',
    async (root) => {
      const prepared = await built('plain')(root);
      const folder = join(root, 'second');
      await run('cp', ['-a', join(root, 'target'), folder]);
      await setVersion(join(root, 'left'), '2');
      await run('cargo', ['build', '-p', 'left', '--quiet', '--target-dir', folder], { cwd: root });
      await setVersion(join(root, 'left'), '1');
      // Whoever asks the server ends it: it would run code that is no longer where it was.
      return { ...prepared, answer: join(root, 'nobody') };
    },
    'Start, cat another build > libleft.so',
    async (stage, root) => {
      await stage.start();
      await writeFile(left(root), await readFile(join(root, 'second/debug/libleft.so')));
      await stage.until('it is said', ({ notices }) => notices.length > 0);
    },
  ),
  shape('deleted, and built again', built('plain'), 'Start, rm libleft.so, Build', async (stage, root) => {
    await stage.start();
    await rm(left(root));
    await settles(stage, 'left stale', isStale('left'));
    await stage.build();
    await settles(stage, 'all loaded', allLoaded);
  }),
  shape('deleted', built('plain'), 'Start, rm libleft.so', async (stage, root) => {
    await stage.start();
    await rm(left(root));
    await settles(stage, 'left stale', isStale('left'));
  }),
  shape('cargo clean, and built again', builtHere, 'Start, cargo clean, Build', async (stage, root) => {
    await stage.start();
    await run('cargo', ['clean', '--quiet'], { cwd: root });
    await stage.until(
      'gone',
      ({ modules }) => modules.left?.state === 'stale' && modules.right?.state === 'stale',
    );
    stage.noteChange();
    await stage.build();
    await settles(stage, 'all loaded', allLoaded);
  }),
  shape('no library at all', built('plain'), 'Start, write a text into libleft.so', async (stage, root) => {
    await stage.start();
    stage.noteChange();
    await writeFile(`${left(root)}.new`, 'no library\n');
    await rename(`${left(root)}.new`, left(root));
    await settles(stage, 'left stale', isStale('left'));
    await stage.reload();
  }),
  shape(
    'edited, and put back before a reload',
    builtHere,
    'Start, edit left, edit it back',
    async (stage) => {
      await stage.start();
      await stage.edit('left');
      await stage.until('left stale', isStale('left'));
      await stage.edit('left', '1');
      await settles(stage, 'all loaded', allLoaded);
    },
  ),
  shape(
    'an edit of the program',
    built('plain', {}, { files: { ...libraries('left', 'right'), 'deck-host': 'target/debug/deck-host' } }),
    'Start, edit the program, Reload',
    async (stage, root) => {
      await stage.start();
      stage.noteChange();
      await appendFile(join(root, 'deck-host/src/main.rs'), '\n#[no_mangle]\npub extern "C" fn added() {}\n');
      await stage.until(
        'it takes a restart',
        ({ plan, build }) => build.name === 'ok' && plan.restart.length > 0,
      );
      await stage.reload();
    },
  ),
  shape('a restart', built('plain'), 'Start, edit left, Restart', async (stage) => {
    await stage.start();
    await stage.edit('left');
    await stage.until('left stale', isStale('left'));
    const { pid } = stage;
    await stage.client.request('restart', {});
    await stage.until('another process', ({ server }) => server.name === 'running' && server.pid !== pid);
    await settles(stage, 'all loaded', allLoaded);
  }),
]);
