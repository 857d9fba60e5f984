import type { FileIdentity, ModuleStatus } from '#shared/contract.ts';

/** Formats device and inode: `8:2 : 1312345`. Null where there is no file. */
export function deviceAndInode(file: FileIdentity | null): string | null {
  return file === null ? null : `${file.device} : ${file.inode}`;
}

type Image = NonNullable<ModuleStatus['image']>;

/**
 * Compares the code on disk with the loaded code, in words; null where there are not two to compare. Their code
 * decides where both are known, else the state: some file systems name a device differently in memory maps.
 */
export function compareImage(status: ModuleStatus): { equal: boolean; words: string } | null {
  const { artifact, image, state } = status;
  if (artifact === null || image === null) return null;
  if (image.overwritten === true) {
    return { equal: false, words: 'overwritten while mapped: part old code, part new' };
  }
  const isSameFile = artifact.inode === image.inode && !image.deleted && image.copy === undefined;
  if (artifact.code !== undefined && image.code !== undefined) {
    if (artifact.code !== image.code) {
      return { equal: false, words: 'different code: the server is running another build' };
    }
    return { equal: true, words: isSameFile ? 'the same file' : 'another file with the same code' };
  }
  const equal = isSameFile && state !== 'stale' && state !== 'stuck';
  return { equal, words: equal ? 'the same file' : 'different files: the server is running an older copy' };
}

/**
 * Names a copy that the server made of the artifact: `libapi-hot-7.so, copy 7`. Null where it opened the artifact
 * itself.
 */
export function copyName({ copy }: Image): string | null {
  if (copy === undefined) return null;
  const name = copy.path.slice(copy.path.lastIndexOf('/') + 1);
  return copy.number === null ? name : `${name}, copy ${copy.number}`;
}

/** Counts the older copies that are still mapped, in words; null where there are none. */
export function olderCopies({ copy }: Image): string | null {
  if (copy === undefined || copy.older === 0) return null;
  return copy.older === 1 ? '1 older copy is still mapped' : `${copy.older} older copies are still mapped`;
}

const WITNESSES: Readonly<Record<NonNullable<Image['witness']>, string>> = {
  path: 'the file that was opened',
  content: 'its code',
  memory: 'its code in memory, without what the process writes to',
  soname: 'its SONAME alone (a guess)',
  name: 'its file name alone (a guess)',
};

/** Says how a copy is known to be this module's. */
export const witnessOf = ({ witness }: Image): string | null =>
  witness === undefined ? null : WITNESSES[witness];
