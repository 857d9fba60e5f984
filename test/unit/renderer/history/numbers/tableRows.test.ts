import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure, GraphNode, NumbersRow, Trend } from '#shared/contract.ts';
import {
  type Column,
  nextSorting,
  sortRows,
  type TableRow,
  tableRows,
} from '../../../../../renderer/history/numbers/tableRows.ts';

const few: Trend = { kind: 'few', count: 3, needed: 10 };
const figure = (median: number, parts: Partial<Figure> = {}): Figure => ({
  count: 40,
  median,
  p95: 2 * median,
  trend: few,
  ...parts,
});

const row = (module: string, build: number | null, parts: Partial<NumbersRow> = {}): NumbersRow => ({
  module,
  builds: 1,
  failed: 0,
  reloads: 0,
  figures: { build: build === null ? null : figure(build), link: null, unload: null, load: null, swap: null },
  slowest: null,
  last: [],
  ...parts,
});
const node = (name: string, role: GraphNode['role'] = 'module'): GraphNode => ({
  name,
  label: name.replace('depot_', ''),
  role,
  needs: [],
  wave: 0,
});
const labels = (rows: readonly TableRow[]): string[] => rows.map(({ label }) => label);

describe('the table', () => {
  const rows = tableRows(
    [row('depot_api', 900), row('depot_admin', 300), row('depot_old', 5)],
    [node('depot_api'), node('depot_core', 'pinned'), node('depot_admin'), node('std', 'external')],
  );

  it('has all modules of the workspace, and those that once were in it', () => {
    expect(rows.map(({ label, gone, builds }) => [label, gone, builds])).toEqual([
      ['api', false, 1],
      ['core', false, 0],
      ['admin', false, 1],
      ['depot_old', true, 1],
    ]);
  });

  it('puts what has no number last, whichever way round', () => {
    expect(labels(sortRows(rows, { column: 'build', down: true }))).toEqual([
      'api',
      'admin',
      'depot_old',
      'core',
    ]);
    expect(labels(sortRows(rows, { column: 'build', down: false }))).toEqual([
      'depot_old',
      'admin',
      'api',
      'core',
    ]);
    expect(labels(sortRows(rows, { column: 'module', down: false }))).toEqual([
      'admin',
      'api',
      'core',
      'depot_old',
    ]);
  });

  it('keeps all rows in any order', () => {
    const columns: Column[] = ['module', 'builds', 'reloads', 'build', 'swap', 'trend'];
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.boolean(), (column, down) => {
        const sorted = sortRows(rows, { column, down });
        expect([...labels(sorted)].sort()).toEqual([...labels(rows)].sort());
      }),
    );
  });

  it('turns round at the second click; numbers begin with the most', () => {
    const once = nextSorting({ column: 'module', down: false }, 'build');
    expect([once, nextSorting(once, 'build'), nextSorting(once, 'module')]).toEqual([
      { column: 'build', down: true },
      { column: 'build', down: false },
      { column: 'module', down: false },
    ]);
  });
});
