/** Global setup for tests that share what is made once in a run (madeOnce.ts): a folder for it. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutRoot } from '../../main/launch/checkout.ts';

/** Sets HOTDECK_MADE to a new folder; the returned function removes it. It lies in the checkout: programs find its modules. */
export default async function provideFolder(): Promise<() => Promise<void>> {
  // Another suite of this run has done it.
  if (process.env.HOTDECK_MADE !== undefined) return async () => {};
  const dist = join(checkoutRoot(), 'dist');
  await mkdir(dist, { recursive: true });
  await removeLeftovers(dist);
  const folder = await mkdtemp(join(dist, `made-${process.pid}-`));
  process.env.HOTDECK_MADE = folder;
  return async () => {
    delete process.env.HOTDECK_MADE;
    await remove(folder);
  };
}

/** What runs have left that were killed. */
async function removeLeftovers(dist: string): Promise<void> {
  for (const name of await readdir(dist)) {
    const pid = /^made-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await remove(join(dist, name));
  }
}

const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
