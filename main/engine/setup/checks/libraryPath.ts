import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Check } from '#shared/contract.ts';
import { sysrootOf } from '../../rust/toolchains.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

export interface LibraryPathFacts {
  /** Where libstd-*.so of the toolchain lies; null where that isn't known. */
  libdir: string | null;
  outputDirectory: string;
  /** The folders on LD_LIBRARY_PATH, and how many Rust standard libraries lie in each; null where that can't be seen. */
  folders: { folder: string; standardLibraries: number | null }[];
}

const check = about({
  id: 'library-path',
  group: 'server',
  title: 'LD_LIBRARY_PATH',
  why: 'The program looks for the modules and for Rust\'s standard library (libstd-….so) there; without it the start ends with "cannot open shared object file". libstd from another toolchain won\'t work: its file name differs.',
});

/** Would the server find its libraries? Pure. */
export function libraryPathCheck({ libdir, outputDirectory, folders }: LibraryPathFacts): Check {
  const own = 'Hotdeck sets it for what it starts.';
  if (libdir === null) {
    return check.unknown(
      `${own} What a terminal would need is not known: the toolchain's libstd was not found.`,
    );
  }
  const line = `export LD_LIBRARY_PATH="${[outputDirectory, join(outputDirectory, 'deps'), libdir].join(delimiter)}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`;
  const toolchains = folders.filter(({ folder }) => /\/(\.rustup|rustup)\/toolchains\//.test(`${folder}/`));
  const empty = toolchains.find((each) => each.standardLibraries === 0);
  if (empty !== undefined) {
    return check.warning(
      `${own} The one of this environment names ${empty.folder}, where no libstd lies.`,
      `To start the server in a terminal: ${line}`,
    );
  }
  const other = toolchains.find(({ folder }) => toolchainOf(folder) !== toolchainOf(libdir));
  if (other !== undefined) {
    return check.warning(
      `${own} The one of this environment names ${other.folder}, which is not the active toolchain's.`,
      `To start the server in a terminal: ${line}`,
    );
  }
  return check.ok(`${own} A terminal may need: ${line}`);
}

/** Looks into the folders on the path. */
export async function gatherLibraryPath({
  env,
  toolchains,
  outputDirectory,
}: Scene): Promise<LibraryPathFacts> {
  const sysroot = sysrootOf(toolchains);
  const known = toolchains.kind === 'rustup' || toolchains.kind === 'plain';
  const guess = sysroot === null || !known ? null : join(sysroot, 'lib', 'rustlib', toolchains.host, 'lib');
  const paths = (env.LD_LIBRARY_PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = await Promise.all(
    paths.map(async (folder) => ({ folder, standardLibraries: await standardLibraries(folder) })),
  );
  const libdir = guess !== null && ((await standardLibraries(guess)) ?? 0) > 0 ? guess : null;
  return { libdir, outputDirectory, folders };
}

/** `/r/toolchains/stable` of any folder in it. */
const toolchainOf = (folder: string): string =>
  /^.*?\/toolchains\/[^/]+/.exec(folder)?.[0] ?? folder.replace(/\/$/, '');

const standardLibraries = async (folder: string): Promise<number | null> => {
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  return names.filter((name) => /^libstd-[0-9a-f]+\.so$/.test(name)).length;
};
