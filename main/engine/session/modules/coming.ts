import type { GraphNode } from '#shared/contract.ts';
import { lastPart } from '../../elf/linkage.ts';
import { readLinkedFile } from '../../workspace/elfFile.ts';

/**
 * For each library of the workspace: which of these the file on disk is linked to, so that they come with it.
 * @param missing modules that the server does not have.
 * @param files absolute, by name of the node.
 */
export function comingWith(
  missing: readonly GraphNode[],
  nodes: readonly GraphNode[],
  files: ReadonlyMap<string, string>,
): Map<string, string[]> {
  const byFile = new Map<string, string>();
  for (const { name } of missing) {
    const path = files.get(name);
    for (const each of path === undefined ? [] : (readLinkedFile(path)?.names ?? [])) byFile.set(each, name);
  }
  const coming = new Map<string, string[]>();
  for (const { name, role } of nodes) {
    const path = files.get(name);
    if (role !== 'module' || path === undefined) continue;
    const needed = readLinkedFile(path)?.needed ?? [];
    const found = needed.flatMap((each) => byFile.get(lastPart(each)) ?? []).filter((each) => each !== name);
    if (found.length > 0) coming.set(name, found);
  }
  return coming;
}
