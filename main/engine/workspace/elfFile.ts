import { readElf } from '../elf/elf.ts';
import { type Linkage, namesOf } from '../elf/linkage.ts';
import { readBinary } from '../readBinary.ts';

export interface LinkedFile extends Linkage {
  /** Once mapped it stays (DF_1_NODELETE). */
  noDelete: boolean;
}

/** What a built file is linked to; null while it is not there, or is no ELF file (other platforms). */
export function readLinkedFile(path: string): LinkedFile | null {
  return readBinary(path, (source) => {
    const result = readElf(source);
    if (!result.ok) return null;
    const { needed, soname, flags1 } = result.elf;
    return { names: namesOf(path, soname), needed, noDelete: flags1.noDelete };
  });
}
