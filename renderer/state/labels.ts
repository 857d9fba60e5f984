import type { ModuleGraph } from '#shared/contract.ts';

const kept = new WeakMap<ModuleGraph, ReadonlyMap<string, string>>();

/** Maps each node's package name to its name on screen. */
export function labelsOf(graph: ModuleGraph): ReadonlyMap<string, string> {
  const known = kept.get(graph);
  if (known !== undefined) return known;
  const labels = new Map(graph.nodes.map((node) => [node.name, node.label]));
  kept.set(graph, labels);
  return labels;
}

/** Returns the name of a node on screen; a name that the graph does not know stays as it is. */
export const labelIn = (graph: ModuleGraph, name: string): string => labelsOf(graph).get(name) ?? name;
