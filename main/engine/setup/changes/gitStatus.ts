import { execFile } from 'node:child_process';

/** The files that a setup may change. */
const MANIFESTS = [
  'Cargo.toml',
  '.cargo/config.toml',
  '.cargo/config',
  'rust-toolchain.toml',
  'rust-toolchain',
];

const OPTIONS = [
  // Nobody's work waits for a lock of ours.
  '--no-optional-locks',
  // A repository may name a program here, which looking at it shall not start.
  ...['core.fsmonitor=false', 'core.quotePath=false', 'color.status=false', 'status.relativePaths=true'],
].flatMap((option) => (option.startsWith('--') ? [option] : ['-c', option]));

/** Where a hook or a script that started Hotdeck was at work; not where this workspace lies. */
const ELSEWHERE = /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|NAMESPACE|OBJECT_DIRECTORY|COMMON_DIR)$/;

/** How long git may take, in ms. */
const PATIENCE = 10_000;

/**
 * `git status --short` of a workspace's manifests, a file a line, relative to the workspace; null outside of git,
 * without git, or where it fails.
 */
export function gitStatus(root: string, env: NodeJS.ProcessEnv = process.env): Promise<string[] | null> {
  const patterns = MANIFESTS.map((name) => `:(glob)**/${name}`);
  const own = Object.entries(env).filter(([key]) => !ELSEWHERE.test(key));
  const args = [
    ...OPTIONS,
    ...['status', '--short', '--no-branch', '--no-column', '--no-renames', '--untracked-files=all'],
    ...['--ignore-submodules=all', '--', ...patterns],
  ];
  return new Promise((resolve) => {
    execFile(
      'git',
      args,
      { cwd: root, env: { ...Object.fromEntries(own), LC_ALL: 'C' }, timeout: PATIENCE, maxBuffer: 2 ** 24 },
      (error, stdout) => resolve(error === null ? stdout.split('\n').filter((line) => line !== '') : null),
    );
  });
}

/** Whether git says of a file that it has changes that are not committed; null where git doesn't know the file. */
export function isDirty(status: readonly string[] | null, file: string): boolean | null {
  if (status === null) return null;
  const line = status.find((each) => each.slice(3) === file);
  return line === undefined ? false : line.startsWith('??') ? null : true;
}
