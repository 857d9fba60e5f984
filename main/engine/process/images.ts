import { basename } from 'node:path';
import { readMaps } from './readMaps.ts';
import type { CodedFile } from './sameCode.ts';

/** How an image is known to be one of a module; the last two are guesses. */
export type Witness = 'path' | 'content' | 'memory' | 'soname' | 'name';

/** A file that is mapped into a process. */
export interface Image extends CodedFile {
  /** As the kernel has it, without the mark that it was deleted. */
  path: string;
  /** Unlinked since it was mapped: a rebuild replaced it. */
  deleted: boolean;
  /** The process that has it. */
  pid: number;
  /** Its first range of addresses, as the kernel writes it; null where nobody has looked (a guess). */
  address: string | null;
  /** Some of it is mapped to be run. */
  isExecutable?: boolean;
  /** Of one that was told to be a module's: how. */
  witness?: Witness;
  /** A file that the server made of the artifact, or had made. */
  copy?: ImageCopy;
  /** Counts up with each look that showed new images: the one in which it was seen first. */
  order?: number;
  /** When its file was made, as it was first seen; ms since the epoch. */
  writtenAt?: number;
}

/** A copy of an artifact. */
export interface ImageCopy {
  path: string;
  /** The number in its name; null where there is none. */
  number: number | null;
}

/** Every image of each module (or other node of the graph), by name. A file counts once for each process. */
export type Mapped = ReadonlyMap<string, readonly Image[]>;

const DELETED = ' (deleted)';

const X = 'x'.charCodeAt(0);

/**
 * Returns the files in the text of /proc/PID/maps (proc_pid_maps(5)), each once, in the order of their addresses. Pure.
 * A line is: address perms offset device inode path, with one space between the first five; mappings without a file have
 * inode 0 or no path. Fields are found by their spaces: splitting each line takes eight times as long.
 */
export function parseMaps(text: string, pid: number): Image[] {
  const images = new Map<string, Image>();
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const slash = text.indexOf('/', from);
    // Nothing but anonymous memory from here on.
    if (slash < 0) break;
    if (slash < end) {
      const rights = text.indexOf(' ', from) + 1;
      const offset = text.indexOf(' ', rights) + 1;
      const device = text.indexOf(' ', offset) + 1;
      const inode = text.indexOf(' ', device) + 1;
      const behind = text.indexOf(' ', inode);
      const isOrdered = from < rights && rights < offset && offset < device && device < inode;
      if (isOrdered && inode < behind && behind < slash) {
        const isExecutable = text.charCodeAt(rights + 2) === X;
        const key = text.slice(device, behind);
        const known = images.get(key);
        const node = known === undefined ? text.slice(inode, behind) : '0';
        if (node !== '0') {
          const deleted = text.endsWith(DELETED, end);
          images.set(key, {
            deleted,
            path: unescaped(text.slice(slash, deleted ? end - DELETED.length : end)),
            device: text.slice(device, inode - 1),
            inode: node,
            pid,
            address: text.slice(from, rights - 1),
            isExecutable,
          });
        } else if (known !== undefined && isExecutable) known.isExecutable = true;
      }
    }
    from = end + 1;
  }
  return [...images.values()];
}

/** A newline in a path is written as `\012`, and nothing else is (seq_path in fs/proc/task_mmu.c). */
const unescaped = (path: string): string => (path.includes('\\012') ? path.replaceAll('\\012', '\n') : path);

/** The mapped files of a process by file name; null where the kernel won't say (gone, foreign, not Linux). */
export function readImages(pid: number): Map<string, Image[]> | null {
  const read = readMaps(pid);
  return read.kind === 'read' ? byFileName(parseMaps(read.text, pid)) : null;
}

/** Images by the name of their file, whatever folder it lies in. */
function byFileName(images: Iterable<Image>): Map<string, Image[]> {
  const byName = new Map<string, Image[]>();
  for (const image of images) {
    const name = basename(image.path);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [image]);
    else same.push(image);
  }
  return byName;
}
