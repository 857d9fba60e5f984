import { describe, expect, it } from 'vitest';
import { nodeInDirection } from '../../../../renderer/graph/keyNavigation.ts';
import { arrange } from '../../../../renderer/graph/layout/arrangement.ts';
import { node } from '../fixtures.ts';

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
