import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileIdentity } from '#shared/contract.ts';
import { type FileStamp, stampOf } from './fileStamp.ts';
import type { CodedFile } from './sameCode.ts';

export interface Artifact extends CodedFile {
  /** ms since the epoch. */
  modifiedAt: number;
  /** What says whether it has to be read again. */
  stamp?: FileStamp;
}

/** The file on disk as the kernel knows it, or null where there is none. */
export async function readArtifact(path: string): Promise<Artifact | null> {
  try {
    return artifactOf(await stat(path, { bigint: true }));
  } catch {
    // Not there, or not to be seen: to everybody who asks, both mean that it can't be loaded now.
    return null;
  }
}

/** The same at this very moment: for what just happened and is over when a promise comes round. */
export function readArtifactNow(path: string): Artifact | null {
  try {
    return artifactOf(statSync(path, { bigint: true }));
  } catch {
    return null;
  }
}

const artifactOf = (found: BigIntStats): Artifact => ({
  device: deviceName(found.dev),
  inode: found.ino.toString(),
  modifiedAt: Number(found.mtimeMs),
  stamp: stampOf(found),
});

/** A device number as /proc/PID/maps writes it: major and minor, in hexadecimal (gnu_dev_major, sys/sysmacros.h). */
export function deviceName(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return `${hex(major)}:${hex(minor)}`;
}

const hex = (value: bigint): string => value.toString(16).padStart(2, '0');

export const sameFile = (a: FileIdentity, b: FileIdentity): boolean =>
  a.device === b.device && a.inode === b.inode;
