import { describe, expect, it } from 'vitest';
import { arrange, boundsOf } from '../../../../../renderer/graph/layout/arrangement.ts';
import { stack } from '../../fixtures.ts';

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
