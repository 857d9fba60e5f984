/** What takes its time to be made, and is the same for all tests of a run. */
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A folder that is filled when it is first needed, and kept to the end of the run; nobody may change anything in it. Where
 * two files of tests need it at once, both make it, and one is kept.
 * @param make fills an empty folder, which is moved then.
 */
export async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const all = process.env.HOTDECK_MADE;
  if (all === undefined) throw new Error('These tests need the global setup globalMade.ts.');
  const made = join(all, name);
  if (existsSync(made)) return made;
  const folder = await mkdtemp(join(all, `${name}-`));
  try {
    await make(folder);
    await rename(folder, made);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!existsSync(made)) throw error;
  }
  return made;
}
