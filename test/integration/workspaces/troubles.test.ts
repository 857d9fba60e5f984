/** Servers and reloads that go wrong: what is said of it is so. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runningPid } from '../../support/engine.ts';
import { editFile, writeFiles } from '../../support/fixtures/files.ts';
import { setHost } from '../../support/fixtures/hosts/hosts.ts';
import {
  built,
  DONE,
  hostIn,
  READY,
  run,
  shape,
  swapsLeft,
  unbuilt,
} from '../../support/workspaces/prepared.ts';
import { libraries, runShapes } from '../../support/workspaces/shapes.ts';
import type { Stage } from '../../support/workspaces/stage.ts';

const edited = async (stage: Stage): Promise<void> => {
  await stage.start();
  await stage.edit('left');
  await stage.until('left stale', ({ modules }) => modules.left?.state === 'stale');
};
/** Reload, of which Hotdeck says first why it is better not done. */
const isAsked = async (stage: Stage): Promise<void> => {
  await edited(stage);
  if ((await stage.reload()) !== null) throw new Error('It was done unasked.');
};
const reloadEdited = async (stage: Stage): Promise<void> => {
  await edited(stage);
  await stage.reload();
};
/** Start, where it is to end at once. */
const starts = async (stage: Stage): Promise<void> => {
  await stage.client.request('start', {});
  await stage.until('it has ended', ({ server, notices }) => server.name === 'crashed' && notices.length > 0);
};

runShapes('troubles', [
  shape('keeps a second handle of left (stuck)', built('plain', { hold: 'left' }), DONE, reloadEdited),
  shape(
    'left holds what right uses of the standard library (stuck)',
    async (root) => {
      // Two dylibs with a standard library each, opened with RTLD_GLOBAL: the second is bound to the first.
      await unbuilt(root, [{ name: 'left' }, { name: 'right' }]);
      return { files: libraries('left', 'right') };
    },
    DONE,
    reloadEdited,
  ),
  shape('dies between closing and opening', built('plain', { fail: 'crash' }), DONE, async (stage) => {
    await reloadEdited(stage);
    await stage.until('crashed', ({ server }) => server.name === 'crashed');
  }),
  shape('panics before it opens anything', built('plain', { fail: 'panic' }), 'Start', starts),
  shape(
    'opens a library that nobody makes',
    built(
      'plain',
      {},
      {
        change: (root) =>
          setHost(root, [{ name: 'left' }, { name: 'nowhere' }], hostIn(root), { ready: READY }),
      },
    ),
    'Start',
    starts,
  ),
  shape('catches SIGHUP only, which nobody has said', built('plain', { signal: 'HUP' }), DONE, isAsked),
  shape(
    'catches SIGHUP only',
    built('plain', { signal: 'HUP' }, { settings: { signals: { reload: 'SIGHUP' } } }),
    DONE,
    swapsLeft,
  ),
  shape(
    'ignores the signal',
    built('plain', { trigger: 'none', ignore: 'INT' }, { settings: { reloadTimeout: 2 } }),
    DONE,
    isAsked,
  ),
  shape(
    'catches the signal and does nothing',
    built('plain', { fail: 'deaf' }, { settings: { reloadTimeout: 2 } }),
    DONE,
    reloadEdited,
  ),
  shape(
    'is stopped (T)',
    built('plain', {}, { settings: { reloadTimeout: 2 } }),
    'Start, edit left, kill -STOP, Reload',
    async (stage) => {
      await edited(stage);
      const pid = runningPid(stage.session);
      process.kill(pid, 'SIGSTOP');
      onTestFinished(() => {
        process.kill(pid, 'SIGCONT');
      });
      await stage.reload();
    },
  ),
  shape(
    'holds its terminal raw',
    built('plain', { raw: true }, { settings: { reloadTimeout: 2 } }),
    'Start, edit left, Ctrl+C, then Reload',
    async (stage) => {
      await edited(stage);
      await stage.client.request('input', { data: '\x03' });
      const last = await stage.reload();
      if (last?.number !== 1) throw new Error('The key counts as a reload.');
      await stage.until('left loaded', ({ modules }) => modules.left?.state === 'loaded');
    },
  ),
  shape(
    'a module that is linked NODELETE',
    built(
      'plain',
      {},
      {
        async change(root) {
          await writeFiles(root, {
            'left/build.rs': 'fn main() {\n    println!("cargo:rustc-link-arg=-Wl,-z,nodelete");\n}\n',
          });
          await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });
        },
      },
    ),
    DONE,
    reloadEdited,
  ),
  shape(
    'a module with a thread-local value that has a destructor',
    built(
      'plain',
      {},
      {
        async change(root) {
          await editFile(
            join(root, 'left/src/lib.rs'),
            'pub fn word() -> String {\n',
            `pub fn word() -> String {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {}
    }
    thread_local! {
        static GUARD: Guard = const { Guard };
    }
    GUARD.with(|_| ());
`,
          );
          await run('cargo', ['build', '--workspace', '--quiet'], { cwd: root });
        },
      },
    ),
    DONE,
    reloadEdited,
  ),
  shape('killed from outside', built('plain'), 'Start, kill -9', async (stage) => {
    await stage.start();
    process.kill(runningPid(stage.session), 'SIGKILL');
    await stage.until('crashed', ({ server }) => server.name === 'crashed');
  }),
  shape('a build that fails', built('plain'), 'Start, break left', async (stage, root) => {
    await stage.start();
    stage.noteChange();
    await editFile(join(root, 'left/src/lib.rs'), 'CString::new(word())', 'CString::new(words())');
    await stage.until('failed', ({ build }) => build.name === 'failed');
  }),
  shape(
    'cargo itself refuses',
    built('plain'),
    'Start, break left/Cargo.toml, Build',
    async (stage, root) => {
      await stage.start();
      stage.noteChange();
      await editFile(join(root, 'left/Cargo.toml'), '[package]', '[package');
      await stage.until('told', ({ build, notices }) => build.name === 'failed' && notices.length > 0);
    },
  ),
]);
