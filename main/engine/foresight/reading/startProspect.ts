import { byName, neededBy } from '../../elf/linkage.ts';
import type { LoadingFile } from '../binaryFile.ts';
import type { Prospect } from '../foresee.ts';
import type { BinaryCache } from './binaryCache.ts';
import { builtFiles, comingAlong, loadingFile, type Scene } from './scene.ts';
import { readWorkspaceFiles, unusableFiles, usableFiles } from './workspaceFiles.ts';

/** The prospect of a server that is to start: everything is loaded. */
export async function startProspect(scene: Scene, cache: BinaryCache): Promise<Prospect> {
  const { workspace, graph, build } = scene;
  const files = build === null ? [] : await readWorkspaceFiles(workspace, graph, cache);
  const usable = usableFiles(files);
  // Where nobody says which libraries are modules, one that isn't linked may also be none of the server's.
  const all = usable.map((file) =>
    loadingFile(file, workspace.modules === null && file.node.role === 'module'),
  );
  const known = byName(all);
  const programs = all.filter((file) => file.role === 'executable');
  const linked = new Set(programs.flatMap((file) => [...neededBy(file, known)]));
  // What is pinned only because it is linked NODELETE is opened like a module, once.
  const loading = all.map(
    (file): LoadingFile => (file.role === 'pinned' && !linked.has(file) ? { ...file, role: 'module' } : file),
  );
  const unusable = unusableFiles(files, new Set());
  const around = await comingAlong(scene, cache, { usable, loading: usable, there: all, unusable });
  return {
    loading,
    unloading: [],
    staying: [],
    along: [],
    coming: around.found,
    leftBehind: [],
    elsewhere: [],
    unusable: [...unusable, ...around.missing],
    built: builtFiles(usable),
    build: build ?? 'unknown',
  };
}
