import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GraphNode } from '#shared/contract.ts';
import {
  type Layout,
  type LayoutNode,
  layoutGraph,
} from '../../../../../renderer/graph/layout/layoutGraph.ts';
import { conduwuitGraph, generator, graphs, shuffled } from '../../../graph/webs.ts';

const byName = (layout: Layout): Map<string, LayoutNode> =>
  new Map(layout.nodes.map((node) => [node.name, node]));

const bottom = (node: LayoutNode): number => node.y + node.height;
const right = (node: LayoutNode): number => node.x + node.width;

/** Nodes that stand next to each other from left to right, line by line, from the top. */
function edgesOf(layout: Layout): LayoutNode[][] {
  const lines = new Map<number, LayoutNode[]>();
  for (const node of layout.nodes) lines.set(node.y, [...(lines.get(node.y) ?? []), node]);
  return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line.sort((a, b) => a.x - b.x));
}

describe('layoutGraph', () => {
  test('places every node once, apart from all others, within the layout', () => {
    fc.assert(
      fc.property(graphs(1000), ({ graph }) => {
        const layout = layoutGraph(graph.nodes);
        expect(layout.nodes.map((node) => node.name).sort()).toEqual(graph.nodes.map((node) => node.name));
        const lines = edgesOf(layout);
        lines.forEach((line, number) => {
          const below = Math.max(...line.map(bottom));
          const next = lines[number + 1]?.[0];
          if (next !== undefined) expect(below).toBeLessThan(next.y);
          line.forEach((node, at) => {
            const neighbor = line[at + 1];
            if (neighbor !== undefined) expect(right(node)).toBeLessThan(neighbor.x);
          });
          expect(line[0]?.x).toBeGreaterThanOrEqual(0);
          expect(right(line.at(-1) ?? { name: '', x: 0, y: 0, width: 0, height: 0 })).toBeLessThanOrEqual(
            layout.width + 1e-6,
          );
          expect(below).toBeLessThanOrEqual(layout.height);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('draws what a module needs above it, externals at the top and executables at the bottom', () => {
    fc.assert(
      fc.property(graphs(600), ({ graph }) => {
        const layout = layoutGraph(graph.nodes);
        const placed = byName(layout);
        for (const { name, role, needs } of graph.nodes) {
          const own = placed.get(name);
          if (own === undefined) return expect.fail(name);
          if (role === 'external') expect(own.y).toBeLessThanOrEqual(layout.bands[0]?.height ?? 0);
          if (role === 'executable') expect(bottom(own)).toBe(layout.height);
          for (const need of needs) expect(bottom(placed.get(need) ?? own)).toBeLessThan(own.y);
        }
      }),
    );
  });

  test('keeps the bands apart and each node in its own', () => {
    fc.assert(
      fc.property(graphs(600), ({ graph }) => {
        const { nodes, bands, height } = layoutGraph(graph.nodes);
        bands.forEach((band, at) => {
          const next = bands[at + 1];
          if (next === undefined) expect(band.y + band.height).toBe(height);
          else expect(band.y + band.height).toBeLessThan(next.y);
        });
        const waves = bands.flatMap((band) =>
          band.kind === 'wave' && band.wave !== null ? [band.wave] : [],
        );
        expect(waves).toEqual([...new Set(waves)].sort((a, b) => a - b));
        const source = new Map(graph.nodes.map((node) => [node.name, node]));
        for (const node of nodes) {
          const band = bands.find((each) => each.y <= node.y && bottom(node) <= each.y + each.height);
          const role = source.get(node.name)?.role;
          if (role === 'module') expect(band?.wave).toBe(source.get(node.name)?.wave);
          else expect(band?.kind).toBe(role);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(graphs(300), fc.nat(), ({ graph }, seed) => {
        const random = generator(seed);
        const retold = shuffled(graph.nodes, random).map((node) => ({
          ...node,
          needs: shuffled(node.needs, random),
        }));
        expect(layoutGraph(retold)).toEqual(layoutGraph(graph.nodes));
      }),
      { numRuns: 40 },
    );
  });

  test('draws conduwuit as a stack of full width', () => {
    const layout = layoutGraph(conduwuitGraph().nodes);
    const lines = edgesOf(layout).map((line) => line.map((node) => node.name.replace('conduwuit_', '')));
    expect(lines).toEqual([
      ['rocksdb', 'ruma'],
      ['core'],
      ['database'],
      ['service'],
      ['api'],
      ['admin'],
      ['router'],
      ['conduwuit'],
    ]);
    for (const [node] of edgesOf(layout).slice(1)) expect(node).toMatchObject({ x: 0, width: layout.width });
    const placed = byName(layout);
    expect(placed.get('conduwuit_core')?.height).toBeGreaterThan(placed.get('conduwuit_api')?.height ?? 0);
  });

  test('lets two modules of a wave share the width', () => {
    const layout = layoutGraph([...wave(0, ['api']), ...wave(1, ['admin', 'other'], ['api'])]);
    const [, line = []] = edgesOf(layout);
    expect(line.map((node) => node.name)).toEqual(['admin', 'other']);
    expect(line[0]?.x).toBe(0);
    expect(line[0]?.width).toBe(line[1]?.width);
    expect(right(line[1] ?? layoutNode)).toBeCloseTo(layout.width);
  });

  test('puts two towers side by side, so that nothing crosses', () => {
    const nodes = ['base', 'middle', 'top'].flatMap((floor, at) =>
      // By name alone the towers would be crossed on every floor.
      ['a', 'b', 'c', 'd'].map((tower, number): GraphNode => {
        const order = at % 2 === 0 ? number : 3 - number;
        const below = at === 0 ? [] : [nameOf(at - 1, at % 2 === 0 ? 3 - order : 3 - order)];
        return node(nameOf(at, order), at, below, `${floor} ${tower}`);
      }),
    );
    const placed = byName(layoutGraph(nodes));
    for (const { name, needs } of nodes) {
      for (const need of needs) expect(placed.get(need)?.x).toBe(placed.get(name)?.x);
    }
  });

  test('stays a landscape that can be read with 60 to 300 modules', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 3, max: 8 }), (count, depth) => {
        const nodes = Array.from({ length: count }, (_, at) =>
          node(`m${at}`, at % depth, at % depth === 0 ? [] : [`m${at - 1}`]),
        );
        const { width, height, nodes: placed } = layoutGraph(nodes);
        // Whole columns come no nearer than that to the 1.5 that is aimed at.
        expect(width / height).toBeGreaterThan(0.8);
        expect(width / height).toBeLessThan(2.8);
        for (const each of placed) expect(each.width).toBeGreaterThanOrEqual(140);
      }),
    );
  });

  test('keeps a pinned library that stands on a module below it', () => {
    const nodes = [
      node('core', 0, [], 'core', 'pinned'),
      node('api', 1, ['core']),
      node('stuck', 2, ['api'], 'stuck', 'pinned'),
      node('held', 3, ['stuck'], 'held', 'pinned'),
    ];
    expect(layoutGraph(nodes).bands.map(({ kind, wave: number }) => [kind, number])).toEqual([
      ['pinned', null],
      ['wave', 1],
      ['wave', 2],
      ['wave', 3],
    ]);
  });

  test('gives the empty layout for no nodes', () => {
    expect(layoutGraph([])).toEqual({ nodes: [], bands: [], width: 0, height: 0 });
  });
});

const layoutNode: LayoutNode = { name: '', x: 0, y: 0, width: 0, height: 0 };
const nameOf = (floor: number, order: number): string => `m${floor}${order}`;

function node(
  name: string,
  waveNumber: number,
  needs: string[],
  label = name,
  role: GraphNode['role'] = 'module',
): GraphNode {
  return { name, label, role, needs, wave: waveNumber };
}

function wave(number: number, names: string[], needs: string[] = []): GraphNode[] {
  return names.map((name) => node(name, number, needs));
}
