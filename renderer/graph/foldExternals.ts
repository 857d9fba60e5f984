import type { GraphNode } from '#shared/contract.ts';
import { dependents, directNeeds } from './needs.ts';

/** More libraries from outside than this are folded into one node. */
export const EXTERNALS_SHOWN = 8;

/** The name of the node that stands for the folded ones; no package can be called so. */
export const FOLD = '\u2026';

export interface Folded {
  readonly nodes: readonly GraphNode[];
  /** Names of the externals behind the fold node; empty where none are folded. */
  readonly hidden: readonly string[];
}

/** Keeps the externals that most nodes need and replaces the others by one node. */
export function foldExternals(nodes: readonly GraphNode[], unfold: boolean): Folded {
  const externals = nodes.filter((node) => node.role === 'external');
  if (unfold || externals.length <= EXTERNALS_SHOWN) return { nodes, hidden: [] };
  const neededBy = dependents(directNeeds(nodes));
  const weight = (node: GraphNode) => neededBy.get(node.name)?.length ?? 0;
  const ranked = [...externals].sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name));
  const hidden = new Set(ranked.slice(EXTERNALS_SHOWN - 1).map((node) => node.name));
  const fold: GraphNode = {
    name: FOLD,
    label: `\u2026 ${hidden.size} more`,
    role: 'external',
    needs: [],
    wave: null,
  };
  const shown = nodes
    .filter((node) => !hidden.has(node.name))
    .map((node) => {
      const needs = [...new Set(node.needs.map((need) => (hidden.has(need) ? FOLD : need)))];
      return needs.includes(FOLD) ? { ...node, needs } : node;
    });
  const last = shown.findLastIndex((node) => node.role === 'external');
  return { nodes: [...shown.slice(0, last + 1), fold, ...shown.slice(last + 1)], hidden: [...hidden] };
}
