import type { ModuleGraph } from '#shared/contract.ts';
import { buildModuleGraph } from '../graph/moduleGraph.ts';
import { type Result, success } from '../result.ts';
import { readLinkedFile } from './elfFile.ts';
import { findRoles } from './roles.ts';
import type { Workspace } from './workspace.ts';

/** Every Rust dylib of one process shares this library; rustc refuses to build them otherwise. */
const STANDARD_LIBRARY = 'std';
const STANDARD_FILE = /^libstd-.*\.so$/;

/** The module graph of a workspace: edges from the manifests, roles from the linked files where there are any. */
export function readWorkspaceGraph(workspace: Workspace): Result<ModuleGraph> {
  const { packages, program, libraries, modules } = workspace;
  const roles = findRoles(workspace, readLinkedFile);
  const crates = new Set<string>();
  const needsOf = (name: string, linked: readonly string[]): string[] => {
    const external = [...(packages.needs.get(name)?.crates ?? [])];
    if (sharesStandardLibrary(workspace, name)) external.push(STANDARD_LIBRARY);
    for (const crate of external) crates.add(crate);
    return [...linked, ...external];
  };
  const nodes = [
    { name: program.node, kind: 'executable' as const, needs: needsOf(program.node, roles.linked) },
    ...libraries.map(({ package: name }) => ({
      name,
      kind: 'library' as const,
      needs: needsOf(name, packages.needs.get(name)?.libraries ?? []),
    })),
  ];
  const externals = [...crates].sort().map((name) => ({ name, kind: 'external' as const, needs: [] }));
  const built = buildModuleGraph({
    packages: [...nodes, ...externals],
    pinned: roles.pinned,
    rolesFrom: roles.from,
    ...(modules === null ? {} : { order: [...modules.names] }),
  });
  return built.ok ? success(built.graph) : built;
}

/**
 * Is a node linked to the shared standard library, or will it be? A file that does not need it has its own inside. Before
 * the first build: what exchanges Rust types with others (a dylib, and a program with any) can only be built that way.
 */
function sharesStandardLibrary({ libraries, files, program }: Workspace, name: string): boolean {
  const file = files.get(name);
  const linked = file === undefined ? null : readLinkedFile(file);
  if (linked !== null) return linked.needed.some((each) => STANDARD_FILE.test(each));
  const dylibs = libraries.filter(({ crateTypes }) => crateTypes.includes('dylib'));
  return name === program.node ? dylibs.length > 0 : dylibs.some((each) => each.package === name);
}
