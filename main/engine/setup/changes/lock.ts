import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, ourselves } from '../../logs/store/owner.ts';
import { failed, type Result, success } from '../../result.ts';

const LOCK = /^lock-(\d+)-(\d+)-(\d+)-[0-9a-f-]+$/;

/**
 * One at a time in a folder, whichever process. Everyone first puts down a file of its own, then looks for others': of
 * two at the same time, the one that looks later sees the other. The name of the file says which process it is of, so
 * what a killed one leaves is known for that, and can be removed without harm to a new one. It works between processes
 * that see each other: two containers that share a folder do not.
 * @param patience how long to wait for others, in ms.
 * @returns what to call at the end.
 */
export async function lockFolder(folder: string, patience: number): Promise<Result<() => Promise<void>>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const until = Date.now() + patience;
  const { pid, started, boot } = ourselves();
  for (;;) {
    const ours = `lock-${pid}-${started}-${boot}-${randomUUID()}`;
    const release = (): Promise<void> => rm(join(folder, ours), { force: true });
    await writeFile(join(folder, ours), '', { flag: 'wx' });
    const holder = await holderIn(folder, ours).catch((error) => release().then(() => Promise.reject(error)));
    if (holder === null) return success(release);
    await release();
    if (Date.now() > until) {
      return failed(
        'setup-busy',
        holder === process.pid
          ? "This Hotdeck is already changing this workspace's setup."
          : `Another Hotdeck (process ${holder}) is changing this workspace's setup.`,
        'Try again when that change is done.',
      );
    }
    // Two that saw each other must not meet again.
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 40));
  }
}

/** The process that holds another lock than ours; null where there is none. */
async function holderIn(folder: string, ours: string): Promise<number | null> {
  let holder: number | null = null;
  for (const name of await readdir(folder)) {
    const [, pid, started, boot] = name === ours ? [] : (LOCK.exec(name) ?? []);
    if (pid === undefined) continue;
    if (isAlive({ pid: Number(pid), started: Number(started), boot: Number(boot) })) holder = Number(pid);
    else await rm(join(folder, name), { force: true });
  }
  return holder;
}
