import type { ModuleGraph } from '#shared/contract.ts';

const kept = new WeakMap<ModuleGraph, ReadonlyMap<string, string>>();

/** The name on screen of each node, by package name. */
export function labelsOf(graph: ModuleGraph): ReadonlyMap<string, string> {
  const known = kept.get(graph);
  if (known !== undefined) return known;
  const labels = new Map(graph.nodes.map((node) => [node.name, node.label]));
  kept.set(graph, labels);
  return labels;
}

/** The name on screen of one node; a name that the graph does not know stays as it is. */
export const labelIn = (graph: ModuleGraph, name: string): string => labelsOf(graph).get(name) ?? name;
