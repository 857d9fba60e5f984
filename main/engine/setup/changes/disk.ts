import { mkdir, open, rename, rmdir, unlink } from 'node:fs/promises';
import { codeOf } from '../../result.ts';

/** A file that is being written. */
export interface NewFile {
  write(bytes: Buffer): Promise<void>;
  own(uid: number, gid: number): Promise<void>;
  mode(mode: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Everything by which a setup changes the disk, one step each: a test stops before, or in, any of them. */
export interface Disk {
  makeFolder(path: string): Promise<void>;
  /** Makes a file that was not there; fails with EEXIST where it was. */
  create(path: string): Promise<NewFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** An empty one. */
  removeFolder(path: string): Promise<void>;
  /** What was made, renamed and removed in this folder is on the disk for good. */
  syncFolder(path: string): Promise<void>;
}

export const realDisk: Disk = {
  async makeFolder(path) {
    await mkdir(path);
  },
  async create(path) {
    const file = await open(path, 'wx');
    return {
      write: (bytes) => file.writeFile(bytes),
      own: (uid, gid) => file.chown(uid, gid),
      mode: (mode) => file.chmod(mode),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  rename,
  remove: unlink,
  removeFolder: rmdir,
  async syncFolder(path) {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } catch (error) {
      // Some file systems have no such thing, and no need of it.
      if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error;
    } finally {
      await folder.close();
    }
  },
};

/** Runs a step that may fail with one of these codes and no harm. @returns whether it was done. */
export async function unless(codes: readonly string[], step: Promise<unknown>): Promise<boolean> {
  try {
    await step;
    return true;
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}
