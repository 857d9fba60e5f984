import { describe, expect, it } from 'vitest';
import { arrowPath, reloadArrow } from '../../../../../renderer/graph/arrows/arrowShape.ts';
import { arrange, type PlacedNode } from '../../../../../renderer/graph/layout/arrangement.ts';
import { stack } from '../../fixtures.ts';

const { placed } = arrange(stack);
const spots = (...names: string[]) =>
  names.map((name): PlacedNode => {
    const spot = placed.get(name);
    if (spot === undefined) throw new Error(name);
    return spot;
  });
const all = spots('api', 'admin', 'router');

describe('the unload arrow', () => {
  it('begins at the lowest node and climbs as the modules go', () => {
    const [api, admin, router] = all;
    const steps = [spots('router'), spots('router', 'admin'), spots('router', 'admin', 'api')];
    const arrows = steps.map((reached) => reloadArrow('unload', all, reached));
    const tips = arrows.map((arrow) => arrow?.tip ?? 0);
    expect(new Set(arrows.map((arrow) => arrow?.tail)).size).toBe(1);
    expect(arrows[0]?.tail).toBeGreaterThan(router?.y ?? Number.NaN);
    expect(tips[0]).toBeGreaterThan(router?.y ?? Number.NaN);
    expect(tips[1]).toBeLessThan((admin?.y ?? 0) + (admin?.height ?? 0));
    expect(tips[2]).toBeLessThan((api?.y ?? 0) + (api?.height ?? 0));
    expect(tips).toEqual(tips.toSorted((a, b) => b - a));
  });
});

describe('the load arrow', () => {
  it('begins at the highest node, descends, and stands to the right of the other', () => {
    const half = reloadArrow('load', all, spots('api'));
    const whole = reloadArrow('load', all, all);
    expect(half?.tail).toBe(whole?.tail);
    expect(half?.tip).toBeLessThan(whole?.tip ?? 0);
    expect(whole?.tail).toBeLessThan(whole?.tip ?? 0);
    expect(whole?.x).toBeGreaterThan(reloadArrow('unload', all, all)?.x ?? 0);
  });
});

describe('an arrow', () => {
  it('is none before anything was reached', () => {
    expect(reloadArrow('unload', all, [])).toBeNull();
    expect(reloadArrow('load', [], [])).toBeNull();
  });

  it('has its point at the tip, whichever way it goes', () => {
    expect(arrowPath({ x: 50, tail: 200, tip: 20, width: 20 })).toContain('L 50 20 L');
    expect(arrowPath({ x: 50, tail: 20, tip: 200, width: 20 })).toContain('L 50 200 L');
  });

  it('is always made of the same commands, so that one shape can glide into another', () => {
    const shape = (path: string) => path.replaceAll(/-?[\d.]+/g, '#');
    expect(shape(arrowPath({ x: 50, tail: 200, tip: 195, width: 20 }))).toBe(
      shape(arrowPath({ x: 9, tail: 0, tip: 500, width: 7 })),
    );
  });
});
