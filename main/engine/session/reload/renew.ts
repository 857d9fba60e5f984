import { copyFile, link, rename, rm, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Newness } from '#shared/contract.ts';
import { readArtifact, sameFile } from '../../process/artifacts.ts';
import { failed, messageOf, type Result, success } from '../../result.ts';

/**
 * Makes library files look new to a server, with their contents as they are: a newer time where it goes by that, else a
 * new inode (and time). Never writes into a file that is mapped: a copy is made beside it and renamed over it.
 * Errors: a file can't be changed; or the server compares contents, which nothing of this changes.
 * @param files bottom-up: cargo must not find a library newer than one that depends on it.
 */
export async function renewArtifacts(files: readonly string[], newness: Newness): Promise<Result<null>> {
  if (newness === 'content') {
    return failed(
      'same-content',
      'The server compares the contents of its libraries, so the same code can’t be made to look new to it.',
      'Change the code, or restart the server.',
    );
  }
  for (const file of files) {
    try {
      if (newness === 'newer-time') await makeNewer(file);
      else await renew(file);
    } catch (error) {
      const what = newness === 'newer-time' ? 'a newer time' : 'a new inode';
      return failed('renew', `${basename(file)} can't be given ${what}: ${messageOf(error)}.`);
    }
  }
  return success(null);
}

/** Where cargo has the same file once more, as a hard link: target/debug/deps/libX.so for target/debug/libX.so. */
const twinOf = (file: string): string => join(dirname(file), 'deps', basename(file));

/** A newer time is one of the inode: a hard link has it too, and a copy that cargo made is given it. */
async function makeNewer(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now);
  const [artifact, twin] = await Promise.all([readArtifact(file), readArtifact(twinOf(file))]);
  if (artifact !== null && twin !== null && !sameFile(artifact, twin)) await utimes(twinOf(file), now, now);
}

async function renew(file: string): Promise<void> {
  // Left apart, cargo's next run would link the old one back, and everything would look stale again.
  const twin = twinOf(file);
  const [artifact, linked] = await Promise.all([readArtifact(file), readArtifact(twin)]);
  const copy = `${file}.hotdeck-new`;
  const second = `${twin}.hotdeck-new`;
  try {
    await copyFile(file, copy);
    if (artifact !== null && linked !== null && sameFile(artifact, linked)) {
      await rm(second, { force: true });
      await link(copy, second);
      await rename(second, twin);
    }
    await rename(copy, file);
  } finally {
    await Promise.all([rm(copy, { force: true }), rm(second, { force: true })]);
  }
}
