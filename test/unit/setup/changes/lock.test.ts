import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockFolder } from '../../../../main/engine/setup/changes/lock.ts';
import { SetupChanges } from '../../../../main/engine/setup/changes/setupChanges.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { kindIn, placeWith, valueIn, wayOf } from './places.ts';

describe('the lock', () => {
  test('is held by one at a time', async () => {
    const folder = join(await temporaryFolder(), 'a', 'b');
    let holders = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        const release = valueIn(await lockFolder(folder, 20_000));
        holders += 1;
        most = Math.max(most, holders);
        await new Promise((resolve) => setTimeout(resolve, 5));
        holders -= 1;
        await release();
      }),
    );
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test('is not got while another holds it, and that is said', async () => {
    const folder = await temporaryFolder();
    const release = valueIn(await lockFolder(folder, 0));
    expect(await lockFolder(folder, 30)).toMatchObject({
      failure: {
        kind: 'setup-busy',
        message: "This Hotdeck is already changing this workspace's setup.",
      },
    });
    await release();
    await valueIn(await lockFolder(folder, 0))();
  });

  test('of another process is said to be another’s', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    // The parent of this process is alive for as long as the test; without a start it is known by its id alone.
    await writeFile(join(folder, `lock-${process.ppid}-0-0-abc`), '');
    expect(await lockFolder(folder, 0)).toMatchObject({
      failure: { message: `Another Hotdeck (process ${process.ppid}) is changing this workspace's setup.` },
    });
  });

  test('of a process that is gone is nobody’s', async () => {
    const folder = await temporaryFolder();
    const child = spawn('true');
    await new Promise((resolve) => child.on('exit', resolve));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `lock-${child.pid}-1-1-abc`), '');
    await writeFile(join(folder, `lock-${process.pid}-1-1-abc`), '');
    await valueIn(await lockFolder(folder, 0))();
    expect(await readdir(folder)).toEqual([]);
  });
});

test('two programs that apply and revert at once don’t spoil each other’s work', async () => {
  const place = await placeWith({ 'Cargo.toml': 'a\n' });
  const way = wayOf({ 'Cargo.toml': ['a\n', 'b\n'] });
  const results = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const kinds: string[] = [];
      for (let i = 0; i < 4; i += 1) {
        const changes = new SetupChanges({ ...place, patience: 30_000 });
        kinds.push(kindIn(await changes.apply(way)), kindIn(await changes.revert()));
      }
      return kinds;
    }),
  );
  const counts = new Set(results.flat());
  for (const kind of counts) expect(['ok', 'setup-changed', 'setup-not-applied']).toContain(kind);
  const changes = new SetupChanges(place);
  if (valueIn(await changes.applied()) !== null) valueIn(await changes.revert());
  expect(await readFile(join(place.root, 'Cargo.toml'), 'latin1')).toBe('a\n');
});
