import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Failure } from '#shared/contract.ts';
import { describe } from './log.ts';

export type SampleResult = { ok: true; root: string } | { ok: false; failure: Failure };

/** What a build leaves behind is not part of the sample. */
const leftOut = new Set(['target', '.git', 'node_modules']);

/**
 * Makes sure that `target` holds a writable copy of the sample workspace in `source`, and gives its path.
 * A copy that is there is the user's own by now and stays as it is; a folder that is no workspace any more is
 * moved aside, not overwritten.
 */
export async function provideSample(source: string, target: string): Promise<SampleResult> {
  const partial = `${target}.partial`;
  try {
    if (existsSync(join(target, 'Cargo.toml'))) return { ok: true, root: target };
    if (existsSync(target)) await rename(target, await unusedName(target));
    await rm(partial, { recursive: true, force: true });
    await mkdir(dirname(target), { recursive: true });
    await copyFolder(source, partial);
    // Whole or not at all: a copy that was cut short is never taken for the sample.
    await rename(partial, target);
    return { ok: true, root: target };
  } catch (error) {
    return {
      ok: false,
      failure: {
        kind: 'sample-failed',
        message: `The sample workspace could not be copied: ${describe(error)}`,
        remedy: 'Open your own workspace, or free some disk space and try again.',
      },
    };
  }
}

async function copyFolder(source: string, target: string): Promise<void> {
  await mkdir(target);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    if (leftOut.has(entry.name)) continue;
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory()) {
      await copyFolder(from, to);
    } else if (entry.isFile()) {
      await copyFile(from, to);
      // An installed app's files are often read-only; these are there to be edited.
      await chmod(to, (await stat(from)).mode | 0o200);
    }
  }
}

async function unusedName(path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = `${path}.old-${number}`;
    if (!existsSync(name)) return name;
  }
}
