import { describe, expect, it } from 'vitest';
import { EXTERNALS_SHOWN, FOLD, foldExternals } from '../../../../renderer/graph/foldExternals.ts';
import { node } from '../fixtures.ts';

const externals = Array.from({ length: 12 }, (_, i) => node(`ext${String(i).padStart(2, '0')}`, 'external'));
const module = node(
  'api',
  'module',
  externals.map((external) => external.name),
  0,
);
const popular = node('admin', 'module', ['ext11'], 0);

describe('third-party libraries', () => {
  it('are all shown while they are few', () => {
    const few = [...externals.slice(0, EXTERNALS_SHOWN), module];
    expect(foldExternals(few, false)).toEqual({ nodes: few, hidden: [] });
  });

  it('are folded beyond that, the ones that most need stay', () => {
    const { nodes, hidden } = foldExternals([...externals, module, popular], false);
    const shown = nodes.filter((each) => each.role === 'external').map((each) => each.name);
    expect(shown).toHaveLength(EXTERNALS_SHOWN);
    expect(shown).toContain('ext11');
    expect(shown.at(-1)).toBe(FOLD);
    expect(nodes.find((each) => each.name === FOLD)?.label).toBe('… 5 more');
    expect(hidden).toHaveLength(5);
  });

  it('that are folded are needed through the fold, once', () => {
    const { nodes } = foldExternals([...externals, module, popular], false);
    const needs = nodes.find((each) => each.name === 'api')?.needs ?? [];
    expect(needs.filter((need) => need === FOLD)).toHaveLength(1);
    expect(needs).toHaveLength(EXTERNALS_SHOWN);
    expect(nodes.find((each) => each.name === 'admin')).toBe(popular);
  });

  it('can be unfolded', () => {
    expect(foldExternals([...externals, module], true).nodes).toHaveLength(13);
  });
});
