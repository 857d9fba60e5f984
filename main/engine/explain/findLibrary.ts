import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, join, relative, resolve, sep } from 'node:path';
import { lastPart } from '../elf/linkage.ts';
import { run } from '../run.ts';
import { readLinkedFile } from '../workspace/elfFile.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { LibraryPlace, LibrarySearch } from './missingLibrary.ts';

/** What the dynamic linker said when it gave up: the library, and its complaint. */
const GAVE_UP = /error while loading shared libraries: (?<name>[^:]+): (?<complaint>.+)$/m;

/** The library that the linker could not take, by what the program wrote; null where it says nothing of the kind. Pure. */
export function missingIn(text: string): { name: string; complaint: string } | null {
  const found = GAVE_UP.exec(text)?.groups;
  if (found === undefined) return null;
  return { name: found.name ?? '', complaint: (found.complaint ?? '').trim() };
}

type Watched = Pick<Workspace, 'program' | 'files' | 'root' | 'targetDirectory' | 'serverEnvironment'>;

/** Looks where a library really is, who needs it, and what keeps the linker from it. */
export async function findLibrary(
  { name, complaint }: { name: string; complaint: string },
  workspace: Watched,
  endedAt: number,
): Promise<LibrarySearch> {
  const file = lastPart(name);
  const [places, secure, maker] = await Promise.all([
    placesOf(file, workspace),
    whySecure(workspace.program.file, workspace.root),
    makerOf(file, workspace),
  ]);
  return {
    name,
    complaint,
    neededBy: neededBy(file, workspace),
    maker,
    places,
    secure,
    program: workspace.program.file,
    endedAt,
  };
}

async function makerOf(file: string, { files }: Watched): Promise<LibrarySearch['maker']> {
  for (const [name, path] of files) {
    if (basename(path) !== file) continue;
    const found = await stat(path).catch(() => null);
    return { package: name, file: path, isThere: found !== null };
  }
  return null;
}

function neededBy(file: string, { files }: Watched): string | null {
  for (const [name, path] of files) {
    if (readLinkedFile(path)?.needed.some((each) => lastPart(each) === file)) return name;
  }
  return null;
}

/** Folders of one toolchain that hold shared libraries. */
const TOOLCHAIN_LIBRARIES = ['lib', join('lib', 'rustlib')];
/** `out/build/lib` and the like: what build scripts of C libraries make. */
const DEEPEST_OUT = 3;
const MOST_FOLDERS = 4_000;

async function placesOf(file: string, workspace: Watched): Promise<LibraryPlace[]> {
  const { serverEnvironment: env, targetDirectory, root } = workspace;
  const searched = (env.LD_LIBRARY_PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => resolve(root, folder));
  const [below, ofToolchains] = await Promise.all([targetFolders(targetDirectory), toolchainFolders(env)]);
  const candidates: Omit<LibraryPlace, 'changedAt'>[] = [
    ...searched.map((folder) => ({ kind: 'searched' as const, folder, toolchain: null })),
    ...below.map((folder) => ({
      kind: isOut(relative(targetDirectory, folder)) ? ('build-script' as const) : ('target' as const),
      folder,
      toolchain: null,
    })),
    ...ofToolchains.map(({ folder, toolchain }) => ({ kind: 'toolchain' as const, folder, toolchain })),
  ];
  const seen = new Set<string>();
  const places: LibraryPlace[] = [];
  for (const place of candidates) {
    if (seen.has(place.folder)) continue;
    seen.add(place.folder);
    const found = await stat(join(place.folder, file)).catch(() => null);
    if (found?.isFile() === true) places.push({ ...place, changedAt: found.ctimeMs });
  }
  return places;
}

/** Whether a folder below the target directory is a build script's, `debug/build/sky-0f3a/out/lib`. */
const isOut = (path: string): boolean => {
  const parts = path.split(sep);
  return parts.includes('build') && parts.includes('out');
};

const foldersIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((each) => each.isDirectory()).map((each) => join(folder, each.name));
};

/** Profiles' folders, with or without a target's before them, their `deps`, and the outputs of their build scripts. */
async function targetFolders(target: string): Promise<string[]> {
  const first = await foldersIn(target);
  const profiles = [...first, ...(await Promise.all(first.map(foldersIn))).flat()];
  const folders = [...profiles];
  for (const script of (await Promise.all(profiles.map((each) => foldersIn(join(each, 'build'))))).flat()) {
    let level = [join(script, 'out')];
    for (let depth = 0; depth <= DEEPEST_OUT && folders.length < MOST_FOLDERS; depth += 1) {
      folders.push(...level);
      level = (await Promise.all(level.map(foldersIn))).flat();
    }
  }
  return folders;
}

async function toolchainFolders(
  env: Workspace['serverEnvironment'],
): Promise<{ folder: string; toolchain: string }[]> {
  const home = join(env.RUSTUP_HOME ?? join(homedir(), '.rustup'), 'toolchains');
  const toolchains = await foldersIn(home);
  const all = await Promise.all(
    toolchains.map(async (toolchain) => {
      const [lib = '', rustlib = ''] = TOOLCHAIN_LIBRARIES.map((each) => join(toolchain, each));
      const targets = (await foldersIn(rustlib)).map((each) => join(each, 'lib'));
      return [lib, ...targets].map((folder) => ({ folder, toolchain: basename(toolchain) }));
    }),
  );
  return all.flat();
}

const SET_ID = { user: 0o4000, group: 0o2000 };
/** Where getcap may be besides the PATH: in no user's, on Debian. */
const GETCAP = ['getcap', '/usr/sbin/getcap', '/sbin/getcap'];

/**
 * Why the kernel would run a program securely, so that the linker ignores LD_LIBRARY_PATH (ld.so(8), AT_SECURE): a
 * sentence; null where nothing shows it. Root gets no capabilities of a file that it would not have.
 */
async function whySecure(program: string, cwd: string): Promise<string | null> {
  const status = await stat(program).catch(() => null);
  if (status === null) return null;
  const why = (what: string): string => `The program ${what}, so the linker ignores LD_LIBRARY_PATH.`;
  if ((status.mode & SET_ID.user) !== 0 && status.uid !== process.getuid?.())
    return why('has the set-user-ID bit');
  if ((status.mode & SET_ID.group) !== 0 && status.gid !== process.getgid?.())
    return why('has the set-group-ID bit');
  if (process.getuid?.() === 0) return null;
  for (const command of GETCAP) {
    const answer = await run(command, [program], { cwd, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } });
    if (!answer.ok) continue;
    const capabilities = answer.value.stdout.replace(program, '').trim();
    return capabilities === '' ? null : why(`has file capabilities (${capabilities.replace(/^= /, '')})`);
  }
  return null;
}
