/** A process that is killed in the midst of applying or reverting a setup: at every single step by which it writes. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SetupChanges } from '../../../main/engine/setup/changes/setupChanges.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { quickDisk } from '../../unit/setup/changes/disks.ts';
import { placeWith, treeOf, valueIn } from '../../unit/setup/changes/places.ts';
import { FIRST, STORIES } from '../../unit/setup/changes/stories.ts';
import { begin, expectWholeFiles, finished, treeWith } from '../../unit/setup/changes/tell.ts';
import { makeProgram } from '../logs/program.ts';

function endOf(program: string, args: readonly string[]): Promise<string | number | null> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
}

describe.each(STORIES)('$name', (story) => {
  test('killed at every step: files are whole, and the rest is made up for', {
    timeout: 300_000,
  }, async () => {
    const program = await makeProgram(
      'test/integration/setup/programs/killed.ts',
      join(await temporaryFolder(), 'program'),
    );
    const seen = { old: 0, new: 0 };
    const killAt = async (n: number): Promise<boolean> => {
      const place = await placeWith({});
      await begin(place, story);
      const end = await endOf(program, [place.root, place.folder, story.name, String(n)]);
      if (end === 0) {
        expect(await treeOf(place.root)).toEqual(treeWith(story.after));
        return false;
      }
      expect(end).toBe('SIGKILL');
      await expectWholeFiles(place, story);
      seen[await finished(place, story)] += 1;
      if (story.name === 'revert') return true;
      const changes = new SetupChanges({ ...place, disk: quickDisk });
      if (valueIn(await changes.applied()) !== null) valueIn(await changes.revert());
      expect(await treeOf(place.root)).toEqual(treeWith(FIRST));
      return true;
    };
    // Two at a time: half of it is waiting for a process to start.
    for (let n = 0; (await Promise.all([killAt(n), killAt(n + 1)])).every((was) => was); n += 2);
    expect(seen.old).toBeGreaterThan(10);
    expect(seen.new).toBeGreaterThan(10);
  });
});
