import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

const MOST_FILES = 500;

/** Lists the `.rs` files in a folder and below, sorted: the first 500 that are found. None where it can't be read. */
export async function rustFilesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const entry of await opendir(folder, { recursive: true })) {
      if (entry.isFile() && entry.name.endsWith('.rs')) files.push(join(entry.parentPath, entry.name));
      if (files.length >= MOST_FILES) break;
    }
  } catch {
    // No such folder, or one that can't be read: there is nothing to find in it.
  }
  return files.sort();
}
