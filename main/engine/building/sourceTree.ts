import { isAbsolute, join, relative, sep } from 'node:path';

/** What tells the sources of a workspace from all others. */
export interface SourceTree {
  root: string;
  /** Package names by cargo's package ids. */
  names: ReadonlyMap<string, string>;
  /** Folder of each member, by its name. */
  members: ReadonlyMap<string, string>;
  /** What cargo makes lies in here. */
  target: string;
}

/** Whether a path is a folder's own or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** rustc names files of the workspace relative to its root, others absolutely. */
export const absolute = (tree: Pick<SourceTree, 'root'>, file: string): string =>
  isAbsolute(file) ? file : join(tree.root, file);

/** How a file is shown: relative to the workspace, absolute where it lies elsewhere. */
export function shown(tree: Pick<SourceTree, 'root'>, file: string): string {
  const path = absolute(tree, file);
  return isWithin(tree.root, path) ? relative(tree.root, path).split(sep).join('/') : path;
}

/** Whether a file is one that its user writes: of the workspace, and not made by a build. */
export function isOwn(tree: Pick<SourceTree, 'root' | 'members' | 'target'>, path: string): boolean {
  if (isWithin(tree.target, path)) return false;
  return [tree.root, ...tree.members.values()].some((folder) => isWithin(folder, path));
}
