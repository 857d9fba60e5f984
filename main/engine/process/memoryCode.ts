import { closeSync, openSync, read as readCallback, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { PT_LOAD, readHeader } from '../elf/header.ts';
import type { ByteSource } from '../elf/source.ts';
import { type CodeHead, headIn, readOnlyCode } from './codeIdentity.ts';
import type { Image } from './images.ts';

const readAsync = promisify(readCallback);

/** An image as it lies in the memory of its process. */
export interface MemoryImage {
  head: CodeHead;
  /** `Code.readOnly` of it; what the process writes to is not compared. Null where the memory went away meanwhile. */
  readOnly(): Promise<string | null>;
}

/**
 * Looks at an image where its file is out of reach: in /proc/PID/mem (proc_pid_mem(5)), which the user who runs a process
 * may read where the system allows that. Null where it does not, or where no ELF file is mapped there.
 */
export function readMemoryImage({ pid, address }: Image): MemoryImage | null {
  const base = Number.parseInt(address?.split('-')[0] ?? '', 16);
  if (!Number.isSafeInteger(base)) return null;
  const path = `/proc/${pid}/mem`;
  const head = withFile(path, (fd) => {
    const straight = memorySource(fd, (offset) => base + offset);
    const header = readHeader(straight);
    if (!header.ok) return null;
    const { segments } = header.value;
    return headIn(
      memorySource(fd, (offset) => {
        const segment = segments.find(
          (each) => each.type === PT_LOAD && offset >= each.offset && offset < each.offset + each.fileSize,
        );
        return base + offset + (segment === undefined ? 0 : segment.address - segment.offset);
      }),
    );
  });
  if (head === null) return null;
  return { head, readOnly: () => readOnlyIn(path, base, head) };
}

async function readOnlyIn(path: string, base: number, head: CodeHead): Promise<string | null> {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    return await readOnlyCode(head, async ({ address }, from, into) => {
      return (await readAsync(fd, into, 0, into.length, base + address + from)).bytesRead;
    });
  } catch {
    // It was unmapped, or the process has ended.
    return null;
  } finally {
    closeSync(fd);
  }
}

const memorySource = (fd: number, place: (offset: number) => number): ByteSource => ({
  size: Number.MAX_SAFE_INTEGER,
  read(offset, length) {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, place(offset)));
  },
});

function withFile<T>(path: string, use: (fd: number) => T | null): T | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    // Another user's, or gone.
    return null;
  }
  try {
    return use(fd);
  } catch {
    // Nothing is mapped where it should be.
    return null;
  } finally {
    closeSync(fd);
  }
}
