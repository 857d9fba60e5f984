import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../../elf/source.ts';

interface Part {
  offset: number;
  /** Where what was asked for ends; the bytes may end earlier, as the file may. */
  end: number;
  bytes: Uint8Array;
}

/** Thrown out of a reader that asks for what is not there yet. */
class NotThereYet extends Error {
  readonly offset: number;
  readonly length: number;

  constructor(offset: number, length: number) {
    super('This part of the file was not read yet.');
    this.offset = offset;
    this.length = length;
  }
}

/** Bytes read at a time: what a reader asks for next mostly lies close by. */
const BLOCK = 1 << 17;
/** A real file keeps what is asked for in a handful of places. */
const MOST_ROUNDS = 60;

/**
 * Runs a reader that wants its bytes at once over a file, without ever waiting for the disk: what is not there yet is
 * fetched, and the reader starts over. Throws what reading throws.
 * @returns what the reader gives, and the bytes that it may hold on to; null where it asks for ever more places.
 */
export async function readPatiently<T>(
  handle: FileHandle,
  size: number,
  reader: (source: ByteSource) => T,
): Promise<{ value: T; bytes: number } | null> {
  const parts: Part[] = [];
  const source: ByteSource = {
    size,
    read(offset, length) {
      const part = parts.find((each) => each.offset <= offset && offset + length <= each.end);
      if (part === undefined) throw new NotThereYet(offset, length);
      return part.bytes.subarray(offset - part.offset, offset - part.offset + length);
    },
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    try {
      return { value: reader(source), bytes: parts.reduce((sum, part) => sum + part.bytes.length, 0) };
    } catch (error) {
      if (!(error instanceof NotThereYet)) throw error;
      parts.push(await fetchPart(handle, size, error));
    }
  }
  return null;
}

async function fetchPart(handle: FileHandle, size: number, wanted: NotThereYet): Promise<Part> {
  const offset = wanted.offset - (wanted.offset % BLOCK);
  const end = Math.max(wanted.offset + wanted.length, Math.min(size, offset + BLOCK));
  // Memory as it is: to clear megabytes first would take longer than to read them.
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(end - offset).buffer);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, offset + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return { offset, end, bytes: bytes.subarray(0, length) };
}
