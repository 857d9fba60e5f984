/** Disks that stop, or fail, at a step of the test's choice. */
import { type Disk, type NewFile, realDisk } from '../../../../main/engine/setup/changes/disk.ts';

export type Step =
  | 'makeFolder'
  | 'create'
  | 'write'
  | 'own'
  | 'mode'
  | 'sync'
  | 'close'
  | 'rename'
  | 'remove';

/**
 * The real disk, with a say before each of its steps. What is written is written in two, with a say in between.
 * @param before throws to keep the step from being done, or ends the process.
 * @param durable whether to wait for the disk, which takes its time.
 */
export function gatedDisk(before: (step: Step, path: string) => void, durable = false): Disk {
  const gate = async <T>(step: Step, path: string, action: () => Promise<T>): Promise<T> => {
    before(step, path);
    return action();
  };
  const gatedFile = (file: NewFile, path: string): NewFile => ({
    async write(bytes) {
      const half = bytes.length >> 1;
      await gate('write', path, () => file.write(bytes.subarray(0, half)));
      await gate('write', path, () => file.write(bytes.subarray(half)));
    },
    own: (uid, gid) => gate('own', path, () => file.own(uid, gid)),
    mode: (mode) => gate('mode', path, () => file.mode(mode)),
    sync: () => gate('sync', path, () => (durable ? file.sync() : Promise.resolve())),
    async close() {
      // A descriptor of a process that goes on must not stay open.
      await file.close();
      before('close', path);
    },
  });
  return {
    makeFolder: (path) => gate('makeFolder', path, () => realDisk.makeFolder(path)),
    create: async (path) => gatedFile(await gate('create', path, () => realDisk.create(path)), path),
    rename: (from, to) => gate('rename', to, () => realDisk.rename(from, to)),
    remove: (path) => gate('remove', path, () => realDisk.remove(path)),
    removeFolder: (path) => gate('remove', path, () => realDisk.removeFolder(path)),
    syncFolder: (path) => gate('sync', path, () => (durable ? realDisk.syncFolder(path) : Promise.resolve())),
  };
}

/** The real disk, that does not wait to be done. */
export const quickDisk: Disk = gatedDisk(() => {});

/** As if the process had ended before its n-th step: neither that nor any after it is done. */
export function cutOffDisk(n: number): { disk: Disk; isCutOff: () => boolean } {
  let count = 0;
  const disk = gatedDisk(() => {
    count += 1;
    if (count > n) throw new Error('cut off');
  });
  return { disk, isCutOff: () => count > n };
}

const systemError = (code: string): Error => Object.assign(new Error(`${code}: no way`), { code });

/** Fails once, at its n-th step, with this code. */
export function failingOnce(n: number, code: string): { disk: Disk; hasFailed: () => boolean } {
  let count = 0;
  const disk = gatedDisk(() => {
    count += 1;
    if (count === n + 1) throw systemError(code);
  });
  return { disk, hasFailed: () => count > n };
}

/** Has no room left from its n-th step on: nothing new fits, but what is there can be renamed and removed. */
export function fullAfter(n: number): { disk: Disk; isFull: () => boolean } {
  let count = 0;
  let refused = false;
  const disk = gatedDisk((step) => {
    count += 1;
    if (count <= n || !['create', 'write', 'makeFolder'].includes(step)) return;
    refused = true;
    throw systemError('ENOSPC');
  });
  return { disk, isFull: () => refused };
}
