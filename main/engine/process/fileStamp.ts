import type { BigIntStats } from 'node:fs';

/** What says whether a file has to be looked at again: while all of it is the same, so are the contents. */
export interface FileStamp {
  dev: bigint;
  ino: bigint;
  /** In bytes. */
  size: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  /** How many names it has: each name that comes or goes changes `ctimeNs`, and no contents. */
  nlink: bigint;
}

export const stampOf = ({ dev, ino, size, mtimeNs, ctimeNs, nlink }: BigIntStats): FileStamp => ({
  dev,
  ino,
  size,
  mtimeNs,
  ctimeNs,
  nlink,
});

/** A stamp as a text to look it up by. */
export const stampKey = ({ dev, ino, size, mtimeNs, ctimeNs }: FileStamp): string =>
  `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;

/** Whether a file may have been written to between two looks; a name that came or went is no writing. Pure. */
export const mayDiffer = (before: FileStamp, now: FileStamp): boolean =>
  before.dev !== now.dev ||
  before.ino !== now.ino ||
  before.size !== now.size ||
  before.mtimeNs !== now.mtimeNs ||
  (before.ctimeNs !== now.ctimeNs && before.nlink === now.nlink);
