/** Where each node of the module graph goes: bands from top to bottom, as developers draw a stack of libraries. */
import type { GraphNode } from '#shared/contract.ts';
import { type BandKind, bandsOf } from './bands.ts';
import { orderRows } from './rowOrder.ts';
import { chooseColumns, rowHeight, rowShape, slotX, slotY } from './rowShape.ts';

/** A node's rectangle, in CSS pixels; the origin is the top left corner of the layout. */
export interface LayoutNode {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A horizontal strip that holds all its nodes; strips neither touch nor overlap, and come top to bottom. */
interface LayoutBand {
  kind: BandKind;
  /** The number of the wave for `wave`, otherwise null. */
  wave: number | null;
  y: number;
  height: number;
}

export interface Layout {
  nodes: LayoutNode[];
  bands: LayoutBand[];
  width: number;
  height: number;
}

/** All lengths in CSS pixels. */
export interface LayoutOptions {
  /** Width of one column; null takes one that fits the longest label. */
  columnWidth: number | null;
  /** A line is at least this many columns wide, and its nodes share it: lonely nodes are broad. */
  minColumns: number;
  columnGap: number;
  /** Between the lines of one band. */
  lineGap: number;
  /** Between bands: room for the arrows. */
  bandGap: number;
  nodeHeight: number;
  pinnedHeight: number;
  externalHeight: number;
  /** Width / height to aim at when lines wrap. */
  aspect: number;
}

const DEFAULTS: LayoutOptions = {
  columnWidth: null,
  minColumns: 4,
  columnGap: 16,
  lineGap: 16,
  bandGap: 36,
  nodeHeight: 56,
  pinnedHeight: 84,
  externalHeight: 44,
  aspect: 1.5,
};

const LETTER = 8;
const LABEL_ROOM = 60;
const NARROWEST = 140;
const BROADEST = 220;

/**
 * Lays the graph out. Everything that a node needs stands above it, except that third-party libraries are all
 * at the top, and the executables all at the bottom. The same nodes give the same layout in whatever order they come.
 */
export function layoutGraph(nodes: readonly GraphNode[], options: Partial<LayoutOptions> = {}): Layout {
  const settings = { ...DEFAULTS, ...options };
  const columnWidth = settings.columnWidth ?? fittingWidth(nodes);
  const sorted = [...nodes].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const bands = bandsOf(sorted);
  const grid = { ...settings, columnWidth };
  const columns = chooseColumns(bands, grid);
  const shaped = bands.map((band) => ({
    ...band,
    rows: band.rows.map((members) => ({
      members,
      shape: rowShape(members.length, band.kind, columns, grid),
    })),
  }));
  orderRows(
    sorted,
    shaped.flatMap((band) => band.rows),
  );

  const placed: LayoutNode[] = [];
  const strips: LayoutBand[] = [];
  let y = 0;
  for (const band of shaped) {
    if (strips.length > 0) y += settings.bandGap;
    const top = y;
    band.rows.forEach(({ members, shape }, number) => {
      if (number > 0) y += settings.lineGap;
      members.forEach((member, slot) => {
        const name = sorted[member]?.name;
        if (name === undefined) return;
        const { nodeWidth: width, nodeHeight: height } = shape;
        placed.push({ name, x: slotX(shape, slot), y: y + slotY(shape, slot), width, height });
      });
      y += rowHeight(shape);
    });
    strips.push({ kind: band.kind, wave: band.wave, y: top, height: y - top });
  }
  const width = placed.length === 0 ? 0 : columns * (columnWidth + settings.columnGap) - settings.columnGap;
  return { nodes: placed, bands: strips, width, height: y };
}

function fittingWidth(nodes: readonly GraphNode[]): number {
  let longest = 0;
  for (const node of nodes) longest = Math.max(longest, node.label.length);
  return Math.min(BROADEST, Math.max(NARROWEST, longest * LETTER + LABEL_ROOM));
}
