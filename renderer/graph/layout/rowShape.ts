/** The geometry of one row: how it wraps into lines, and where each of its slots is. */
import type { BandKind, BandRows } from './bands.ts';

export interface Grid {
  columnWidth: number;
  minColumns: number;
  columnGap: number;
  lineGap: number;
  bandGap: number;
  nodeHeight: number;
  pinnedHeight: number;
  externalHeight: number;
  aspect: number;
}

/** Slots are counted down the columns, so that neighbors in the order are neighbors from left to right. */
export interface Shape {
  columns: number;
  lines: number;
  left: number;
  nodeWidth: number;
  nodeHeight: number;
  columnGap: number;
  lineGap: number;
}

/** Indices of nodes, and the slots that they take one after the other. */
export interface Row {
  members: number[];
  shape: Shape;
}

/** Returns the shape of a row of `count` nodes in a layout that is `columns` wide. */
export function rowShape(count: number, kind: BandKind, columns: number, grid: Grid): Shape {
  const lines = lineCount(count, columns);
  const used = Math.max(1, Math.ceil(count / lines));
  // What everything else stands on or hangs from spans the layout; other lines take what they need, centred.
  const broad = kind === 'pinned' || kind === 'executable';
  const span = broad ? columns : Math.min(columns, Math.max(used, grid.minColumns));
  const step = grid.columnWidth + grid.columnGap;
  const width = span * step - grid.columnGap;
  return {
    columns: used,
    lines,
    left: ((columns - span) * step) / 2,
    nodeWidth: (width - (used - 1) * grid.columnGap) / used,
    nodeHeight: heightOf(kind, grid),
    columnGap: grid.columnGap,
    lineGap: grid.lineGap,
  };
}

/** Returns the left edge of a slot. */
export function slotX(shape: Shape, index: number): number {
  return shape.left + Math.floor(index / shape.lines) * (shape.nodeWidth + shape.columnGap);
}

/** Returns the top edge of a slot, from the top of the row. */
export function slotY(shape: Shape, index: number): number {
  return (index % shape.lines) * (shape.nodeHeight + shape.lineGap);
}

/** Returns the height of a row with all its lines. */
export function rowHeight(shape: Shape): number {
  return shape.lines * (shape.nodeHeight + shape.lineGap) - shape.lineGap;
}

/**
 * Returns the number of columns that comes nearest to the requested aspect ratio: no more than some row makes use of.
 */
export function chooseColumns(bands: readonly BandRows[], grid: Grid): number {
  const least = Math.max(1, grid.minColumns);
  let low = least;
  let high = low;
  for (const band of bands) for (const row of band.rows) high = Math.max(high, row.length);
  // Width grows and height shrinks with the columns, so bisection finds the first that is broad enough.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (aspectWith(bands, middle, grid) >= grid.aspect) high = middle;
    else low = middle + 1;
  }
  const broad = columnsUsed(bands, low, grid);
  const tall = columnsUsed(bands, Math.max(least, low - 1), grid);
  const miss = (columns: number) => Math.abs(Math.log(aspectWith(bands, columns, grid) / grid.aspect));
  return miss(tall) < miss(broad) ? tall : broad;
}

function columnsUsed(bands: readonly BandRows[], columns: number, grid: Grid): number {
  let used = Math.max(1, grid.minColumns);
  for (const band of bands) {
    for (const row of band.rows)
      used = Math.max(used, Math.ceil(row.length / lineCount(row.length, columns)));
  }
  return used;
}

function aspectWith(bands: readonly BandRows[], columns: number, grid: Grid): number {
  const width = columns * (grid.columnWidth + grid.columnGap) - grid.columnGap;
  return width / heightWith(bands, columns, grid);
}

const lineCount = (count: number, columns: number): number => Math.max(1, Math.ceil(count / columns));

function heightWith(bands: readonly BandRows[], columns: number, grid: Grid): number {
  let height = 0;
  for (const band of bands) {
    const step = heightOf(band.kind, grid) + grid.lineGap;
    for (const row of band.rows) height += lineCount(row.length, columns) * step;
    height += grid.bandGap - grid.lineGap;
  }
  return height - grid.bandGap;
}

function heightOf(kind: BandKind, grid: Grid): number {
  if (kind === 'pinned') return grid.pinnedHeight;
  return kind === 'external' ? grid.externalHeight : grid.nodeHeight;
}
