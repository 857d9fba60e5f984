import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Check } from '#shared/contract.ts';
import { bytes } from '#shared/size.ts';
import type { SetupPlan } from '../types.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

export interface DiskFacts {
  folder: string;
  /** Bytes that this user may still write; null where that can't be seen. */
  free: number | null;
  /** The program is built already. */
  built: boolean;
  kind: SetupPlan['kind'];
}

const GB = 1024 ** 3;
// Guesses, and said to be: a debug build of the family has some 800 crates with full debug information.
const NEEDED: Readonly<Record<DiskFacts['kind'], { first: number; next: number }>> = {
  family: { first: 15 * GB, next: 3 * GB },
  generic: { first: 2 * GB, next: 0.5 * GB },
  none: { first: 2 * GB, next: 0.5 * GB },
};

const check = about({
  id: 'disk',
  group: 'platform',
  title: 'Disk space',
  why: 'A build that runs out of space leaves half-written libraries behind; so does a reload that meets them.',
});

/** Is there room for a build? Pure. */
export function diskCheck({ folder, free, built, kind }: DiskFacts): Check {
  if (free === null) return check.unknown(`How much is free for ${folder} can't be seen.`);
  const needed = NEEDED[kind][built ? 'next' : 'first'];
  const seen = `${bytes(free)} are free for ${folder}.`;
  const build = built ? 'more builds' : 'a first build';
  if (free >= needed) return check.ok(seen);
  const remedy = 'Free some space, or set CARGO_TARGET_DIR to a folder on another disk.';
  const text = `${seen} By a rough guess ${build} may take ${bytes(needed)}.`;
  return free < needed / 10 ? check.problem(text, remedy) : check.warning(text, remedy);
}

/** Looks at the file system of the target folder, or of the closest folder above it that is there. */
export async function gatherDisk({ outputDirectory, workspace, plan }: Scene): Promise<DiskFacts> {
  const there = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );
  let folder = outputDirectory;
  while (dirname(folder) !== folder && !(await there(folder))) folder = dirname(folder);
  const system = await statfs(folder).catch(() => null);
  const built = workspace !== null && (await there(workspace.program.file));
  return {
    folder: outputDirectory,
    free: system === null ? null : system.bavail * system.bsize,
    built,
    kind: plan.kind,
  };
}
