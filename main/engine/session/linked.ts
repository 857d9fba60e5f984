import { byName, neededBy } from '../foresight/linkage.ts';
import { readLinkedFile } from '../workspace/elfFile.ts';
import { linkedLibraries } from '../workspace/roles.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What the linked files say about the way in which the program and its modules come together. */
export interface Linked {
  /** Does the program need `libstd-*.so`? Null where it is not built, or is a script. */
  programNeedsStd: boolean | null;
  /** Does one of the modules? */
  modulesNeedStd: boolean;
  /** Libraries of the workspace that the program does not open but is linked to, by package. */
  byProgram: ReadonlySet<string>;
}

const STANDARD = /^libstd-.*\.so$/;
const needsStd = ({ needed }: { needed: readonly string[] }): boolean =>
  needed.some((name) => STANDARD.test(name));

/** Reads the program and the libraries of a workspace, as far as they are built. */
export function readLinked(workspace: Workspace, modules: readonly string[]): Linked {
  const program = readLinkedFile(workspace.program.file);
  const libraries = linkedLibraries(workspace, readLinkedFile);
  const linked = program === null ? [] : [...neededBy(program, byName(libraries))];
  return {
    programNeedsStd: program === null ? null : needsStd(program),
    modulesNeedStd: libraries.some((library) => modules.includes(library.package) && needsStd(library)),
    byProgram: new Set(linked.map((library) => library.package)),
  };
}
