import { describe, expect, it } from 'vitest';
import type { GraphNode } from '#shared/contract.ts';
import { defaultEdges, edgesOf } from '../../../../../renderer/graph/edges/edges.ts';
import { arrange } from '../../../../../renderer/graph/layout/arrangement.ts';
import { node, stack } from '../../fixtures.ts';

const ends = (lines: readonly { from: string; to: string }[]) =>
  lines.map(({ from, to }) => `${from} > ${to}`);

describe('lines at rest', () => {
  const { edges: lines, rails } = defaultEdges(stack, arrange(stack));

  it('are the reduced needs, and one that says that the executable opens the top of the stack', () => {
    expect(ends(lines.filter((line) => line.kind === 'needs'))).toEqual([
      'core > std',
      'database > core',
      'service > database',
      'api > service',
      'admin > api',
      'router > admin',
    ]);
    expect(ends(lines.filter((line) => line.kind === 'opens'))).toEqual(['depot > router']);
  });

  it('leave what nearly all need to a rail at the left', () => {
    const core = rails.find((rail) => rail.to === 'core');
    expect(core?.from.toSorted()).toEqual(['admin', 'api', 'depot', 'router', 'service']);
    expect(rails.find((rail) => rail.to === 'std')?.from).toContain('database');
  });

  it('claim no need that there is none of', () => {
    const needs = new Map(stack.map((each) => [each.name, each.needs]));
    for (const line of lines.filter((each) => each.kind === 'needs')) {
      expect(needs.get(line.from)).toContain(line.to);
    }
    for (const rail of rails) for (const from of rail.from) expect(needs.get(from)).toContain(rail.to);
  });
});

describe('lines of a picked node', () => {
  it('are all its needs and all that need it', () => {
    expect(ends(edgesOf('service', stack, arrange(stack)))).toEqual([
      'service > core',
      'service > database',
      'service > std',
      'api > service',
      'admin > service',
    ]);
  });
});

describe('a graph with a cycle', () => {
  const loop: GraphNode[] = [node('a', 'module', ['b'], 0), node('b', 'module', ['a'], 0)];

  it('is drawn all the same', () => {
    expect(ends(defaultEdges(loop, arrange(loop)).edges)).toEqual(['a > b', 'b > a']);
  });
});
