/** What lies in a data folder. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All bytes of a stored run, from the files themselves. */
export async function storedBytes(data: string, run: string | null): Promise<Buffer> {
  const files = (await readdir(join(data, 'logs'), { recursive: true })).filter(
    (file) => run !== null && file.includes(run) && file.endsWith('.log'),
  );
  const bySegment = (file: string): number => Number(/-(\d+)\.log$/.exec(file)?.[1]);
  files.sort((a, b) => bySegment(a) - bySegment(b));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(data, 'logs', file)))));
}

/** The ids of all stored runs. */
export async function storedRuns(data: string): Promise<string[]> {
  const files = await readdir(join(data, 'logs'), { recursive: true });
  return [...new Set(files.flatMap((file) => /([^/]+)-\d+\.log$/.exec(file)?.[1] ?? []))];
}

/**
 * Compares what a terminal showed with what the program wrote: the same bytes, but that lines end with two characters, and
 * that the keys that were typed stand in it, wherever the program was just then.
 * @returns the offset of the first byte that is neither; null where all is well.
 */
export function firstDifference(shown: Buffer, written: Buffer, typed: string): number | null {
  const keys = Buffer.from(typed, 'latin1');
  let [at, key] = [0, 0];
  for (let i = 0; i < shown.length; i += 1) {
    const byte = shown[i];
    if (byte === RETURN && shown[i + 1] === FEED && written[at] === FEED) continue;
    if (byte === written[at]) at += 1;
    else if (byte === keys[key]) key += 1;
    else return i;
  }
  return at === written.length && key === keys.length ? null : shown.length;
}

const FEED = 10;
const RETURN = 13;
