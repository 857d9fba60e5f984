import type { GraphNode, ModuleGraph } from '#shared/contract.ts';
import { lastPart, namesOf } from '../../elf/linkage.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { BinaryFile, Named } from '../binaryFile.ts';
import type { UnusableFile } from '../unusable.ts';
import type { Binary } from './binary.ts';
import type { BinaryCache, FileOnDisk } from './binaryCache.ts';

/** A library of the workspace, or its program, and its file on disk. */
export interface WorkspaceFile {
  node: GraphNode;
  path: string;
  onDisk: FileOnDisk;
}

/** A file of the workspace that could be read. */
export interface UsableFile extends WorkspaceFile {
  binary: Binary;
  modifiedAt: number;
}

/** The files of a workspace by node, without those of others. */
export function pathsOf(
  workspace: Pick<Workspace, 'files'>,
  graph: ModuleGraph,
): { node: GraphNode; path: string }[] {
  return graph.nodes.flatMap((node) => {
    const path = workspace.files.get(node.name);
    return path === undefined ? [] : [{ node, path }];
  });
}

export const readWorkspaceFiles = (
  workspace: Workspace,
  graph: ModuleGraph,
  cache: BinaryCache,
): Promise<WorkspaceFile[]> =>
  Promise.all(
    pathsOf(workspace, graph).map(async (file) => ({ ...file, onDisk: await cache.readPath(file.path) })),
  );

export const nameOf = (node: GraphNode): Named => ({ module: node.name, label: node.label });

export const usableFiles = (files: readonly WorkspaceFile[]): UsableFile[] =>
  files.flatMap((file) => {
    const { onDisk } = file;
    if (onDisk.kind !== 'read' || !onDisk.reading.ok) return [];
    return [{ ...file, binary: onDisk.reading.binary, modifiedAt: onDisk.modifiedAt }];
  });

/** @param awaited the nodes that a running server is to load. */
export function unusableFiles(files: readonly WorkspaceFile[], awaited: ReadonlySet<string>): UnusableFile[] {
  return files.flatMap(({ node, path, onDisk }) => {
    const problem = problemOf(onDisk);
    if (problem === null) return [];
    const names = namesOf(path, null);
    return [{ ...nameOf(node), names, problem, isAwaited: awaited.has(node.name) }];
  });
}

const CUT_OFF: UnusableFile['problem'] = {
  kind: 'broken',
  why: 'It ends before its section headers do: no linker finished it.',
};

function problemOf(onDisk: FileOnDisk): UnusableFile['problem'] | null {
  if (onDisk.kind === 'absent') return { kind: 'unbuilt' };
  if (onDisk.kind === 'closed') return onDisk;
  if (onDisk.reading.ok) return onDisk.reading.binary.isWhole ? null : CUT_OFF;
  const { kind, message } = onDisk.reading.failure;
  // Libraries of other systems are no ELF files, and those for other machines are not read here.
  if (kind === 'not elf' && process.platform !== 'linux') return null;
  return { kind: kind === 'foreign' ? 'closed' : 'broken', why: message };
}

/**
 * A file as foresight wants it. Everybody is taken to find its symbols: so it is for whatever the program links, and
 * for modules of servers that open them with RTLD_GLOBAL, as conduwuit and the sample do. Of others nothing is known,
 * and what could be found must not be called missing.
 */
export const binaryFile = (named: Named, path: string, { elf, symbols }: Binary): BinaryFile => ({
  ...named,
  names: namesOf(path, elf.soname),
  needed: elf.needed,
  noDelete: elf.flags1.noDelete,
  bindNow: elf.bindNow,
  isGlobal: true,
  symbols,
});

/** A file of which nothing but the name is known. */
export const unknownFile = (named: Named, path: string): BinaryFile => ({
  ...named,
  names: namesOf(path, null),
  needed: [],
  noDelete: false,
  bindNow: true,
  isGlobal: true,
  symbols: null,
});

/** A library that is none of the workspace's. */
export const foreignName = (path: string): Named => ({ module: lastPart(path), label: lastPart(path) });
