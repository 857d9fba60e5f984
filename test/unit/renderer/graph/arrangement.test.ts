import { describe, expect, it } from 'vitest';
import { nodeInDirection } from '../../../../renderer/graph/keyNavigation.ts';
import { arrange, boundsOf } from '../../../../renderer/graph/layout/arrangement.ts';
import { node, stack } from '../fixtures.ts';

describe('the arrangement', () => {
  const plan = arrange(stack);

  it('has third-party libraries at the top and the executable at the bottom', () => {
    expect(plan.rows.map((row) => row.nodes.map((spot) => spot.node.name))).toEqual([
      ['std'],
      ['core'],
      ['database'],
      ['service'],
      ['api'],
      ['admin'],
      ['router'],
      ['depot'],
    ]);
    expect(plan.titles.map(({ text }) => text)).toEqual([
      'third-party',
      'pinned',
      'wave 1',
      'wave 2',
      'wave 3',
      'wave 4',
      'wave 5',
      'executable',
    ]);
  });

  it('fades from full to none over the waves', () => {
    const fade = (name: string) => plan.placed.get(name)?.fade;
    expect([fade('database'), fade('api'), fade('router')]).toEqual([0, 0.5, 1]);
  });

  it('bounds all nodes', () => {
    const { x, y, width, height } = plan.bounds;
    for (const spot of plan.placed.values()) {
      expect(spot.x).toBeGreaterThanOrEqual(x);
      expect(spot.y + spot.height).toBeLessThanOrEqual(y + height);
      expect(spot.x + spot.width).toBeLessThanOrEqual(x + width);
    }
    expect(boundsOf([])).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });

  it('of nothing is nothing', () => {
    expect(arrange([]).rows).toEqual([]);
  });
});

describe('the arrow keys', () => {
  const wide = arrange([
    node('base', 'pinned', [], 0),
    node('left', 'module', ['base'], 1),
    node('right', 'module', ['base'], 1),
    node('top', 'module', ['left', 'right'], 2),
  ]);
  const [first, second] = wide.rows[1]?.nodes.map((spot) => spot.node.name) ?? [];

  it('move along a row and stop at its ends', () => {
    expect(nodeInDirection(wide, first ?? '', 'ArrowRight')).toBe(second);
    expect(nodeInDirection(wide, second ?? '', 'ArrowLeft')).toBe(first);
    expect(nodeInDirection(wide, first ?? '', 'ArrowLeft')).toBeNull();
  });

  it('move to the nearest node of the next row', () => {
    expect(nodeInDirection(wide, second ?? '', 'ArrowUp')).toBe('base');
    expect(nodeInDirection(wide, second ?? '', 'ArrowDown')).toBe('top');
    expect(nodeInDirection(wide, 'top', 'ArrowDown')).toBeNull();
  });

  it('know the first and the last', () => {
    expect(nodeInDirection(wide, 'left', 'Home')).toBe('base');
    expect(nodeInDirection(wide, 'left', 'End')).toBe('top');
    expect(nodeInDirection(wide, 'left', 'x')).toBeNull();
    expect(nodeInDirection(wide, 'nowhere', 'Home')).toBeNull();
  });
});
