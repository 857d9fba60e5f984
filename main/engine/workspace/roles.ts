import type { ModuleGraph } from '#shared/contract.ts';
import { byName, linkedTo, neededBy } from '../elf/linkage.ts';
import type { LinkedFile } from './elfFile.ts';
import type { Workspace } from './workspace.ts';

export interface Roles {
  pinned: Set<string>;
  /** Libraries that the executable is linked to, as far as known. */
  linked: string[];
  from: ModuleGraph['rolesFrom'];
}

/** A library of the workspace; one that is not built has its name only. */
export interface LinkedLibrary extends LinkedFile {
  package: string;
}

/** The workspace's libraries as their files say. */
export const linkedLibraries = (
  { libraries }: Pick<Workspace, 'libraries'>,
  read: (file: string) => LinkedFile | null,
): LinkedLibrary[] =>
  libraries.map(({ package: name, file, path }) => {
    const linked = read(path) ?? { names: [file], needed: [], noDelete: false };
    return { ...linked, package: name };
  });

/**
 * Which libraries are pinned. The linked files are right about it; before the first build the manifests are
 * all there is, and they may name more than is linked in the end (`--as-needed`).
 * @param read gives what a built file is linked to, by absolute path.
 */
export function findRoles(workspace: Workspace, read: (file: string) => LinkedFile | null): Roles {
  const { libraries, packages, program, modules } = workspace;
  const executable = read(program.file);
  const files = linkedLibraries(workspace, read);
  const known = byName(files);
  const packageOf = (library: LinkedLibrary): string => library.package;
  const linked =
    executable === null
      ? (packages.needs.get(program.node)?.libraries ?? [])
      : linkedTo(executable, known).map(packageOf);

  if (modules !== null) {
    const named = new Set(modules.names);
    const pinned = libraries.map((library) => library.package).filter((name) => !named.has(name));
    return { pinned: new Set(pinned), linked: linked.filter((name) => !named.has(name)), from: 'settings' };
  }
  if (executable !== null) {
    // What can't be unloaded holds everything that it is linked to.
    const stuck = files.filter((library) => library.noDelete);
    const held = [executable, ...stuck].flatMap((file) => [...neededBy(file, known)]);
    const staying = [...stuck, ...held];
    return { pinned: new Set(staying.map(packageOf)), linked, from: 'artifacts' };
  }
  const names = libraries.map((library) => library.package);
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
