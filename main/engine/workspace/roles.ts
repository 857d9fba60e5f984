import type { ModuleGraph } from '../../../preload/contract.ts';
import type { LinkedFile } from './elfFile.ts';
import type { Workspace } from './workspace.ts';

export interface Roles {
  pinned: Set<string>;
  /** Libraries that the executable is linked to, as far as known. */
  linked: string[];
  from: ModuleGraph['rolesFrom'];
}

/**
 * Which libraries are pinned. The linked files are right about it; before the first build the manifests are
 * all there is, and they may name more than is linked in the end (`--as-needed`).
 * @param read gives what a built file is linked to, by absolute path.
 */
export function findRoles(workspace: Workspace, read: (file: string) => LinkedFile | null): Roles {
  const { libraries, packages, program, modules, outputDirectory } = workspace;
  const packageOf = new Map(libraries.map((library) => [library.file, library.package]));
  const fileOf = new Map(libraries.map((library) => [library.package, library.file]));
  const executable = read(program.file);
  const neededBy = (linked: LinkedFile | null): string[] =>
    (linked?.needed ?? []).flatMap((file) => packageOf.get(file) ?? []);
  const linkedLibrary = (name: string): LinkedFile | null => read(`${outputDirectory}/${fileOf.get(name)}`);
  const linked =
    executable === null ? (packages.needs.get(program.package)?.libraries ?? []) : neededBy(executable);

  if (modules !== null) {
    const named = new Set(modules.names);
    const pinned = libraries.map((library) => library.package).filter((name) => !named.has(name));
    return { pinned: new Set(pinned), linked: linked.filter((name) => !named.has(name)), from: 'settings' };
  }
  const names = libraries.map((library) => library.package);
  if (executable !== null) {
    // What can't be unloaded holds everything that it is linked to.
    const staying = names.filter((name) => linkedLibrary(name)?.noDelete);
    const pinned = closure([...linked, ...staying], (name) => neededBy(linkedLibrary(name)));
    return { pinned, linked, from: 'artifacts' };
  }
  const declared = (name: string): readonly string[] => packages.needs.get(name)?.libraries ?? [];
  let pinned = closure(linked, declared);
  // A program that names every library of its workspace opens most of them: only the bottom ones must be linked.
  if (pinned.size === names.length) pinned = new Set(names.filter((name) => declared(name).length === 0));
  return { pinned, linked: linked.filter((name) => pinned.has(name)), from: 'manifests' };
}

function closure(start: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const reached = new Set(start);
  for (const name of reached) for (const each of next(name)) reached.add(each);
  return reached;
}
