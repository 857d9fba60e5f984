/** What tests do with the stories: tell them, and look at how they end. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Disk } from '../../../../main/engine/setup/changes/disk.ts';
import { SetupChanges } from '../../../../main/engine/setup/changes/setupChanges.ts';
import { quickDisk } from './disks.ts';
import { type Files, kindIn, treeOf, valueIn, writeFiles } from './places.ts';
import { FIRST, type Place, type Story } from './stories.ts';

/** The files and folders of a workspace as treeOf reports them. */
export function treeWith(files: Files): Files {
  const tree: Files = {};
  for (const [file, text] of Object.entries(files)) {
    const parts = file.split('/').slice(0, -1);
    for (const i of parts.keys()) tree[parts.slice(0, i + 1).join('/')] = 'folder';
    tree[file] = `644 ${text}`;
  }
  return tree;
}

/** The story told from its beginning in an emptied place. */
export async function begin({ root, folder }: Place, story: Story): Promise<void> {
  await rm(root, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(root);
  await writeFiles(root, FIRST);
  await story.prepare({ root, folder });
}

export async function tell(place: Place, story: Story, disk: Disk): Promise<string> {
  await begin(place, story);
  return kindIn(await story.act(new SetupChanges({ ...place, disk })));
}

/** Each file that the story is about is wholly as before or wholly as after it. */
export async function expectWholeFiles({ root }: Place, { before, after }: Story): Promise<void> {
  for (const file of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const text = await readFile(join(root, file), 'latin1').catch(() => undefined);
    expect([before[file], after[file]], file).toContain(text);
  }
}

/** Finishes, and says which of the two it came to, with nothing left beside the files. */
export async function finished(place: Place, { before, after }: Story): Promise<'old' | 'new'> {
  valueIn(await new SetupChanges({ ...place, disk: quickDisk }).finish());
  const tree = await treeOf(place.root);
  const isNew = isDeepStrictEqual(tree, treeWith(after));
  if (!isNew) expect(tree).toEqual(treeWith(before));
  return isNew ? 'new' : 'old';
}
