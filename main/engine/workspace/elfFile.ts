import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readElf } from '../elf/elf.ts';
import { type Linkage, namesOf } from '../elf/linkage.ts';

export interface LinkedFile extends Linkage {
  /** Once mapped it stays (DF_1_NODELETE). */
  noDelete: boolean;
}

/** What a built file is linked to; null while it is not there, or is no ELF file (other platforms). */
export function readLinkedFile(path: string): LinkedFile | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const read = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    };
    const result = readElf({ size: fstatSync(descriptor).size, read });
    if (!result.ok) return null;
    const { needed, soname, flags1 } = result.elf;
    return { names: namesOf(path, soname), needed, noDelete: flags1.noDelete };
  } catch {
    // Replaced or truncated while it was read: the next look finds the new one.
    return null;
  } finally {
    closeSync(descriptor);
  }
}
