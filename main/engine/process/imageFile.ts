import { closeSync, constants, fstatSync, openSync, readdirSync, statSync } from 'node:fs';
import { type FileStamp, stampOf } from './fileStamp.ts';
import type { Image } from './images.ts';

/** A pipe in a file's place must not keep us waiting for a writer. */
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * The paths by which the file of an image may be opened, the cheapest first: its own, and those that the kernel keeps to
 * it also after it was deleted. Following the last two takes privileges, or a process that has the file open.
 */
export function* pathsTo(image: Image): Generator<string> {
  const { pid, path, deleted } = image;
  if (!deleted) yield path;
  yield `/proc/${pid}/exe`;
  const mapped = mappedFile(image);
  if (mapped !== null) yield mapped;
  // A server in a file system of its own (chroot, a container) has other files at the same paths.
  if (!deleted) yield `/proc/${pid}/root${path}`;
  // Anonymous files (memfd_create(2)) and those that were deleted once they were open.
  else yield* openFilesOf(pid, image.inode);
}

/** The kernel's own link to a mapped file (proc_pid_map_files(5)): it takes privileges to follow. */
function mappedFile({ pid, address }: Image): string | null {
  if (address === null) return null;
  const range = address.split('-').map((each) => each.replace(/^0+(?=.)/, ''));
  return `/proc/${pid}/map_files/${range.join('-')}`;
}

function* openFilesOf(pid: number, inode: string): Generator<string> {
  const folder = `/proc/${pid}/fd`;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // It has ended, or is another user's.
    return;
  }
  for (const name of names) {
    try {
      if (statSync(`${folder}/${name}`, { bigint: true }).ino.toString() === inode) yield `${folder}/${name}`;
    } catch {
      // Closed meanwhile.
    }
  }
}

/** An open file; who has it closes it. */
export interface OpenImage {
  fd: number;
  stamp: FileStamp;
}

/**
 * Opens the file of an image, by whichever way leads to it; null where none does. Inodes decide: while a file is mapped,
 * no other one of its file system has its inode, and the kernel may call the device otherwise in maps than in stat
 * (btrfs, overlay).
 */
export function openImage(image: Image): OpenImage | null {
  for (const path of pathsTo(image)) {
    const opened = openFile(path);
    if (opened === null) continue;
    if (opened.stamp.ino.toString() === image.inode) return opened;
    closeSync(opened.fd);
  }
  return null;
}

function openFile(path: string): OpenImage | null {
  let fd: number;
  try {
    fd = openSync(path, READ_ONLY);
  } catch {
    // Gone, or not for us: the next way may do.
    return null;
  }
  try {
    const status = fstatSync(fd, { bigint: true });
    if (status.isFile()) return { fd, stamp: stampOf(status) };
  } catch {
    // The disk does not answer.
  }
  closeSync(fd);
  return null;
}
