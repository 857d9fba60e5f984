import type { ModuleGraph } from '../../../preload/contract.ts';
import { buildModuleGraph } from '../graph/moduleGraph.ts';
import { type Result, success } from '../result.ts';
import { readLinkedFile } from './elfFile.ts';
import { findRoles } from './roles.ts';
import type { Workspace } from './workspace.ts';

/** Every Rust dylib of one process shares this library; rustc refuses to build them otherwise. */
const STANDARD_LIBRARY = 'std';

/** The module graph of a workspace: edges from the manifests, roles from the linked files where there are any. */
export function readWorkspaceGraph(workspace: Workspace): Result<ModuleGraph> {
  const { packages, program, libraries, modules } = workspace;
  const roles = findRoles(workspace, readLinkedFile);
  const crates = new Set<string>();
  const needsOf = (name: string, linked: readonly string[]): string[] => {
    const external = [...(packages.needs.get(name)?.crates ?? [])];
    if (libraries.length > 0) external.push(STANDARD_LIBRARY);
    for (const crate of external) crates.add(crate);
    return [...linked, ...external];
  };
  const nodes = [
    { name: program.package, kind: 'executable' as const, needs: needsOf(program.package, roles.linked) },
    ...libraries
      .filter((library) => library.package !== program.package)
      .map(({ package: name }) => ({
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
