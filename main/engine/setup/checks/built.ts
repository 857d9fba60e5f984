import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Check, Kind } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import { readLinkedFile } from '../../workspace/elfFile.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

interface BuiltFile {
  /** Package. */
  name: string;
  /** Its file's name. */
  file: string;
  /** null where it is not built, or is no ELF file. */
  needed: readonly string[] | null;
}

export interface BuiltFacts {
  program: BuiltFile | null;
  libraries: readonly BuiltFile[];
  /** The file of the program was built after the setup last changed a manifest; null where nobody can tell. */
  profile: string;
  kind: Kind;
  /** Modules that a server has had open: they can be opened, whatever the files look like. */
  running: ReadonlySet<string>;
}

const shared = about({
  id: 'built',
  group: 'server',
  title: 'What the last build made',
  why: 'Modules that share the standard library name it as a file of its own (libstd-….so). A module without it may have its own statically linked copy, and is then incompatible with the rest.',
});
const alone = about({
  id: 'built',
  group: 'server',
  title: 'What the last build made',
  why: 'A library that is opened as it is needs nothing of the program, and each has a standard library of its own.',
});

const STANDARD = /^libstd-[0-9a-f]+\.so$/;
const sharesStd = (needed: readonly string[]): boolean => needed.some((name) => STANDARD.test(name));

/** What the built files themselves say: the proof on a toolchain that can't be asked before. Pure. */
export function builtCheck(facts: BuiltFacts): Check {
  const { program, profile, kind } = facts;
  const check = kind === 'hot-lib-reloader' || kind === 'c-interface' ? alone : shared;
  if (program !== null && program.needed === null) {
    return check.unknown(
      `${program.file} is there, but can't be read as a program (${profile}).`,
      'Build again; a link, a script or a file without permission to read says nothing.',
    );
  }
  if (program === null || program.needed === null) {
    return check.unknown(`The server is not built yet (${profile}): after a build its files tell.`, 'Build.');
  }
  const built = facts.libraries.filter((each) => each.needed !== null);
  if (check === alone) return ownCheck(program.needed, built, kind);
  return sharedCheck({ ...program, needed: program.needed }, built, facts);
}

function ownCheck(program: readonly string[], built: readonly BuiltFile[], kind: Kind): Check {
  if (built.length === 0) return alone.unknown('No library of the workspace is built yet.', 'Build.');
  const sharing = built.filter(({ needed }) => sharesStd(needed ?? []));
  const names = list(built.map(({ name }) => name));
  // A dylib always names the standard library; a cdylib, and a program, only by -Cprefer-dynamic.
  if (sharing.length > 0 && (kind === 'c-interface' || sharesStd(program))) {
    const some = list(sharing.map(({ name }) => name));
    return alone.warning(
      `${some} ${plural(sharing.length, 'needs', 'need')} ${kind === 'c-interface' ? 'the standard library as a file of its own' : 'the same standard library as the program'}. A library that leaves a thread-local behind can then crash the program once it is unloaded (rust-lang/rust#88737).`,
      'Take -Cprefer-dynamic out of the flags (if Hotdeck put it there, revert the setup), and build again.',
    );
  }
  return alone.ok(`${names} ${plural(built.length, 'is', 'are')} built, and nothing else is needed.`);
}

function sharedCheck(
  program: BuiltFile & { needed: readonly string[] },
  built: readonly BuiltFile[],
  facts: BuiltFacts,
): Check {
  const check = shared;
  const { running, kind } = facts;
  if (built.length === 0 && facts.libraries.length > 0 && !sharesStd(program.needed)) {
    return check.unknown('None of the libraries is built, or can be read.', 'Build the whole workspace.');
  }
  if (built.length === 0) {
    return sharesStd(program.needed)
      ? check.warning(
          'The program shares the standard library, but none of its modules is built.',
          'Build the whole workspace.',
        )
      : check.problem(
          'The program was built in one piece: it has no modules, and a reload signal may shut it down.',
          'Build again with the setup applied and its flags in force.',
        );
  }
  const all = [program, ...built];
  const names = new Set(all.flatMap((each) => each.needed?.filter((name) => STANDARD.test(name)) ?? []));
  const holders = all.filter(
    ({ needed }) => needed !== null && !sharesStd(needed) && !linksTo(needed, built),
  );
  const holder = holders[0];
  if (holder !== undefined && holders.length === 1 && names.size === 0 && all.length > 1) {
    return check.ok(`All share the standard library that is inside of ${holder.name}.`);
  }
  if (holders.length > 0) {
    const seen = `${list(holders.map((each) => each.name))} ${plural(holders.length, 'has', 'have')} a standard library inside, instead of sharing one.`;
    if (kind === 'unknown' && running.size === 0) {
      return check.unknown(seen, 'That matters only where modules and program exchange Rust types.');
    }
    return running.size > 0
      ? check.warning(
          `${seen} The server has opened ${list([...running])} all the same.`,
          'If modules and program exchange Rust types, see to it that -Cprefer-dynamic reaches the build.',
        )
      : check.problem(seen, 'Build again; if it stays, -Cprefer-dynamic does not reach the build.');
  }
  if (names.size > 1) {
    return check.problem(
      `The files name different standard libraries: ${list([...names])}. They are probably of different toolchains.`,
      'Build everything again with one toolchain and one set of flags.',
    );
  }
  return check.ok(
    `The program and ${built.length === 1 ? 'its module share' : `all ${built.length} modules share`} ${[...names].join('')}.`,
  );
}

/** A file may leave libstd to the modules that it is linked to (`--as-needed`). */
const linksTo = (needed: readonly string[], libraries: readonly BuiltFile[]): boolean =>
  needed.some((name) => libraries.some(({ file }) => file === name));

/** Reads the program and the modules that were built last. */
export async function gatherBuilt({
  workspace,
  outputDirectory,
  kind,
  running,
}: Scene): Promise<BuiltFacts | null> {
  if (workspace === null) return null;
  const fileOf = (name: string, path: string): BuiltFile => ({
    name,
    file: basename(path),
    needed: readLinkedFile(path)?.needed ?? null,
  });
  const { program, libraries } = workspace;
  const exists = await stat(program.file).catch(() => null);
  return {
    program: exists === null ? null : fileOf(program.package, program.file),
    libraries: libraries.map((each) => fileOf(each.package, each.path)),
    profile: outputDirectory,
    kind: kind?.kind ?? 'unknown',
    running,
  };
}
