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
