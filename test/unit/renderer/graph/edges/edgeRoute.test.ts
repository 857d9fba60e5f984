import { describe, expect, it } from 'vitest';
import { route } from '../../../../../renderer/graph/edges/edgeRoute.ts';
import {
  type Arrangement,
  boundsOf,
  type PlacedNode,
  type Row,
} from '../../../../../renderer/graph/layout/arrangement.ts';
import { node } from '../../fixtures.ts';

/** Rows of `[name, x, width]`, 50 high and 30 apart. */
function plan(...rows: (readonly [string, number, number])[][]): Arrangement {
  const made = rows.map((row, index): Row => {
    const y = index * 80;
    const nodes = row.map(
      ([name, x, width]): PlacedNode => ({
        node: node(name, 'module'),
        x,
        y,
        width,
        height: 50,
        row: index,
        fade: 0,
      }),
    );
    return { nodes, y, height: 50 };
  });
  const placed = new Map(made.flatMap((row) => row.nodes).map((spot) => [spot.node.name, spot]));
  return { rows: made, titles: [], placed, bounds: boundsOf([...placed.values()]) };
}

function path(of: Arrangement, from: string, to: string): string {
  const a = of.placed.get(from);
  const b = of.placed.get(to);
  if (a === undefined || b === undefined) throw new Error('no such node');
  return route(of, a, b, 5);
}

describe('a line', () => {
  it('goes straight up where the nodes stand above each other, at the middle of the narrower', () => {
    const two = plan([['wide', 0, 400]], [['narrow', 100, 100]]);
    expect(path(two, 'narrow', 'wide')).toBe('M 150 80 V 55');
  });

  it('bends where they do not', () => {
    const two = plan([['left', 0, 100]], [['right', 300, 100]]);
    expect(path(two, 'right', 'left')).toMatch(/^M 318 80 C .* 82 55$/);
  });

  it('passes through a gap between the nodes in its way', () => {
    const three = plan(
      [['top', 0, 400]],
      [
        ['a', 0, 180],
        ['b', 220, 180],
      ],
      [['low', 0, 400]],
    );
    expect(path(three, 'low', 'top')).toBe('M 200 160 V 130 V 80 V 55');
  });

  it('goes round the right side where there is no gap', () => {
    const three = plan([['top', 0, 400]], [['wall', 0, 400]], [['low', 0, 400]]);
    expect(path(three, 'low', 'top')).toMatch(/^M 382 160 C .* 412 130 V 80 C .* 382 55$/);
  });

  it('keeps clear of every row that it passes', () => {
    const four = plan(
      [['top', 0, 100]],
      [
        ['a', 0, 150],
        ['b', 180, 150],
      ],
      [
        ['c', 0, 60],
        ['d', 90, 240],
      ],
      [['low', 0, 330]],
    );
    // 165 is free in one row and 75 in the other: only the outside is free in both.
    expect(path(four, 'low', 'top')).toContain('342');
  });

  it('to a node that is not above goes round', () => {
    const two = plan([
      ['a', 0, 100],
      ['b', 200, 100],
    ]);
    expect(path(two, 'a', 'b')).toMatch(/^M 100 25 C /);
  });
});
