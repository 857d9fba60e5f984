import type { FileHandle } from 'node:fs/promises';
import { pathsTo } from '../../process/imageFile.ts';
import type { Image } from '../../process/images.ts';
import type { BinaryReading } from './binary.ts';
import { type BinaryCache, type FileStatus, openToRead } from './binaryCache.ts';

type Held =
  | { kind: 'held'; handle: FileHandle; status: FileStatus }
  /** No program or library: a data file. */
  | { kind: 'data' }
  /** Its file was gone before anybody could hold it. */
  | { kind: 'lost' };

/** What could be read of an image; `data` for a file that is mapped but no library. */
export type ImageReading = { kind: 'read'; reading: BinaryReading } | { kind: 'data' } | { kind: 'lost' };

/** More files than any server has libraries; a database may have mapped more. */
const MOST_HELD = 400;
const MAGIC = Buffer.from('\x7fELF', 'latin1');

/**
 * The files that a process has mapped, held open: so they can still be read after a build has replaced them, when
 * their paths lead to others. Holding costs nothing, as the process holds them too.
 */
export class HeldImages {
  readonly #cache: BinaryCache;
  #pid: number | null = null;
  #held = new Map<string, Held>();

  constructor(cache: BinaryCache) {
    this.#cache = cache;
  }

  /** Takes hold of what is mapped now, and lets go of all else. */
  async hold(pid: number, images: readonly Image[]): Promise<void> {
    const before = this.#pid === pid ? this.#held : new Map<string, Held>();
    const wanted = new Map(images.slice(0, MOST_HELD).map((image) => [keyOf(image), image]));
    const kept = [...before].filter(([key]) => wanted.has(key));
    const left = [...this.#held].filter(([key]) => !before.has(key) || !wanted.has(key));
    this.#pid = pid;
    this.#held = new Map(kept);
    await Promise.all(left.map(([, held]) => this.#letGo(held)));
    const added = [...wanted].filter(([key]) => !this.#held.has(key));
    await Promise.all(
      added.map(async ([key, image]) => {
        this.#held.set(key, await take(image));
      }),
    );
  }

  /** What a mapped file says. */
  async read(image: Image): Promise<ImageReading> {
    const held = this.#held.get(keyOf(image));
    if (held === undefined) return { kind: 'lost' };
    if (held.kind !== 'held') return held;
    try {
      return { kind: 'read', reading: await this.#cache.readHandle(held.handle, held.status) };
    } catch {
      // The disk does not answer: what is in it stays unknown, and is told as that.
      return { kind: 'lost' };
    }
  }

  /** Nobody has it mapped any more, and mostly it is no file on disk either. */
  async #letGo(held: Held): Promise<void> {
    if (held.kind === 'held') this.#cache.forget(held.status);
    await release(held);
  }

  /** Lets go of everything. */
  async close(): Promise<void> {
    const all = [...this.#held.values()];
    this.#pid = null;
    this.#held = new Map();
    await Promise.all(all.map(release));
  }
}

const keyOf = ({ device, inode }: Image): string => `${device} ${inode}`;

const release = async (held: Held): Promise<void> => {
  if (held.kind === 'held') await held.handle.close();
};

/** Opens the file of an image, by whichever way leads to it. */
async function take(image: Image): Promise<Held> {
  const found = await openOne(image);
  if (found === null) return { kind: 'lost' };
  const start = Buffer.alloc(MAGIC.length);
  const isRead = await found.handle.read(start, 0, start.length, 0).catch(() => null);
  if (start.equals(MAGIC)) return { kind: 'held', ...found };
  await found.handle.close();
  // Of a file that the disk does not give nothing is known.
  return { kind: isRead === null ? 'lost' : 'data' };
}

async function openOne(image: Image): Promise<{ handle: FileHandle; status: FileStatus } | null> {
  for (const path of pathsTo(image)) {
    const found = await openSame(path, image);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Opens a file if it is the mapped one. Inodes decide: while a file is mapped, no other one of its file system has
 * its inode, and the kernel may call the device otherwise in maps than in stat (btrfs, overlay).
 */
async function openSame(
  path: string,
  image: Image,
): Promise<{ handle: FileHandle; status: FileStatus } | null> {
  let handle: FileHandle;
  try {
    handle = await openToRead(path);
  } catch {
    // Gone, or not for us: the next way may do.
    return null;
  }
  const status = await handle.stat({ bigint: true }).catch(() => null);
  if (status?.isFile() === true && status.ino.toString() === image.inode) return { handle, status };
  await handle.close();
  return null;
}
