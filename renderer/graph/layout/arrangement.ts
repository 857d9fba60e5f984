import type { GraphNode } from '#shared/contract.ts';
import { layoutGraph } from './layoutGraph.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Box {
  readonly node: GraphNode;
  /** Counts from the top. */
  readonly row: number;
  /** 0 for the modules next to the pinned ones, 1 for those furthest from them: how far their green has faded. */
  readonly fade: number;
}

export interface Row {
  readonly nodes: readonly PlacedNode[];
  readonly y: number;
  readonly height: number;
}

/** A name in the margin, beside the rows that it is about. */
interface Title extends Pick<Box, 'y' | 'height'> {
  readonly text: string;
}

export interface Arrangement {
  readonly rows: readonly Row[];
  readonly titles: readonly Title[];
  readonly placed: ReadonlyMap<string, PlacedNode>;
  readonly bounds: Box;
}

/** Lower and closer than the layout's own measure: the pane is a third of a window. */
const MEASURES = {
  columnGap: 14,
  lineGap: 12,
  bandGap: 26,
  nodeHeight: 46,
  pinnedHeight: 56,
  externalHeight: 34,
};

/** Waves of at most this many modules make a stack: narrow, so that it can be drawn large. */
const STACK_WAVE = 4;
const STACK_ASPECT = 1;
const WEB_ASPECT = 1.6;

/** Lays the nodes out and sorts them into rows, for drawing edges and moving about. */
export function arrange(nodes: readonly GraphNode[]): Arrangement {
  const layout = layoutGraph(nodes, {
    ...MEASURES,
    aspect: widestWave(nodes) <= STACK_WAVE ? STACK_ASPECT : WEB_ASPECT,
  });
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const fade = fading(nodes);
  const lines = new Map<number, (Box & { node: GraphNode })[]>();
  for (const { name, ...box } of layout.nodes) {
    const node = byName.get(name);
    if (node === undefined) continue;
    const line = lines.get(box.y) ?? [];
    line.push({ node, ...box });
    lines.set(box.y, line);
  }
  const rows = [...lines]
    .sort(([a], [b]) => a - b)
    .map(([y, line], row): Row => {
      line.sort((a, b) => a.x - b.x);
      return {
        nodes: line.map((spot) => ({ ...spot, row, fade: fade.get(spot.node.wave) ?? 0 })),
        y,
        height: Math.max(...line.map((spot) => spot.height)),
      };
    });
  const spots = rows.flatMap((row) => row.nodes);
  return {
    rows,
    titles: layout.bands.map(({ kind, wave, y, height }) => ({
      text: TITLES[kind] ?? `wave ${wave}`,
      y,
      height,
    })),
    placed: new Map(spots.map((spot) => [spot.node.name, spot])),
    bounds: boundsOf(spots),
  };
}

function widestWave(nodes: readonly GraphNode[]): number {
  const sizes = new Map<number | null, number>();
  for (const node of nodes) if (node.role === 'module') sizes.set(node.wave, (sizes.get(node.wave) ?? 0) + 1);
  return Math.max(0, ...sizes.values());
}

const TITLES: Readonly<Record<string, string>> = {
  external: 'third-party',
  pinned: 'pinned',
  executable: 'executable',
};

/** How far the green of each wave has faded. */
function fading(nodes: readonly GraphNode[]): Map<number | null, number> {
  const waves = [...new Set(nodes.flatMap((n) => (n.role === 'module' && n.wave !== null ? [n.wave] : [])))];
  waves.sort((a, b) => a - b);
  return new Map(waves.map((wave, i) => [wave, waves.length < 2 ? 0 : i / (waves.length - 1)]));
}

/** Returns the smallest box around others; all zero where there are none. */
export function boundsOf(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
