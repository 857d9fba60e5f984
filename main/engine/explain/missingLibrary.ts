/** Why a program did not start: the dynamic linker could not take a library. What was found of it, and in words. Pure. */

/** A file with the library's name. */
export interface LibraryPlace {
  kind: /** In a folder that LD_LIBRARY_PATH names. */
    | 'searched'
    /** Where a build script put it. */
    | 'build-script'
    /** Elsewhere below the target directory. */
    | 'target'
    /** Of an installed toolchain. */
    | 'toolchain';
  /** The folder. */
  folder: string;
  /** The toolchain's name, for one of those. */
  toolchain: string | null;
  /** When the file was put there, ms since the epoch. */
  changedAt: number;
}

export interface LibrarySearch {
  /** As the linker names it: a file name, or a path. */
  name: string;
  /** The linker's complaint: `cannot open shared object file: No such file or directory`. */
  complaint: string;
  /** Who is linked to it, as far as the files say. */
  neededBy: string | null;
  /** The package of the workspace that makes it, and where its file has to be; null where none does. */
  maker: { package: string; file: string; isThere: boolean } | null;
  places: readonly LibraryPlace[];
  /** Why the linker ignores LD_LIBRARY_PATH for this program (ld.so(8)); null where nothing shows that it does. */
  secure: string | null;
  /** The program's own file. */
  program: string;
  /** When the server ended, ms since the epoch. */
  endedAt: number;
}

export interface LibraryReason {
  /** A sentence that goes on from "The server was not started: the linker did not find X." */
  reason: string;
  remedy: string | null;
  /** A build helps. */
  isBuilt: boolean;
}

/** Whether the linker says that there is no such file, and not that it is broken or closed. */
export const isAbsent = (complaint: string): boolean => /No such file or directory/.test(complaint);

const STD = /^lib(?:std|test|rustc_driver)-[0-9a-f]+\.so$/;
const SETTING = (folder: string): string => `hotdeck.json: "environment": { "LD_LIBRARY_PATH": "${folder}" }`;

/** Why the linker did not take the library, as far as that can be seen, and what helps. */
export function whyMissing(search: LibrarySearch): LibraryReason {
  const { name, complaint, maker, places, secure, endedAt } = search;
  if (!isAbsent(complaint)) return broken(search);
  const there = (kind: LibraryPlace['kind']): LibraryPlace | undefined =>
    places.find((place) => place.kind === kind);
  const searched = there('searched');
  if (searched !== undefined) {
    if (searched.changedAt > endedAt) {
      return { reason: `It is in ${searched.folder} now.`, remedy: 'Start the server.', isBuilt: false };
    }
    return ignored(search, searched);
  }
  if (maker !== null && !maker.isThere) {
    return {
      reason: `${maker.package} builds it, but its file ${maker.file} is missing.`,
      remedy: 'Build again.',
      isBuilt: true,
    };
  }
  if (STD.test(name)) return otherToolchain(search, there('toolchain'));
  const script = there('build-script');
  if (script !== undefined) {
    const note = secure === null ? '' : ` ${secure}`;
    return {
      reason: `A build script put it in ${script.folder}, where the linker does not look.${note}`,
      remedy: `Add that folder to the linker’s search path (${SETTING(script.folder)}), or link the program with an rpath.`,
      isBuilt: false,
    };
  }
  const place = there('target') ?? there('toolchain');
  if (place !== undefined) {
    return {
      reason: `It is in ${place.folder}, where the linker does not look.`,
      remedy: `Add that folder to the linker’s search path: ${SETTING(place.folder)}.`,
      isBuilt: false,
    };
  }
  return {
    reason:
      'No package in the workspace builds it, and it is in no folder of LD_LIBRARY_PATH, the target directory or the toolchains.',
    remedy: `Install the package that provides it, or add its folder: ${SETTING('…')}.`,
    isBuilt: false,
  };
}

function broken({ complaint, maker, name }: LibrarySearch): LibraryReason {
  if (/Permission denied/.test(complaint)) {
    return { reason: '', remedy: 'Make the file readable for the user who runs the server.', isBuilt: false };
  }
  if (maker === null) return { reason: '', remedy: `Replace it with a complete ${name}.`, isBuilt: false };
  const clean = `If cargo considers it finished, "cargo clean -p ${maker.package}" makes the next build replace it.`;
  return { reason: `${maker.package} builds it.`, remedy: `Build again. ${clean}`, isBuilt: true };
}

/** The file is where LD_LIBRARY_PATH says, and the linker did not look there. */
function ignored({ secure, program }: LibrarySearch, { folder }: LibraryPlace): LibraryReason {
  if (secure === null) {
    return {
      reason: `It is in ${folder}, which LD_LIBRARY_PATH names: what starts the program probably changes that variable.`,
      remedy: null,
      isBuilt: false,
    };
  }
  return {
    reason: `It is in ${folder}, which LD_LIBRARY_PATH names. ${secure}`,
    remedy: `Take that from the file (${program}), or link the program with an rpath: -C link-arg=-Wl,-rpath,${folder}`,
    isBuilt: false,
  };
}

function otherToolchain({ neededBy }: LibrarySearch, place: LibraryPlace | undefined): LibraryReason {
  const who = neededBy ?? 'what was built';
  return {
    reason:
      place === undefined
        ? `It is a toolchain's standard library, but no toolchain installed here has it: ${who} was built by one that is no longer installed.`
        : `It is the standard library of the toolchain ${place.toolchain ?? place.folder}: ${who} was built by that one, but another is now active.`,
    remedy: 'Build again: the active toolchain then builds everything.',
    isBuilt: true,
  };
}
