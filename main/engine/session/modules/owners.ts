import { isAbsolute, join, relative } from 'node:path';
import type { Problem } from '#shared/contract.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** The member whose folder holds a file: the innermost, as members may lie inside each other. */
export function memberOf(workspace: Workspace, file: string): string | null {
  const path = isAbsolute(file) ? file : join(workspace.root, file);
  let best: { name: string; length: number } | null = null;
  for (const [name, folder] of workspace.packages.folders) {
    const inside = relative(folder, path);
    if (inside.startsWith('..') || isAbsolute(inside)) continue;
    if (best === null || folder.length > best.length) best = { name, length: folder.length };
  }
  return best?.name ?? null;
}

/** The nodes of the graph that an edit of this file changes by itself (dependents come on top). */
export function ownersOf(workspace: Workspace, file: string): readonly string[] {
  const member = memberOf(workspace, file);
  return member === null ? [] : (workspace.packages.owners.get(member) ?? []);
}

/** The nodes that the errors of a build are in. */
export const brokenBy = (workspace: Workspace, problems: readonly Problem[]): string[] =>
  problems.flatMap(({ level, package: name }) =>
    level === 'error' ? (workspace.packages.owners.get(name ?? '') ?? []) : [],
  );
