/** The table of modules: pure. */
import type { GraphNode, Measure, NumbersRow } from '#shared/contract.ts';

export type Column = 'module' | 'builds' | 'reloads' | Measure | 'trend';

export interface Sorting {
  column: Column;
  /** The most first. */
  down: boolean;
}

export interface TableRow extends NumbersRow {
  /** What it is called on screen. */
  label: string;
  /** It is none of the workspace any more. */
  gone: boolean;
}

/**
 * Returns a row for every module: those of the workspace, with or without numbers, and those that once were in it.
 */
export function tableRows(modules: readonly NumbersRow[], nodes: readonly GraphNode[]): TableRow[] {
  const counted = new Map(modules.map((row) => [row.module ?? '', row]));
  const inside = nodes.filter(({ role }) => role !== 'external');
  const names = new Set(inside.map(({ name }) => name));
  const rows = inside.map(({ name, label }) => ({
    ...(counted.get(name) ?? emptyRow(name)),
    label,
    gone: false,
  }));
  const gone = modules.filter(({ module }) => module !== null && !names.has(module));
  return [...rows, ...gone.map((row) => ({ ...row, label: row.module ?? '', gone: true }))];
}

const emptyRow = (module: string): NumbersRow => ({
  module,
  builds: 0,
  failed: 0,
  reloads: 0,
  figures: { build: null, link: null, unload: null, load: null, swap: null },
  slowest: null,
  last: [],
});

/** Sorts rows; those without a number come last in either direction. */
export function sortRows(rows: readonly TableRow[], { column, down }: Sorting): TableRow[] {
  const way = down ? -1 : 1;
  const byName = (a: TableRow, b: TableRow) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
  if (column === 'module') return [...rows].sort((a, b) => way * byName(a, b));
  return [...rows].sort((a, b) => {
    const [x, y] = [amountOf(a, column), amountOf(b, column)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
    return way * (x - y) || byName(a, b);
  });
}

function amountOf(row: TableRow, column: Exclude<Column, 'module'>): number | null {
  if (column === 'builds' || column === 'reloads') return row[column];
  if (column !== 'trend') return row.figures[column]?.median ?? null;
  const trend = row.figures.build?.trend;
  if (trend === undefined || trend.kind === 'few') return null;
  return trend.direction === 'steady' || trend.before === 0 ? 0 : trend.now / trend.before - 1;
}

/** Returns the order after a click on a column's head: names ascend first, numbers descend. */
export const nextSorting = (now: Sorting, column: Column): Sorting =>
  now.column === column ? { column, down: !now.down } : { column, down: column !== 'module' };
