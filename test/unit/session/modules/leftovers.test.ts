import { expect, test } from 'vitest';
import type { GraphNode } from '#shared/contract.ts';
import { isOver, type Shown, withLeftovers } from '../../../../main/engine/session/modules/leftovers.ts';
import type { Workspace } from '../../../../main/engine/workspace/workspace.ts';

const node = (name: string, needs: string[] = []): GraphNode => ({
  name,
  label: name,
  role: name === 'app' ? 'executable' : 'module',
  needs,
  wave: 0,
});

/** Libraries bottom-up, each of which needs the one below. */
function shown(...order: string[]): Shown<Pick<Workspace, 'libraries' | 'files'>> {
  return {
    graph: {
      nodes: [node('app'), ...order.map((name, at) => node(name, order.slice(Math.max(0, at - 1), at)))],
      order,
      rolesFrom: 'artifacts',
    },
    workspace: {
      libraries: order.map((name) => ({
        package: name,
        file: `lib${name}.so`,
        crateTypes: ['dylib'],
        path: `/t/${name}`,
      })),
      files: new Map(order.map((name) => [name, `/t/${name}`])),
    },
  };
}

test('what is gone from the workspace and still mapped keeps its place and its file, and is marked', () => {
  const before = shown('low', 'mid', 'high');
  const next = shown('low', 'high', 'newest');
  const { graph, workspace } = withLeftovers(next, before, (name) => name === 'mid');
  expect(graph.order).toEqual(['low', 'mid', 'high', 'newest']);
  expect(graph.nodes.find(({ name }) => name === 'mid')).toEqual({ ...node('mid', ['low']), isGone: true });
  expect(workspace.files.get('mid')).toBe('/t/mid');
  expect(workspace.libraries.map((each) => each.package)).toContain('mid');
  expect(isOver({ graph }, () => true)).toBe(false);
  expect(isOver({ graph }, () => false)).toBe(true);
});

test('what is not mapped goes at once, and what is there again is no leftover', () => {
  const before = shown('low', 'high');
  const next = shown('low');
  expect(withLeftovers(next, before, () => false)).toBe(next);
  const kept = withLeftovers(next, before, () => true);
  expect(withLeftovers(before, kept, () => true)).toBe(before);
  // It stays as long as it is mapped, through more than one reading.
  expect(withLeftovers(next, kept, () => true).graph.order).toEqual(['low', 'high']);
});
