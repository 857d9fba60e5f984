import type { GraphNode } from '../../../preload/contract.ts';
import { linksOf, needsOfNodes, reach } from './links.ts';

/**
 * What is stale once Cargo has built the given packages anew: they and all that depend on them, but no third-party
 * library. The executable counts only if its own code, or that of a library it is bound to, is another: that it
 * was linked anew because a module changed is no reason to restart it. Unknown names are passed over.
 */
export function staleAfter(changed: Iterable<string>, nodes: readonly GraphNode[]): Set<string> {
  const { names, index, needs, dependents } = linksOf(needsOfNodes(nodes));
  const roles = new Map(nodes.map((node) => [node.name, node.role]));
  const roleAt = (at: number) => roles.get(names[at] ?? '');
  const edited = new Set([...changed].flatMap((name) => index.get(name) ?? []));
  const rebuilt = reach(dependents, edited);
  const isBoundTo = (executable: number) =>
    [...reach(needs, [executable])].some((at) => rebuilt.has(at) && roleAt(at) === 'pinned') ||
    (needs[executable] ?? []).some((at) => edited.has(at) && roleAt(at) === 'external');
  const stale = [...rebuilt].filter((at) => {
    if (roleAt(at) === 'external') return false;
    return roleAt(at) !== 'executable' || edited.has(at) || isBoundTo(at);
  });
  return new Set(stale.sort((a, b) => a - b).map((at) => names[at] ?? ''));
}
