import type { GraphNode, Role } from '#shared/contract.ts';
import { linksOfNodes, reach } from './links.ts';

/**
 * What is stale once Cargo has built the given packages again: they and all that depend on them, but no third-party
 * library. The executable counts only if its own code, or that of a library it is bound to, is another: that it
 * was relinked because a module changed is no reason to restart it. Unknown names are passed over.
 */
export function staleAfter(changed: Iterable<string>, nodes: readonly GraphNode[]): Set<string> {
  const links = linksOfNodes(nodes);
  const roles: (Role | undefined)[] = links.names.map(() => undefined);
  for (const node of nodes) roles[links.index.get(node.name) ?? -1] = node.role;
  const edited = new Set([...changed].flatMap((name) => links.index.get(name) ?? []));
  const rebuilt = reach(links.dependents, edited);
  const isBoundTo = (executable: number) =>
    [...reach(links.needs, [executable])].some((at) => rebuilt.has(at) && roles[at] === 'pinned') ||
    (links.needs[executable] ?? []).some((at) => edited.has(at) && roles[at] === 'external');
  const isStale = (at: number) => {
    if (roles[at] === 'executable') return edited.has(at) || isBoundTo(at);
    return roles[at] !== 'external';
  };
  return new Set(links.names.filter((_, at) => rebuilt.has(at) && isStale(at)));
}
