import { byName, neededBy } from '../../elf/linkage.ts';
import { readLinkedFile } from '../../workspace/elfFile.ts';
import { linkedLibraries } from '../../workspace/roles.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Reads which libraries of a workspace its program is linked to, instead of opening them: by package. */
export function readLinked(workspace: Workspace): ReadonlySet<string> {
  const program = readLinkedFile(workspace.program.file);
  if (program === null) return new Set();
  const libraries = linkedLibraries(workspace, readLinkedFile);
  return new Set([...neededBy(program, byName(libraries))].map((library) => library.package));
}
