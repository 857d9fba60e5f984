import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { list } from '#shared/list.ts';
import type { Packages } from '../cargo/packages/packages.ts';
import type { SetupChoices } from './choices.ts';
import type { Remark } from './remark.ts';

/** A member that Hotdeck would add to the build, but that failed in it. */
export type LeftOut = SetupChoices['leftOut'][number];

/** What a member is made from: its folder and those of the members that it needs, and the toolchain. */
export interface MemberSources {
  folders: readonly string[];
  toolchain: string;
}

const SKIPPED = new Set(['target', 'node_modules']);

/** Returns what each of these members is made from. Pure. */
export function memberSources(
  names: readonly string[],
  { links, folders }: Pick<Packages, 'links' | 'folders'>,
  toolchain: string,
): Map<string, MemberSources> {
  return new Map(
    names.map((name) => {
      const needed = new Set([name]);
      for (const each of needed) for (const next of links.get(each) ?? []) needed.add(next);
      return [name, { folders: [...needed].sort().flatMap((each) => folders.get(each) ?? []), toolchain }];
    }),
  );
}

/** Reads a stamp of all files in the folders: another one, once a file was written, added or removed. */
export async function stampOf({ folders, toolchain }: MemberSources): Promise<string> {
  const hash = createHash('sha256').update(toolchain);
  for (const folder of folders) await addFolder(folder, hash);
  return hash.digest('hex');
}

async function addFolder(folder: string, hash: ReturnType<typeof createHash>): Promise<void> {
  // One that went away meanwhile holds nothing.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(path, hash);
    else {
      const found = await stat(path).catch(() => null);
      if (found !== null) hash.update(`${path}\0${found.size}\0${found.mtimeMs}\0`);
    }
  }
}

/** Returns those that are as they were when they failed. */
export async function stillLeftOut(
  leftOut: readonly LeftOut[],
  sources: ReadonlyMap<string, MemberSources>,
): Promise<LeftOut[]> {
  const still = await Promise.all(
    leftOut.map(async (each) => {
      const found = sources.get(each.package);
      return found !== undefined && (await stampOf(found)) === each.stamp ? [each] : [];
    }),
  );
  return still.flat();
}

/** Says which members are left out, why, and how they come in again; null where there are none. Pure. */
export function remarkOfLeftOut(leftOut: readonly LeftOut[]): Remark | null {
  if (leftOut.length === 0) return null;
  const many = leftOut.length > 1;
  const names = leftOut.map((each) => each.package);
  const said = leftOut
    .map(({ package: name, said: words }) => (many ? `${name}: ${words}` : words))
    .join(' ');
  return {
    kind: 'left-out',
    severity: 'warning',
    message: `${list(names)} could not be built, so Hotdeck builds without ${many ? 'them' : 'it'}, as \`cargo build\` does. ${said}`,
    remedy: `A change of ${many ? 'their' : 'its'} files brings ${many ? 'them' : 'it'} back into the build. If the server opens ${many ? 'them' : 'it'}, name ${many ? 'them' : 'it'} in "modules" of hotdeck.json.`,
  };
}
