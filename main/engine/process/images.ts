import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileIdentity } from '../../../preload/contract.ts';

/** A file that is mapped into a process. */
export interface Image extends FileIdentity {
  /** As the kernel has it, without the mark that it was deleted. */
  path: string;
  /** Unlinked since it was mapped: a rebuild replaced it. */
  deleted: boolean;
}

const DELETED = ' (deleted)';

/**
 * The files in the text of /proc/PID/maps (proc_pid_maps(5)), each once. Pure.
 * A line is: address perms offset device inode path; mappings without a file have inode 0 or no path.
 */
export function parseMaps(text: string): Image[] {
  const images = new Map<string, Image>();
  for (const line of text.split('\n')) {
    const slash = line.indexOf('/');
    if (slash < 0) continue;
    const [, , , device, inode] = line.slice(0, slash).trimEnd().split(/ +/);
    if (device === undefined || inode === undefined || inode === '0') continue;
    const key = `${device} ${inode}`;
    if (images.has(key)) continue;
    const written = line.slice(slash);
    const deleted = written.endsWith(DELETED);
    images.set(key, { device, inode, deleted, path: deleted ? written.slice(0, -DELETED.length) : written });
  }
  return [...images.values()];
}

/** The mapped files of a process by file name; null where the kernel won't say (gone, foreign, not Linux). */
export async function readImages(pid: number): Promise<Map<string, Image[]> | null> {
  let text: string;
  try {
    text = await readFile(`/proc/${pid}/maps`, 'latin1');
  } catch {
    return null;
  }
  const byName = new Map<string, Image[]>();
  for (const image of parseMaps(text)) {
    const name = basename(image.path);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [image]);
    else same.push(image);
  }
  return byName;
}
