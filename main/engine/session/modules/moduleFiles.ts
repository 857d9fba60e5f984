import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ModuleFile } from '../../process/attribution.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** The files of a workspace, as images are told to be of them. */
export const moduleFiles = ({ files, program, places }: Workspace): ModuleFile[] =>
  [...files].map(([name, path]) => ({
    name,
    path,
    others: otherNames(path, places.buildDirectory),
    soname: null,
    isProgram: name === program.node,
  }));

/**
 * By which names the kernel may know a file that cargo put there: the one that cargo linked, in the build directory, and
 * both without links on the way, as memory maps have them.
 */
function otherNames(path: string, buildDirectory: string): string[] {
  const linked = join(buildDirectory, 'deps', basename(path));
  return [linked, join(dirname(path), 'deps', basename(path)), ...[path, linked].map(withoutLinks)];
}

function withoutLinks(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    // Not there before the first build.
    return path;
  }
}
