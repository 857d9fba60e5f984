/** The one way in which Hotdeck writes files of its own, and files that a user saves. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface SaveOptions {
  /** The name that the file has until it is whole; one of this process's own without it. */
  readonly beside?: string;
  /** Makes the folders that are missing. */
  readonly makeFolder?: boolean;
}

/** What is written: all at once, or piece by piece as it is made. */
export type Contents = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** For the user's eyes alone: logs and settings tell what somebody works on. */
const MODE = 0o600;
let count = 0;

/**
 * Puts a file into place. Whoever reads it finds the old contents or the new, whole, whenever this process or the machine
 * stops; once it resolves, the new ones are on disk for good. A link is replaced, not followed.
 * Rejects with the error of the system, or of the contents; then the old file is there as it was, and nothing beside it.
 */
export async function saveFile(path: string, contents: Contents, options: SaveOptions = {}): Promise<void> {
  const beside = options.beside ?? besideOf(path);
  if (options.makeFolder) await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(beside, 'w', MODE);
    try {
      await writePieces(file, contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** As `saveFile` with `makeFolder`, without giving anybody else a turn: for what is saved while the app quits. */
export function saveFileSync(path: string, contents: string): void {
  const beside = besideOf(path);
  mkdirSync(dirname(path), { recursive: true });
  try {
    const file = openSync(beside, 'w', MODE);
    try {
      const bytes = Buffer.from(contents);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolderSync(dirname(path));
}

/** Two that write the same file at a time, in this process or another, each have a name of their own. */
function besideOf(path: string): string {
  count += 1;
  return `${path}.${process.pid}-${count}.tmp`;
}

async function writePieces(file: FileHandle, contents: Contents): Promise<void> {
  if (typeof contents === 'string' || contents instanceof Uint8Array) {
    await file.writeFile(contents);
  } else {
    for await (const piece of contents) await file.writeFile(piece);
  }
}

/** Windows and some file systems can't, and need not. */
const HARMLESS = new Set(['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EACCES']);

function unlessHarmless(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && HARMLESS.has(String(error.code)))) throw error;
}

/** A renamed file has its new name for good only once its folder is on disk. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path);
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    unlessHarmless(error);
  }
}

function syncFolderSync(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    unlessHarmless(error);
  }
}
