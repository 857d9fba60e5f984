import type { ModuleGraph, Moves } from '#shared/contract.ts';
import { lastPart } from '../../elf/linkage.ts';
import type { Image } from '../../process/images.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { BinaryFile, LoadingFile } from '../binaryFile.ts';
import type { BuildEnd, BuiltFile } from '../torn.ts';
import type { UnusableFile } from '../unusable.ts';
import type { BinaryCache } from './binaryCache.ts';
import { findNeeds } from './needs.ts';
import { binaryFile, foreignName, nameOf, type UsableFile } from './workspaceFiles.ts';

/** What is planned, and on what ground. */
export interface Scene {
  workspace: Workspace;
  graph: ModuleGraph;
  moves: Moves;
  /** The images of each module as they were told apart (null: they were not), by node name. */
  modules: ReadonlyMap<string, readonly Image[]> | null;
  /** How the build ended that last touched the files; null while one runs: then files on disk say nothing yet. */
  build: BuildEnd | null;
}

/** A file of the workspace as it is to be loaded. */
export const loadingFile = ({ node, path, binary }: UsableFile, isPresumed: boolean): LoadingFile => ({
  ...binaryFile(nameOf(node), path, binary),
  role: node.role,
  isPresumed,
});

export const builtFiles = (files: readonly UsableFile[]): BuiltFile[] =>
  files.map(({ node, path, binary, modifiedAt }) => {
    const { names, needed } = binaryFile(nameOf(node), path, binary);
    return { ...nameOf(node), names, needed, modifiedAt };
  });

/** Looks for the libraries that come along with files to be loaded, beside those that are there already. */
export async function comingAlong(
  { workspace }: Scene,
  cache: BinaryCache,
  look: {
    usable: readonly UsableFile[];
    loading: readonly UsableFile[];
    there: readonly BinaryFile[];
    unusable: readonly UnusableFile[];
  },
): Promise<{ found: BinaryFile[]; missing: UnusableFile[] }> {
  const { usable, loading, there, unusable } = look;
  const program = usable.find((file) => file.node.role === 'executable');
  const needs = await findNeeds(
    loading.map(({ node, path, binary }) => ({ path, elf: binary.elf, label: node.label })),
    {
      cache,
      cwd: workspace.root,
      environment: workspace.serverEnvironment,
      executable: program === undefined ? null : { path: program.path, elf: program.binary.elf },
      known: [...there, ...unusable].flatMap((file) => file.names),
    },
  );
  const nodes = new Map(usable.map((file) => [file.path, file.node]));
  return {
    found: needs.found.map(({ path, binary }) => {
      const node = nodes.get(path);
      return binaryFile(node === undefined ? foreignName(path) : nameOf(node), path, binary);
    }),
    missing: [...needs.missing].map(([name, neededBy]) => ({
      ...foreignName(name),
      names: [lastPart(name)],
      problem: { kind: 'missing', neededBy },
      isAwaited: false,
    })),
  };
}
