import type { FileIdentity } from '#shared/contract.ts';

/** A file, and what code is in it as far as that is known. */
export interface CodedFile extends FileIdentity {
  /** Equal for equal code; absent or null where it is not known. */
  code?: string | null;
  /** Different for different code, known without reading the contents; absent or null where it is not known. */
  head?: string | null;
  /** Of a program: its own code and data (`compareOwn`); absent or null where that is not known. */
  own?: string | null;
  /** Of an image: its file was written to since, so that part of the old code is mapped, and part of the new. */
  isOverwritten?: boolean;
}

/** Whether two files hold the same code, or null where only reading them would tell. Pure. */
export function compareCode(a: CodedFile, b: CodedFile): boolean | null {
  if (a.isOverwritten === true || b.isOverwritten === true) return false;
  if (a.code != null && b.code != null) return a.code === b.code;
  if (a.head != null && b.head != null && a.head !== b.head) return false;
  return null;
}

/** Whether two looks at what is mapped saw the same image: the same file, with the code that it had. Pure. */
export const sameImage = (a: CodedFile, b: CodedFile): boolean =>
  a.inode === b.inode && a.device === b.device && (a.code == null || b.code == null || a.code === b.code);
