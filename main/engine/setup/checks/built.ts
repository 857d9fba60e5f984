import { stat } from 'node:fs/promises';
import type { Check } from '../../../../preload/contract.ts';
import { readLinkedFile } from '../../workspace/elfFile.ts';
import { about, listed } from './check.ts';
import type { Scene } from './input.ts';

export interface BuiltFile {
  /** Package. */
  name: string;
  /** null where it is not built, or is no ELF file. */
  needed: readonly string[] | null;
}

export interface BuiltFacts {
  program: BuiltFile | null;
  libraries: readonly BuiltFile[];
  /** The file of the program was built after the set-up last changed a manifest; null where nobody can tell. */
  profile: string;
}

const check = about({
  id: 'built',
  group: 'server',
  title: 'What the last build made',
  why: 'Modules that share the standard library name it as a file of its own (libstd-….so). Where one does not, it has a copy inside, and so has whoever else: they do not go together.',
});

const sharesStd = (needed: readonly string[]): boolean =>
  needed.some((name) => /^libstd-[0-9a-f]+\.so$/.test(name));

/** What the built files themselves say: the proof on a toolchain that can't be asked before. Pure. */
export function builtCheck({ program, libraries, profile }: BuiltFacts): Check {
  if (program === null || program.needed === null) {
    return check.unknown(`The server is not built yet (${profile}): after a build its files tell.`, 'Build.');
  }
  const built = libraries.filter((each) => each.needed !== null);
  if (built.length === 0) {
    return sharesStd(program.needed)
      ? check.warning(
          'The program shares the standard library, but none of its modules is built.',
          'Build the whole workspace.',
        )
      : check.problem(
          'The program was built in one piece: it has no modules, and a reload signal may shut it down.',
          'Apply the set-up and build again.',
        );
  }
  const names = new Set(built.flatMap((each) => each.needed?.filter((name) => sharesStd([name])) ?? []));
  const alone = [program, ...built].filter(
    (each) => each.needed !== null && !sharesStd(each.needed) && !linksTo(each, built),
  );
  if (alone.length > 0) {
    return check.problem(
      `${listed(alone.map((each) => each.name))} ${alone.length === 1 ? 'has' : 'have'} a standard library inside, instead of sharing one.`,
      'Build again; if it stays, -Cprefer-dynamic does not reach the build.',
    );
  }
  if (names.size > 1) {
    return check.problem(
      `The files name different standard libraries: ${listed([...names])}. They are of different toolchains.`,
      'Build everything again with one toolchain.',
    );
  }
  return check.ok(
    `The program and ${built.length === 1 ? 'its module share' : `all ${built.length} modules share`} ${[...names].join('')}.`,
  );
}

/** A file may leave libstd to the modules that it is linked to (`--as-needed`). */
const linksTo = (file: BuiltFile, libraries: readonly BuiltFile[]): boolean =>
  file.needed?.some((name) => libraries.some((each) => `lib${each.name.replaceAll('-', '_')}.so` === name)) ??
  false;

/** Reads the program and the modules that were built last. */
export async function gatherBuilt({ workspace, outputDirectory }: Scene): Promise<BuiltFacts | null> {
  if (workspace === null) return null;
  const fileOf = (name: string, path: string): BuiltFile => ({
    name,
    needed: readLinkedFile(path)?.needed ?? null,
  });
  const { program, libraries } = workspace;
  const exists = await stat(program.file).catch(() => null);
  return {
    program: exists === null ? null : fileOf(program.package, program.file),
    libraries: libraries.map((each) => fileOf(each.package, each.path)),
    profile: outputDirectory,
  };
}
