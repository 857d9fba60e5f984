/** A setup that is cut off, or that the disk refuses, at every single step: in one process, so that all can be tried. */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SetupChanges } from '../../../../main/engine/setup/changes/setupChanges.ts';
import { cutOffDisk, failingOnce, fullAfter, gatedDisk, quickDisk } from './disks.ts';
import { placeWith, treeOf, valueIn, writeFiles } from './places.ts';
import { FIRST, type Place, STORIES, type Story } from './stories.ts';
import { expectWholeFiles, finished, tell, treeWith } from './tell.ts';

/** From where the cut left it, everything still works, and goes back to the beginning. */
async function expectWorking(place: Place, story: Story, state: 'old' | 'new'): Promise<void> {
  const changes = new SetupChanges({ ...place, disk: quickDisk });
  if (story.name !== 'revert') {
    if (state === 'old') valueIn(await story.act(changes));
    expect(valueIn(await changes.applied())).toMatchObject({ conflicts: [] });
    valueIn(await changes.revert());
    expect(await treeOf(place.root)).toEqual(treeWith(FIRST));
  } else {
    if (state === 'old') valueIn(await story.act(changes));
    expect(await treeOf(place.root)).toEqual(treeWith(story.after));
  }
  expect(valueIn(await changes.applied())).toBeNull();
}

describe.each(STORIES)('$name', (story) => {
  test('cut off at every step: files are whole, and it is finished', { timeout: 120_000 }, async () => {
    const place = await placeWith({});
    const seen = { old: 0, new: 0 };
    for (let n = 0; ; n += 1) {
      const { disk, isCutOff } = cutOffDisk(n);
      await tell(place, story, disk);
      if (!isCutOff()) break;
      await expectWholeFiles(place, story);
      const state = await finished(place, story);
      seen[state] += 1;
      await expectWorking(place, story, state);
    }
    expect(seen.old).toBeGreaterThan(10);
    expect(seen.new).toBeGreaterThan(10);
  });

  test('cut off, and cut off again while that is finished', { timeout: 120_000 }, async () => {
    const place = await placeWith({});
    for (let n = 0; ; n += 7) {
      let isOver = false;
      for (let m = 0; ; m += 5) {
        const first = cutOffDisk(n);
        await tell(place, story, first.disk);
        isOver = !first.isCutOff();
        const second = cutOffDisk(m);
        await new SetupChanges({ ...place, disk: second.disk }).finish();
        await expectWholeFiles(place, story);
        await finished(place, story);
        if (!second.isCutOff()) break;
      }
      if (isOver) break;
    }
  });

  test.each([
    ['EIO', 1],
    ['EACCES', 5],
  ])('refused once, with %s, at one step of %i', { timeout: 120_000 }, async (code, stride) => {
    const place = await placeWith({});
    for (let n = 0; ; n += stride) {
      const { disk, hasFailed } = failingOnce(n, code);
      const kind = await tell(place, story, disk);
      if (!hasFailed()) break;
      await expectWholeFiles(place, story);
      const state = await finished(place, story);
      if (kind === 'ok') expect(state).toBe('new');
      await expectWorking(place, story, state);
    }
  });

  test('no room left, from every step on: all is as before, at once', { timeout: 120_000 }, async () => {
    const place = await placeWith({});
    let refused = 0;
    for (let n = 0; ; n += 1) {
      const { disk, isFull } = fullAfter(n);
      const kind = await tell(place, story, disk);
      if (!isFull()) break;
      refused += 1;
      expect(kind).toBe('disk-full');
      expect(await treeOf(place.root)).toEqual(treeWith(story.before));
      expect(await finished(place, story)).toBe('old');
    }
    expect(refused).toBeGreaterThan(10);
  });

  test('a file edited by somebody after the cut is left to them', { timeout: 120_000 }, async () => {
    const place = await placeWith({});
    const file = 'src/api/Cargo.toml';
    for (let n = 0; ; n += 1) {
      const { disk, isCutOff } = cutOffDisk(n);
      await tell(place, story, disk);
      if (!isCutOff()) break;
      await writeFiles(place.root, { [file]: 'theirs\n' });
      valueIn(await new SetupChanges({ ...place, disk: quickDisk }).finish());
      expect(await readFile(join(place.root, file), 'latin1')).toBe('theirs\n');
      expect(Object.keys(await treeOf(place.root)).filter((name) => name.includes('hotdeck'))).toEqual([]);
    }
  });
});

describe('somebody edits a file while it is', () => {
  test.each(STORIES)('$name: nothing is changed, theirs stays', { timeout: 120_000 }, async (story) => {
    const place = await placeWith({});
    const file = 'Cargo.toml';
    for (let n = 0; ; n += 1) {
      let count = 0;
      const disk = gatedDisk(() => {
        if (count === n) writeFileSync(join(place.root, file), 'theirs\n');
        count += 1;
      });
      const kind = await tell(place, story, disk);
      if (count <= n) break;
      const text = await readFile(join(place.root, file), 'latin1');
      // Otherwise it came before anything was looked at (never with a step before it), or after the file was replaced.
      if (kind === 'setup-changed') {
        expect(await treeOf(place.root)).toEqual(treeWith({ ...story.before, [file]: 'theirs\n' }));
      } else {
        expect(kind).toBe('ok');
        expect(['theirs\n', story.after[file]]).toContain(text);
      }
    }
  });
});
