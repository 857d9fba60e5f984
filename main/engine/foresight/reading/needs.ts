import { isAbsolute, join } from 'node:path';
import { lastPart, namesOf } from '../../elf/linkage.ts';
import type { Binary } from './binary.ts';
import type { BinaryCache } from './binaryCache.ts';
import { configuredFolders, type Needing, type Places, searchFolders } from './searchPath.ts';

/** A file that will look for libraries. */
export interface Seeker extends Needing {
  label: string;
}

interface FoundLibrary {
  path: string;
  binary: Binary;
}

export interface Needs {
  found: FoundLibrary[];
  /** Names that lead nowhere, and who needs them. */
  missing: Map<string, string[]>;
}

interface Search extends Omit<Places, 'configured'> {
  cache: BinaryCache;
  /** Names of libraries that are there already, or are told about already. */
  known: Iterable<string>;
}

/** Looks on disk for all libraries that files need, as the dynamic linker would; and for what those need. */
export async function findNeeds(seekers: readonly Seeker[], search: Search): Promise<Needs> {
  const { cache, cwd } = search;
  // Mostly nothing is new, and then there is nothing to look for.
  let places: Places | null = null;
  const known = new Set(search.known);
  const found: FoundLibrary[] = [];
  const missing = new Map<string, string[]>();
  const queue = [...seekers];
  for (const seeker of queue) {
    for (const needed of seeker.elf.needed) {
      const name = lastPart(needed);
      if (known.has(name)) continue;
      const askers = missing.get(name);
      if (askers !== undefined) {
        askers.push(seeker.label);
        continue;
      }
      places ??= { ...search, configured: await configuredFolders() };
      const paths = needed.includes('/')
        ? [isAbsolute(needed) ? needed : join(cwd, needed)]
        : searchFolders(seeker, places).map((folder) => join(folder, needed));
      const library = await firstFit(cache, paths, seeker.elf.machine);
      if (library === 'absent') {
        missing.set(name, [seeker.label]);
        continue;
      }
      known.add(name);
      if (library === 'unknown') continue;
      const { elf } = library.binary;
      found.push(library);
      for (const each of namesOf(library.path, elf.soname)) known.add(each);
      queue.push({ path: library.path, elf, label: lastPart(library.path) });
    }
  }
  return { found, missing };
}

/** The first of the files that is a library for this kind of machine; unknown where one that comes before can't be read. */
async function firstFit(
  cache: BinaryCache,
  paths: readonly string[],
  machine: number,
): Promise<FoundLibrary | 'absent' | 'unknown'> {
  for (const path of new Set(paths)) {
    const file = await cache.readPath(path);
    if (file.kind === 'closed') return 'unknown';
    if (file.kind === 'absent' || !file.reading.ok) continue;
    const { binary } = file.reading;
    if (binary.elf.machine === machine) return { path, binary };
  }
  return 'absent';
}
