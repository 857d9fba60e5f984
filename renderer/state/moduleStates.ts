import type { GraphNode, ModuleStateName, ModuleStatus, SessionState } from '#shared/contract.ts';

const LOADED: ReadonlySet<ModuleStateName> = new Set([
  'loaded',
  'stale',
  'stuck',
  'unloading',
  'building',
  'failed',
]);

/**
 * Tells whether the server has any module loaded; one that is being built counts, as that is not known of it.
 */
export const anyLoaded = ({ graph, modules }: Pick<SessionState, 'graph' | 'modules'>): boolean =>
  graph.nodes.some(({ name, role }) => role === 'module' && LOADED.has(modules[name]?.state ?? 'unbuilt'));

/** Tells whether nothing of the workspace has been built yet. */
export function neverBuilt(modules: Readonly<Record<string, ModuleStatus>>): boolean {
  const states = Object.values(modules).map((status) => status.state);
  return states.includes('unbuilt') && states.every((state) => state === 'unbuilt' || state === 'pinned');
}

/** Returns the state word of a node; an external library is not watched, so it has none of its own. */
export function stateOf(node: GraphNode, modules: Readonly<Record<string, ModuleStatus>>): ModuleStateName {
  return modules[node.name]?.state ?? (node.role === 'module' ? 'unbuilt' : 'pinned');
}
