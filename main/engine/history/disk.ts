import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../result.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import { bySegment, parseSegmentFile, type SegmentName, segmentFile } from './segmentNames.ts';

/** One segment as the folder has it. */
export interface StoredSegment extends SegmentName {
  /** Of its lines, and of both files. */
  size: number;
  bytes: number;
  /** When it was last written; ms since the epoch. */
  written: number;
  /** The same of its lines alone: the last sign of life of its writer. */
  seen: number;
}

/** The segments in a folder, in the order in which they were begun; none where there is no folder. */
export async function storedSegments(folder: string): Promise<StoredSegment[]> {
  const segments = new Map<string, StoredSegment>();
  const names = (await readdir(folder).catch(emptyIfGone)).flatMap((file) => {
    const name = parseSegmentFile(file);
    return name === null ? [] : [{ ...name, file }];
  });
  const files = await mapConcurrently(names, async (name) => {
    return { name, found: await stat(join(folder, name.file)).catch(nullIfGone) };
  });
  for (const { name, found } of files) {
    if (found === null || !found.isFile()) continue;
    const { writer, segment, kind } = name;
    const key = `${writer}-${segment}`;
    const known = segments.get(key) ?? { writer, segment, size: 0, bytes: 0, written: 0, seen: 0 };
    segments.set(key, {
      ...known,
      size: kind === 'jsonl' ? found.size : known.size,
      bytes: known.bytes + found.size,
      written: Math.max(known.written, found.mtimeMs),
      seen: kind === 'jsonl' ? found.mtimeMs : known.seen,
    });
  }
  return [...segments.values()].sort(bySegment);
}

/** How large the lines of a segment are, and when they were last touched; null where there are none. */
export async function storedLines(
  folder: string,
  name: SegmentName,
): Promise<Pick<StoredSegment, 'size' | 'seen'> | null> {
  const found = await stat(join(folder, segmentFile(name, 'jsonl'))).catch(nullIfGone);
  return found?.isFile() === true ? { size: found.size, seen: found.mtimeMs } : null;
}

/** Bytes of a file; all that follow without `length`, fewer where it ends before. Null: there is no such file. */
export async function readFrom(path: string, position: number, length?: number): Promise<Buffer | null> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    return nullIfGone(error);
  }
  try {
    const wanted = length ?? Math.max(0, (await file.stat()).size - position);
    const buffer = Buffer.alloc(wanted);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, wanted - filled, position + filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === wanted) return buffer.subarray(0, filled);
    }
  } finally {
    await file.close();
  }
}

export function nullIfGone(error: unknown): null {
  // Something else may stand where the folder should be: then there is nothing in it either.
  if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
  throw error;
}

const emptyIfGone = (error: unknown): string[] => nullIfGone(error) ?? [];
