import { copyFile, link, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readArtifact, sameFile } from '../process/artifacts.ts';
import { failed, messageOf, type Result, success } from '../result.ts';

/**
 * Gives library files a new inode and a new time, with their contents as they are, so that a server takes them for
 * new. Never writes into a file that is mapped: a copy is made beside it and renamed over it.
 * @param files bottom-up: cargo must not find a library newer than one that depends on it.
 */
export async function renewArtifacts(files: readonly string[]): Promise<Result<null>> {
  for (const file of files) {
    try {
      await renew(file);
    } catch (error) {
      return failed('renew', `${basename(file)} can't be given a new inode: ${messageOf(error)}.`);
    }
  }
  return success(null);
}

async function renew(file: string): Promise<void> {
  // cargo hard-links target/debug/libX.so to target/debug/deps/libX.so; left apart, its next run would link the old
  // one back, and everything would look stale again.
  const twin = join(dirname(file), 'deps', basename(file));
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
