import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../result.ts';
import { type Disk, unless } from './disk.ts';

/** What names contents in the journal. */
export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A file's bytes, or null where there is none. */
export async function bytesAt(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The hash of a file's bytes, or null where there is none. */
export async function hashAt(path: string): Promise<string | null> {
  const bytes = await bytesAt(path);
  return bytes === null ? null : hashOf(bytes);
}

/** What of a file outlives its replacement, beside the bytes. */
export interface Keep {
  mode: number;
  uid: number;
  gid: number;
}

/** Writes a file and brings it to the disk for good, under a name that nobody reads; what lies there is replaced. */
export async function writeWhole(
  disk: Disk,
  path: string,
  bytes: Buffer,
  keep: Keep | null = null,
): Promise<void> {
  await unless(['ENOENT'], disk.remove(path));
  const file = await disk.create(path);
  try {
    await file.write(bytes);
    if (keep !== null) {
      // Only root may give files away; where it can't be kept, the file is ours.
      await unless(['EPERM', 'EINVAL', 'ENOTSUP'], file.own(keep.uid, keep.gid));
      await file.mode(keep.mode);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Puts bytes in place of a file of ours, which is at every moment wholly old or wholly new. */
export async function putFile(disk: Disk, path: string, bytes: Buffer): Promise<void> {
  const beside = join(dirname(path), `${basename(path)}~`);
  await writeWhole(disk, beside, bytes);
  await disk.rename(beside, path);
  await disk.syncFolder(dirname(path));
}
