import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { ElfSummary } from '../../elf/elf.ts';
import type { Environment } from '../../environment.ts';

/** A file that needs libraries. */
export interface Needing {
  path: string;
  elf: ElfSummary;
}

const MULTIARCH = new Map([
  [62, 'x86_64-linux-gnu'],
  [183, 'aarch64-linux-gnu'],
  [243, 'riscv64-linux-gnu'],
]);

/** What else decides where libraries are looked for. */
export interface Places {
  /** The program that they are for, where it is known. */
  executable: Needing | null;
  environment: Environment;
  /** Where relative paths begin. */
  cwd: string;
  /** Folders out of ld.so.conf. */
  configured: readonly string[];
}

/** The folders where the dynamic linker looks for what a file needs, in its order (ld.so(8)). */
export function searchFolders(file: Needing, { executable, environment, cwd, configured }: Places): string[] {
  const own = (list: string | null): string[] => folders(list, { origin: dirname(file.path), cwd });
  const { rpath, runpath, machine, flags1 } = file.elf;
  // DT_RPATH also serves what the file's needs need; the executable's serves everybody.
  const inherited =
    executable !== null && executable.elf.runpath === null
      ? folders(executable.elf.rpath, { origin: dirname(executable.path), cwd })
      : [];
  const multiarch = MULTIARCH.get(machine);
  const places = multiarch === undefined ? [] : [`/lib/${multiarch}`, `/usr/lib/${multiarch}`];
  const defaults = [...configured, ...places, '/lib64', '/usr/lib64', '/lib', '/usr/lib'];
  return [
    ...(runpath === null ? [...own(rpath), ...inherited] : []),
    ...folders(environment.LD_LIBRARY_PATH ?? null, { origin: null, cwd }),
    ...own(runpath),
    ...(flags1.noDefaultLib ? [] : defaults),
  ];
}

/** The folders of a list with colons; those with other marks than $ORIGIN are passed over. */
function folders(list: string | null, { origin, cwd }: { origin: string | null; cwd: string }): string[] {
  if (list === null || list === '') return [];
  return list.split(/[:;]/).flatMap((entry) => {
    const folder = origin === null ? entry : entry.replaceAll(/\$(?:ORIGIN\b|\{ORIGIN\})/g, () => origin);
    return folder.includes('$') ? [] : [resolve(cwd, folder)];
  });
}

const MOST_FILES = 100;

/** The folders that /etc/ld.so.conf names, with what it includes (ldconfig(8)); empty where there is none. */
export async function configuredFolders(root = '/etc/ld.so.conf'): Promise<string[]> {
  const found: string[] = [];
  const files = new Set([root]);
  for (const file of files) {
    if (files.size > MOST_FILES) break;
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      const entry = line.replace(/#.*/, '').trim();
      const included = /^include\s+(.+)$/.exec(entry)?.[1];
      if (included !== undefined) for (const each of await matching(included, dirname(file))) files.add(each);
      else if (isAbsolute(entry)) found.push(entry);
    }
  }
  return found;
}

/** The files that a pattern means, sorted; stars in file names are enough for every system's own pattern. */
async function matching(pattern: string, folder: string): Promise<string[]> {
  const path = isAbsolute(pattern) ? pattern : join(folder, pattern);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.includes('*')) return [path];
  const parts = name.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  const names = await readdir(dirname(path)).catch((): string[] => []);
  return names
    .filter((each) => expression.test(each))
    .sort()
    .map((each) => join(dirname(path), each));
}
