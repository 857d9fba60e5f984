import type { FileIdentity, ModuleStatus } from '../../preload/contract.ts';

/** Device and inode as they are written: `8:2 / 1312345`. Null where there is no file. */
export function place(file: FileIdentity | null): string | null {
  return file === null ? null : `${file.device} : ${file.inode}`;
}

/**
 * Whether the file on disk is the one that is mapped, in words; null where there are not two to compare. The state
 * decides, not the device: some file systems name it differently in memory maps.
 */
export function compareImage(status: ModuleStatus): { equal: boolean; words: string } | null {
  const { artifact, image, state } = status;
  if (artifact === null || image === null) return null;
  const equal = artifact.inode === image.inode && state !== 'stale' && state !== 'stuck' && !image.deleted;
  return { equal, words: equal ? 'the same file' : 'different files: the server runs an older image' };
}
