/** Which of its libraries the sample's server has in memory, read without any help of the app. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesOnDisk, mappedImages } from './fixtures/program.ts';

/** The sample's libraries bottom-up, by the names they have on screen. */
export const LIBRARIES = ['core', 'database', 'service', 'api', 'admin', 'router'] as const;
export type Library = (typeof LIBRARIES)[number];

const fileOf = (library: Library): string => `libdepot_${library}.so`;
const FILES = LIBRARIES.map(fileOf);

/**
 * A library compared with an earlier look: the file of then is still mapped (`old` if there is another on disk by
 * now, `unchanged` if not), the one that has come to the disk since is (`new`), both are, or none.
 */
export type Whereabouts = 'unchanged' | 'new' | 'old' | 'old and new' | 'gone';

/** Inodes, by file. */
export type Memory = Readonly<Record<string, readonly string[]>>;

/**
 * Keeps the library files that are there now from going for good, so that no later file can get the number of one of them:
 * files are told apart by their inodes here. @returns what lets go of them.
 */
export async function keepFiles(root: string): Promise<() => Promise<void>> {
  const handles = await Promise.all(FILES.map((file) => open(join(root, 'target/debug', file))));
  return async () => {
    await Promise.all(handles.map((handle) => handle.close()));
  };
}

/** What is mapped now; of the workspace at `root` only. */
export const lookAtMemory = (pid: number, root: string): Promise<Memory> => mappedImages(pid, root);

/** What has become of each library since `before`. */
export async function compareMemory(
  before: Memory,
  pid: number,
  root: string,
): Promise<Map<Library, Whereabouts>> {
  const [mapped, disk] = await Promise.all([lookAtMemory(pid, root), imagesOnDisk(root, FILES)]);
  const of = (library: Library): Whereabouts => {
    const file = fileOf(library);
    const now = mapped[file] ?? [];
    const old = before[file]?.[0];
    const present = disk[file]?.[0];
    if (now.length === 0) return 'gone';
    const hasOld = now.some((inode) => inode !== present);
    const hasPresent = now.some((inode) => inode === present);
    if (hasOld) return hasPresent ? 'old and new' : 'old';
    return present === old ? 'unchanged' : 'new';
  };
  return new Map(LIBRARIES.map((library) => [library, of(library)]));
}
