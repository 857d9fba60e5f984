import { setImmediate } from 'node:timers/promises';
import type { Double, ModuleGraph } from '#shared/contract.ts';
import { type Contents, contentsOf } from '../cargo/doubles/contents.ts';
import { type FileState, readFileState } from '../cargo/doubles/crateVariables.ts';
import { candidates, findDoubles } from '../cargo/doubles/doubles.ts';
import { byName, neededBy } from '../elf/linkage.ts';
import { readLinkedFile } from './elfFile.ts';
import { linkedLibraries } from './roles.ts';
import type { Workspace } from './workspace.ts';

const STANDARD_FILE = /^libstd-.*\.so$/;

/**
 * Reads which crates with state exist several times among the program and its libraries. Only files that may have such a
 * copy inside are read, one at a time, so that nobody else has to wait.
 */
export async function readDoubles(
  workspace: Workspace,
  graph: Pick<ModuleGraph, 'nodes'>,
): Promise<Double[]> {
  const { packages, files, program } = workspace;
  const libraries = linkedLibraries(workspace, readLinkedFile);
  const known = byName(libraries);
  const linked = new Map(libraries.map((each) => [each.package, each]));
  const built = new Map(
    [...files].flatMap(([node, path]) => {
      const file = readLinkedFile(path);
      return file === null ? [] : [[node, file] as const];
    }),
  );
  const linksTo = (node: string, library: string): boolean | null => {
    const file = built.get(node);
    const other = linked.get(library);
    return file === undefined || other === undefined ? null : neededBy(file, known).has(other);
  };
  // The program first: what is there was there before. Of several programs one is the server.
  const all = contentsOf(packages.crates, linksTo);
  const contents = new Map(
    [program.node, ...linked.keys()].flatMap((node): [string, Contents][] => {
      const inside = all.get(node);
      return inside === undefined ? [] : [[node, inside]];
    }),
  );
  const twice = candidates(contents);
  const states = new Map<string, FileState | null>();
  for (const [node, inside] of contents) {
    const path = files.get(node);
    if (path === undefined || ![...inside.keys()].some((name) => twice.has(name))) continue;
    states.set(node, readFileState(path));
    await setImmediate();
  }
  return findDoubles({
    contents,
    states,
    hasStandardLibrary: (node) => {
      const file = built.get(node);
      return file === undefined ? null : !file.needed.some((each) => STANDARD_FILE.test(each));
    },
    label: (node) => graph.nodes.find((each) => each.name === node)?.label ?? node,
  });
}
