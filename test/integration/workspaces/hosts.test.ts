/** Servers that open their libraries, and reload them, in every way that is known. */
import { appendFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { runningPid } from '../../support/engine.ts';
import { editFile } from '../../support/fixtures/files.ts';
import { builtCrates, HOT_LIB_ENVIRONMENT, writeHotLib } from '../../support/fixtures/hotLib.ts';
import { built, DONE, run, SEEN_MS, shape } from '../../support/workspaces/prepared.ts';
import { answerOf, libraries, runShapes } from '../../support/workspaces/shapes.ts';
import type { Stage } from '../../support/workspaces/stage.ts';

const library = (root: string, name: string): string => join(root, `target/debug/lib${name}.so`);

const isLeftStale = async (stage: Stage): Promise<void> => {
  await stage.until('left stale', ({ modules }) => modules.left?.state === 'stale');
};
const isLeftLoaded = async (stage: Stage): Promise<void> => {
  await stage.until('left loaded', ({ modules }) => modules.left?.state === 'loaded');
};

/** The server reloads as soon as the file is there. */
const swapsByItself = async (stage: Stage): Promise<void> => {
  await stage.start();
  await stage.edit('left');
  await stage.verdict();
  await isLeftLoaded(stage);
};
const EDIT_LOW = 'Start, edit low, Reload';
const BY_ITSELF = 'Start, edit left';

/** Gives a file that is not changed a time after that of loading. */
const touchLeft = async (root: string): Promise<void> => {
  const soon = Date.now() / 1000 + 1;
  await utimes(library(root, 'left'), soon, soon);
};

/** The program's socket, between two calls of its library. */
const ANSWERS = `    let socket = {
        let path = std::env::var("HOST_ANSWER").expect("a path");
        let _ = std::fs::remove_file(&path);
        std::os::unix::net::UnixListener::bind(path).expect("a socket")
    };
    socket.set_nonblocking(true).expect("a socket");
`;
const ANSWER = `
fn answer(socket: &std::os::unix::net::UnixListener, word: String) {
    use std::io::Write;
    if let Ok((mut stream, _)) = socket.accept() {
        let _ = writeln!(stream, "{word}");
    }
}
`;

// Compiling what comes from the registry is no part of any row.
beforeAll(async () => {
  await builtCrates();
}, 400_000);

runShapes('hosts', [
  shape('opens the files themselves', built('plain')),
  shape('opens a numbered copy beside the file', built('plain', { open: 'numbered' })),
  shape('opens a copy in a temporary folder', built('plain', { open: 'temporary' })),
  shape('opens an anonymous file (memfd)', built('plain', { open: 'memfd' })),
  shape('opens a copy and deletes it', built('plain', { open: 'deleted' })),
  shape(
    'leaks: opens a numbered copy and never closes the one before',
    built('plain', { open: 'numbered', leak: true }),
    DONE,
    async (stage) => {
      await stage.start();
      await stage.edit('left');
      await isLeftStale(stage);
      await stage.reload();
    },
  ),
  shape('has threads that call its modules all the time', built('plain', { threads: 2 })),
  shape('modules that call each other, one standard library', built('stacked'), EDIT_LOW, async (stage) => {
    await stage.start();
    await stage.edit('low');
    await stage.until('both stale', ({ plan }) => plan.unload.length === 2);
    await stage.reload();
    await stage.until('low loaded', ({ modules }) => modules.low?.state === 'loaded');
  }),
  shape(
    'reloads all, changed or not',
    built('plain', { rule: 'all', between: SEEN_MS }, { settings: { rule: 'all' } }),
    DONE,
    async (stage) => {
      await stage.start();
      await stage.edit('left');
      await stage.until('both in the plan', ({ plan }) => plan.unload.length === 2);
      await stage.reload();
      await isLeftLoaded(stage);
    },
  ),
  shape(
    'reloads by itself: looks at the files',
    built('plain', { trigger: 'poll' }, { settings: { reload: 'self' } }),
    BY_ITSELF,
    swapsByItself,
  ),
  shape(
    'reloads by itself: inotify',
    built('plain', { trigger: 'inotify' }, { settings: { reload: 'self' } }),
    BY_ITSELF,
    swapsByItself,
  ),
  shape(
    'reloads by itself, from copies (memfd)',
    built('plain', { trigger: 'poll', open: 'memfd' }, { settings: { reload: 'self' } }),
    BY_ITSELF,
    swapsByItself,
  ),
  shape(
    'reloads by itself, which nobody has said',
    built('plain', { trigger: 'inotify' }),
    BY_ITSELF,
    swapsByItself,
  ),
  shape(
    'reloads by a command',
    built('plain', (root) => ({ trigger: 'socket', commands: join(root, 'commands') }), {
      settings: (root) => ({
        reload: { command: [join(root, 'target/debug/deck-host'), 'reload', join(root, 'commands')] },
      }),
    }),
  ),
  shape(
    'reloads by a command that is given elsewhere',
    built('plain', (root) => ({ trigger: 'socket', commands: join(root, 'commands') })),
    'Start, edit left, the command in another terminal',
    async (stage, root) => {
      await stage.start();
      await stage.edit('left');
      await isLeftStale(stage);
      await run(join(root, 'target/debug/deck-host'), ['reload', join(root, 'commands')]);
      await stage.verdict();
      await isLeftLoaded(stage);
    },
  ),
  shape(
    'reloads by a word that is typed',
    built('plain', { trigger: 'stdin' }),
    'Start, edit left, type reload',
    async (stage) => {
      await stage.start();
      await stage.edit('left');
      await isLeftStale(stage);
      await stage.client.request('input', { data: 'reload\r' });
      await stage.verdict();
      await isLeftLoaded(stage);
    },
  ),
  shape(
    'reloads on SIGUSR1',
    built('plain', { signal: 'USR1' }, { settings: { signals: { reload: 'SIGUSR1' } } }),
  ),
  shape(
    'reloads on a signal that comes from elsewhere',
    built('plain'),
    'Start, edit left, kill -INT in another terminal',
    async (stage) => {
      await stage.start();
      await stage.edit('left');
      await isLeftStale(stage);
      process.kill(runningPid(stage.session), 'SIGINT');
      await stage.verdict();
      await isLeftLoaded(stage);
    },
  ),
  shape(
    'compares times (newer-time): a new build',
    built('plain', { newness: 'newer-time' }, { settings: { new: 'newer-time' } }),
  ),
  shape(
    'compares times: touched, the code the same',
    built('plain', { newness: 'newer-time', between: SEEN_MS }, { settings: { new: 'newer-time' } }),
    'Start, touch left, Reload',
    async (stage, root) => {
      await stage.start();
      await touchLeft(root);
      await stage.until('the server would take it', ({ plan }) => plan.unload.includes('left'));
      await stage.reload();
    },
  ),
  shape(
    'compares times: a new build with an old time',
    built('plain', { newness: 'newer-time' }, { settings: { new: 'newer-time' } }),
    'Start, edit left, give its file an old time, Reload',
    async (stage, root) => {
      await stage.start();
      await stage.edit('left');
      await isLeftStale(stage);
      await utimes(library(root, 'left'), 1_000_000_000, 1_000_000_000);
      await stage.until('it would not be taken', ({ plan }) => plan.leftBehind.includes('left'));
      await stage.reload();
    },
  ),
  shape(
    'compares contents: touched, the code the same',
    built('plain', { newness: 'content' }, { settings: { new: 'content' } }),
    'Start, touch left, Reload',
    async (stage, root) => {
      await stage.start();
      await touchLeft(root);
      await stage.reload();
    },
  ),
  shape(
    'compares contents: a new build',
    built('plain', { newness: 'content' }, { settings: { new: 'content' } }),
  ),
  shape('says once that it serves', built('plain', { readyOnce: true })),
  shape(
    'never says that it serves, and listens',
    built('plain', { ready: '' }, { settings: { ready: 'never said' } }),
  ),
  shape('takes its time before it closes anything', built('plain', { drain: 700 })),
  shape('Reload after build', built('plain'), 'switch it on, Start, edit left', async (stage) => {
    await stage.client.request('setAuto', { reloadAfterBuild: true });
    await stage.start();
    await stage.edit('left');
    await stage.verdict();
    await isLeftLoaded(stage);
  }),
  shape('Ctrl+C in the terminal', built('plain'), 'Start, edit left, Ctrl+C', async (stage) => {
    await stage.start();
    await stage.edit('left');
    await isLeftStale(stage);
    await stage.client.request('input', { data: '\x03' });
    await stage.verdict();
    await isLeftLoaded(stage);
  }),
  shape('nothing changed', built('plain'), 'Start, Reload', async (stage) => {
    await stage.start();
    await stage.reload();
  }),
  shape(
    'nothing changed, Reload anyway',
    built('plain', { between: SEEN_MS }),
    'Start, Reload, Reload anyway',
    async (stage) => {
      await stage.start();
      await stage.reload();
      await stage.reload({ anyway: true });
    },
  ),
  shape(
    'a library that goes along with the module that needs it',
    built('stacked', { between: SEEN_MS }, { settings: { modules: ['top'] } }),
    EDIT_LOW,
    async (stage) => {
      await stage.start();
      await stage.edit('low');
      await stage.until('top stale', ({ modules }) => modules.top?.state === 'stale');
      const last = await stage.reload();
      if (last?.along.includes('low') !== true) throw new Error('It is not said that low goes along.');
      await stage.until('top loaded', ({ modules }) => modules.top?.state === 'loaded');
    },
  ),
  shape(
    'hot-lib-reloader itself',
    async (root) => {
      await writeHotLib(root, 'minimal');
      const library = join(root, 'lib/src/lib.rs');
      await appendFile(
        library,
        '\nconst VERSION: &str = "1";\n\n#[no_mangle]\npub fn word() -> String {\n    format!("lib {VERSION}")\n}\n',
      );
      const main = join(root, 'src/main.rs');
      await editFile(main, 'fn main() {\n', `fn main() {\n${ANSWERS}`);
      await editFile(
        main,
        'hot_lib::step(&mut state);',
        'hot_lib::step(&mut state);\n        answer(&socket, hot_lib::word());',
      );
      await appendFile(main, ANSWER);
      return { files: libraries('lib'), env: { ...HOT_LIB_ENVIRONMENT, HOST_ANSWER: answerOf(root) } };
    },
    'Start, edit lib',
    async (stage) => {
      await stage.start();
      await stage.edit('lib');
      await stage.verdict();
      await stage.until('lib loaded', ({ modules }) => modules.lib?.state === 'loaded');
    },
  ),
]);
