import type { FileHandle } from 'node:fs/promises';
import { readHeader } from '../../elf/header.ts';
import { hiddenIn, placesOfNames, symbolSections } from '../../elf/hiddenSymbols.ts';
import { openToRead } from './binaryCache.ts';
import { readPatiently } from './patientSource.ts';

/** A file that may have symbols for itself. */
export interface HidingFile {
  label: string;
  path: string;
}

/** Bytes read at a time; a multiple of the size of a symbol. */
const PIECE = 24 << 17;
const MOST_SECTION_BYTES = 1 << 20;
/** What a file of this key has is kept; of so many files. */
const MOST_FILES = 200;

/** Says which of the workspace's files have symbols that they keep for themselves. Each file is read once for each name. */
export class HiddenSymbols {
  readonly #known = new Map<string, Map<string, boolean>>();

  /** The label of a file that has each name, of those names that one has. Files are asked in their order. */
  async holders(names: readonly string[], files: readonly HidingFile[]): Promise<Map<string, string>> {
    const holders = new Map<string, string>();
    for (const { label, path } of files) {
      const open = names.filter((name) => !holders.has(name));
      if (open.length === 0) break;
      for (const name of await this.#hiddenIn(path, open)) holders.set(name, label);
    }
    return holders;
  }

  async #hiddenIn(path: string, names: readonly string[]): Promise<string[]> {
    // A file that can't be read shows nothing.
    const handle = await openToRead(path).catch(() => null);
    if (handle === null) return [];
    try {
      const { dev, ino, size, mtimeMs } = await handle.stat();
      const key = `${dev}:${ino}:${size}:${mtimeMs}`;
      const known = this.#known.get(key) ?? new Map<string, boolean>();
      this.#remember(key, known);
      const news = names.filter((name) => !known.has(name));
      if (news.length > 0) {
        const found = new Set(await readHidden(handle, size, news));
        for (const name of news) known.set(name, found.has(name));
      }
      return names.filter((name) => known.get(name) === true);
    } catch {
      // Replaced or cut off while it was read: the next look finds the new one.
      return [];
    } finally {
      await handle.close();
    }
  }

  #remember(key: string, known: Map<string, boolean>): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_FILES && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** The names among these that an open file defines and does not export. */
async function readHidden(handle: FileHandle, size: number, names: readonly string[]): Promise<string[]> {
  const read = await readPatiently(handle, size, readHeader);
  if (read === null || !read.value.ok) return [];
  const { offset, size: each, count } = read.value.value.sections;
  if (count === 0 || each * count > MOST_SECTION_BYTES) return [];
  const sections = symbolSections(viewOf(await readAt(handle, offset, each * count)));
  if (sections === null) return [];
  const places = new Map<number, string>();
  // A name that lies across two pieces is whole in the second, as that begins so much earlier.
  const overlap = Math.max(...names.map((name) => Buffer.byteLength(name))) + 1;
  const { names: table, symbols } = sections;
  for (let from = 0; from < table.size; from += PIECE) {
    const begin = Math.max(0, from - overlap);
    const piece = await readAt(
      handle,
      table.offset + begin,
      Math.min(PIECE + from - begin, table.size - begin),
    );
    for (const { name, place } of placesOfNames(piece, begin, names)) places.set(place, name);
  }
  if (places.size === 0) return [];
  const found = new Set<string>();
  for (let from = 0; from < symbols.size; from += PIECE) {
    const piece = await readAt(handle, symbols.offset + from, Math.min(PIECE, symbols.size - from));
    for (const name of hiddenIn(viewOf(piece), places)) found.add(name);
  }
  return [...found];
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
