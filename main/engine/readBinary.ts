import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { ByteSource } from './elf/source.ts';

/**
 * Reads parts of a linked file with one of the readers of elf/.
 * @returns what `read` gives; null if the file can't be opened, or was replaced or truncated while it was read: the next look
 * finds the new one.
 */
export function readBinary<T>(path: string, read: (source: ByteSource, stats: Stats) => T | null): T | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const stats = fstatSync(descriptor);
    const bytesAt = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    };
    return read({ size: stats.size, read: bytesAt }, stats);
  } catch {
    return null;
  } finally {
    closeSync(descriptor);
  }
}
