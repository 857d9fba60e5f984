import { access, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ElsewhereFile } from '../elsewhere.ts';
import type { Scene } from './scene.ts';
import { nameOf } from './workspaceFiles.ts';

/** Finds modules that were opened from an output folder of cargo that is not the one that is built into now. */
export async function findElsewhere({ workspace, graph, modules }: Scene): Promise<ElsewhereFile[]> {
  if (modules === null) return [];
  const { node: program, file } = workspace.program;
  const started = modules.get(program)?.[0]?.path;
  const programIsElsewhere = started !== undefined && started !== (await real(file));
  const found = await Promise.all(
    graph.nodes.map(async (node): Promise<ElsewhereFile[]> => {
      const artifact = workspace.files.get(node.name);
      const images = modules.get(node.name) ?? [];
      if (artifact === undefined || node.name === program || images.length === 0) return [];
      const own = outputFolder(await real(artifact));
      // Of several, the one that was opened last is the one that runs.
      const opened = images.at(-1)?.path ?? '';
      const folder = outputFolder(opened);
      if (folder === own || folder === workspace.places.buildDirectory || !(await isOutputFolder(folder)))
        return [];
      const withProgram = programIsElsewhere && outputFolder(started) === folder;
      return [{ ...nameOf(node), opened, artifact, withProgram }];
    }),
  );
  return found.flat();
}

/** The folder of a profile: cargo puts what it makes on the way into a `deps` in it. */
const outputFolder = (file: string): string => {
  const folder = dirname(file);
  return basename(folder) === 'deps' ? dirname(folder) : folder;
};

/** The kernel names files without links on the way. */
const real = (file: string): Promise<string> =>
  realpath(dirname(file))
    .then((folder) => join(folder, basename(file)))
    .catch(() => file);

/** cargo leaves a lock file in each folder that it puts things into. */
const isOutputFolder = (folder: string): Promise<boolean> =>
  access(join(folder, '.cargo-lock')).then(
    () => true,
    () => false,
  );
