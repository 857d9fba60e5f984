/** Which nodes stand in which band of the drawing. */
import type { GraphNode } from '#shared/contract.ts';

export type BandKind = 'external' | 'pinned' | 'wave' | 'executable';

/** A row holds indices of nodes that need none of each other, so that it may be wrapped into lines freely. */
export interface BandRows {
  kind: BandKind;
  wave: number | null;
  rows: number[][];
}

/**
 * Sorts nodes into bands, top to bottom: third-party, pinned, one band for each wave, executables. A pinned
 * library that stands on a module belongs to its wave, or its arrow would point down; the others have a row for
 * each of their own waves.
 */
export function bandsOf(nodes: readonly GraphNode[]): BandRows[] {
  const externals: number[] = [];
  const executables: number[] = [];
  const pinned = new Map<number, number[]>();
  const waves = new Map<number, number[]>();
  const standsOnModule = pinnedAboveModules(nodes);
  nodes.forEach((node, index) => {
    if (node.role === 'external') externals.push(index);
    else if (node.role === 'executable') executables.push(index);
    else if (node.role === 'pinned' && !standsOnModule.has(node.name)) put(pinned, node.wave ?? 0, index);
    else put(waves, node.wave ?? 0, index);
  });
  const bands: BandRows[] = [];
  if (externals.length > 0) bands.push({ kind: 'external', wave: null, rows: [externals] });
  if (pinned.size > 0)
    bands.push({ kind: 'pinned', wave: null, rows: ascending(pinned).map(([, row]) => row) });
  for (const [wave, row] of ascending(waves)) bands.push({ kind: 'wave', wave, rows: [row] });
  if (executables.length > 0) bands.push({ kind: 'executable', wave: null, rows: [executables] });
  return bands;
}

function pinnedAboveModules(nodes: readonly GraphNode[]): Set<string> {
  const above = new Set<string>();
  const modules = new Set(nodes.filter((node) => node.role === 'module').map((node) => node.name));
  const pinned = nodes.filter((node) => node.role === 'pinned');
  // Lower waves first: what a pinned library needs has been looked at before it.
  pinned.sort((a, b) => (a.wave ?? 0) - (b.wave ?? 0));
  for (const node of pinned) {
    if (node.needs.some((name) => modules.has(name) || above.has(name))) above.add(node.name);
  }
  return above;
}

function put(rows: Map<number, number[]>, key: number, index: number): void {
  const row = rows.get(key);
  if (row === undefined) rows.set(key, [index]);
  else row.push(index);
}

function ascending(rows: Map<number, number[]>): [number, number[]][] {
  return [...rows].sort(([a], [b]) => a - b);
}
