import type { Packages } from '../packages/packages.ts';

/** What lies in a file of the workspace, by package name: its version, and whether it is a member. */
export type Contents = ReadonlyMap<string, { version: string; isMember: boolean }>;

/**
 * Which crates are linked into each library and program as a whole. rustc takes a crate from a dylib that has it already, and
 * links a copy of it otherwise (https://doc.rust-lang.org/reference/linkage.html). Pure.
 * @param linksTo is a node's file linked to that library's file? Null where it is not built.
 */
export function contentsOf(
  { units, roots }: Packages['crates'],
  linksTo: (node: string, library: string) => boolean | null,
): Map<string, Contents> {
  const found = new Map<string, Contents>();
  const read = (node: string, root: string): Contents => {
    const known = found.get(node);
    if (known !== undefined) return known;
    const inside: Map<string, { version: string; isMember: boolean }> = new Map();
    // Before it is worked out: libraries that need each other must not be asked for ever.
    found.set(node, inside);
    const shared = new Set<string>();
    const reached = new Set([root]);
    for (const id of reached) {
      const unit = units.get(id);
      if (unit === undefined) continue;
      // What is linked to another library has its copy in there.
      if (id !== root && unit.library !== null && isShared(node, unit.library, unit.isInlined, linksTo)) {
        shared.add(unit.library);
        continue;
      }
      if (id !== root && !unit.isInlined) continue;
      // A program beside the library of its own package.
      if (id === root && unit.library !== null && unit.library !== node) {
        if (isShared(node, unit.library, unit.isInlined, linksTo)) shared.add(unit.library);
      }
      inside.set(unit.name, { version: unit.version, isMember: unit.isMember });
      for (const next of unit.needs) reached.add(next);
    }
    for (const library of shared) {
      const of = roots.get(library);
      if (of !== undefined && library !== node)
        for (const name of read(library, of).keys()) inside.delete(name);
    }
    return inside;
  };
  for (const [node, root] of roots) read(node, root);
  return found;
}

/** A crate that is an rlib too is linked as that, unless the file says otherwise: so it is without `-Cprefer-dynamic`. */
const isShared = (
  node: string,
  library: string,
  isInlined: boolean,
  linksTo: (node: string, library: string) => boolean | null,
): boolean => !isInlined || (linksTo(node, library) ?? false);
