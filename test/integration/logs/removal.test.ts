import { spawn } from 'node:child_process';
import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listRuns } from '../../../main/engine/logs/store/runs.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { storeIn } from '../../unit/logs/store/runs.ts';
import { makeProgram } from './program.ts';

const HOUR = 60 * 60 * 1000;

describe('what is removed', () => {
  const day = 24 * HOUR;

  /** A run that ended so many days ago. */
  const endedRun = async (data: string, days: number, bytes: number): Promise<string> => {
    const then = Date.now() - days * day;
    const { store } = storeIn(data, { now: () => then });
    const writer = store.begin({ stream: 'server' });
    writer.append(Buffer.alloc(bytes, 'x\n'));
    await store.end(writer);
    await store.close();
    for (const kind of ['log', 'idx']) {
      await utimes(join(store.folder, `${writer.id}-0.${kind}`), new Date(then), new Date(then));
    }
    return writer.id;
  };
  const limits = { ageMs: 10 * day, totalBytes: 500_000 };

  it('is too old, or the oldest of too much', async () => {
    const data = await temporaryFolder();
    const ids: string[] = [];
    for (const [days, bytes] of [
      [12, 10],
      [4, 200_000],
      [3, 300_000],
      [2, 10_000],
    ] as const) {
      ids.push(await endedRun(data, days, bytes));
    }
    const { store, failures } = storeIn(data, { limits });
    await store.end(store.begin({ stream: 'build' }));
    await store.close();
    const left = (await store.runs()).filter(({ stream }) => stream === 'server').map(({ id }) => id);
    expect(left).toEqual([ids[3], ids[2]]);
    expect((await readdir(store.folder)).length).toBe(6);
    expect(failures).toEqual([]);
  });

  it('is never what anybody writes', async () => {
    const data = await temporaryFolder();
    const program = await makeProgram(
      'test/integration/logs/programs/steadyWriter.ts',
      join(data, 'program'),
    );
    const child = spawn(process.execPath, [program, data, join(data, 'notes')], { stdio: 'inherit' });
    onTestFinished(() => void child.kill('SIGKILL'));
    await expect
      .poll(
        () =>
          stat(join(data, 'notes')).then(
            () => true,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true);
    await expect
      .poll(async () => (await listRuns(join(data, 'logs', 'depot')))[0]?.bytes ?? 0)
      .toBeGreaterThan(0);
    const theirs = (await listRuns(join(data, 'logs', 'depot')))[0]?.id;
    const ended = await endedRun(data, 2, 1000);
    const { store } = storeIn(data, { limits: { totalBytes: 1, ageMs: 1 } });
    const ours = store.begin({ stream: 'build' });
    // Its clock is right, its files look old, but its process is alive.
    const old = new Date(Date.now() - 20 * day);
    child.kill('SIGSTOP');
    for (const kind of ['log', 'idx']) await utimes(join(store.folder, `${theirs}-0.${kind}`), old, old);
    await store.end(store.begin({ stream: 'build' }));
    await store.end(store.begin({ stream: 'build' }));
    await expect.poll(async () => (await store.runs()).map(({ id }) => id)).not.toContain(ended);
    expect((await store.runs()).map(({ id }) => id)).toEqual(expect.arrayContaining([theirs, ours.id]));
    const gone = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    await store.end(store.begin({ stream: 'build' }));
    await expect.poll(async () => (await store.runs()).map(({ id }) => id)).not.toContain(theirs);
  });
});
