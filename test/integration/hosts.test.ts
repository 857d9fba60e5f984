/** The hosts of the tests do what their shapes say: seen in their maps and by what they answer, without Hotdeck. */
import { execFile } from 'node:child_process';
import { copyFile, readFile, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { setVersion } from '../support/fixtures/files.ts';
import {
  askHost,
  copyBuiltHost,
  HOST_MODULES,
  type HostShape,
  hostEnvironment,
} from '../support/fixtures/hosts/hosts.ts';
import { build, type Program, startProgram } from '../support/fixtures/program.ts';
import { temporaryFolder } from '../support/folders.ts';
import { madeOnce } from '../support/madeOnce.ts';

let second = '';
beforeAll(async () => {
  second = await madeOnce('host-plain-second', async (folder) => {
    await copyBuiltHost(folder, 'plain');
    await setVersion(join(folder, 'left'), '2');
    await build(folder);
  });
});

async function start(shape: HostShape): Promise<{ dir: string; host: Program; ask(): Promise<unknown> }> {
  const dir = await temporaryFolder();
  await copyBuiltHost(dir, 'plain');
  const answer = join(dir, 'answer');
  const env = hostEnvironment(HOST_MODULES.plain, { ready: 'ready', answer, ...shape });
  const host = await startProgram(dir, 'deck-host', { env });
  await host.next(/ready/);
  return { dir, host, ask: () => askHost(answer) };
}

const library = (dir: string): string => join(dir, 'target/debug/libleft.so');

/** A new file under the old name, as cargo puts it there. */
async function putSecond(dir: string): Promise<void> {
  await copyFile(library(second), `${library(dir)}.new`);
  await rename(`${library(dir)}.new`, library(dir));
}

async function mappedPaths({ pid }: Program): Promise<string[]> {
  const lines = (await readFile(`/proc/${pid}/maps`, 'utf8')).split('\n');
  return [...new Set(lines.flatMap((line) => /\s((?:\/|memfd).*left.*)$/.exec(line)?.[1] ?? []))];
}

describe('a host', () => {
  test.each<[NonNullable<HostShape['open']>, RegExp]>([
    ['path', /\/target\/debug\/libleft\.so$/],
    ['numbered', /\/target\/debug\/libleft-hot-\d+\.so$/],
    ['temporary', /\/deck-host-\d+\/\d+\/libleft\.so$/],
    ['memfd', /^\/memfd:left \(deleted\)$/],
    ['deleted', /\/deck-host-\d+\/\d+\/libleft\.so \(deleted\)$/],
  ])('opens %s, and swaps', async (open, path) => {
    const { dir, host, ask } = await start({ open });
    expect(await mappedPaths(host)).toEqual([expect.stringMatching(path)]);
    await putSecond(dir);
    expect(await ask()).toEqual(['left 1', 'right 1']);
    host.signal('SIGINT');
    await host.next(/ready/);
    expect(await ask()).toEqual(['left 2', 'right 1']);
    expect(await mappedPaths(host)).toEqual([expect.stringMatching(path)]);
    host.signal('SIGTERM');
    expect(await host.exited).toEqual({ code: 0, signal: null });
  });

  test.each<HostShape>([{ trigger: 'poll' }, { trigger: 'inotify' }])(
    'reloads by itself: %j',
    async (shape) => {
      const { dir, host } = await start(shape);
      await putSecond(dir);
      await host.next(/left 2/);
    },
  );

  test('reloads by a command, all of it', async () => {
    const commands = join(await temporaryFolder(), 'commands');
    const { dir, host, ask } = await start({ trigger: 'socket', commands, rule: 'all' });
    await putSecond(dir);
    const program = join(dir, 'target/debug/deck-host');
    const { stdout } = await promisify(execFile)(program, ['reload', commands]);
    expect(stdout).toBe('reloaded\n');
    expect(host.output()).toContain('unload right');
    expect(await ask()).toEqual(['left 2', 'right 1']);
  });

  test('keeps what it leaks', async () => {
    const { dir, host, ask } = await start({ leak: true, open: 'numbered' });
    await putSecond(dir);
    host.signal('SIGINT');
    await host.next(/ready/);
    expect(await mappedPaths(host)).toHaveLength(2);
    expect(await ask()).toEqual(['left 2', 'right 1']);
  });

  test.each<[NonNullable<HostShape['newness']>, boolean, boolean]>([
    ['file-identity', true, true],
    ['newer-time', false, true],
    ['content', true, false],
  ])('takes by %s an older file: %s; the same one touched: %s', async (newness, takesOlder, takesTouched) => {
    const touched = await start({ newness });
    await copyFile(library(touched.dir), `${library(touched.dir)}.new`);
    await rename(`${library(touched.dir)}.new`, library(touched.dir));
    touched.host.signal('SIGINT');
    await touched.host.next(/ready/);
    expect(touched.host.output().includes('unload left')).toBe(takesTouched);

    const older = await start({ newness });
    await putSecond(older.dir);
    await utimes(library(older.dir), 1_000_000_000, 1_000_000_000);
    older.host.signal('SIGINT');
    await older.host.next(/ready/);
    expect(await older.ask()).toEqual([takesOlder ? 'left 2' : 'left 1', 'right 1']);
  });
});
