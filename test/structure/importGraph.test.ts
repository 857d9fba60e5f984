import { expect, test } from 'vitest';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { circlesOf, importsBetween, knotsOf } from './circles.ts';
import { BEHIND_AN_INTERFACE, BORDERS, FLOORS } from './floors.ts';
import { pathOf, readImports } from './importGraph.ts';

const graph = readImports(checkoutRoot());

test('imports are read: relative ones, those by alias, types and lazy ones', () => {
  expect(pathOf('../state/store.ts', 'renderer/plan/Plan.tsx')).toBe('renderer/state/store.ts');
  expect(pathOf('#shared/list.ts', 'main/engine/a.ts')).toBe('preload/shared/list.ts');
  expect(pathOf('node:fs', 'main/engine/a.ts')).toBeNull();
  // A type alone, and a view that is loaded when it is opened.
  expect(graph.get('main/engine/history/csv.ts')).toContain('preload/shared/contract.ts');
  expect([...graph.values()].some((imports) => imports.has('renderer/history/HistoryView.tsx'))).toBe(true);
});

test('circles and knots are found', () => {
  const bad = new Map(
    Object.entries({
      'main/a/one.ts': ['main/b/two.ts'],
      'main/b/two.ts': ['main/b/three.ts'],
      'main/b/three.ts': ['main/a/four.ts', 'main/b/two.ts'],
      'main/a/four.ts': [],
    }).map(([file, imports]) => [file, new Set(imports)]),
  );
  expect(circlesOf(bad)).toEqual([['main/b/three.ts', 'main/b/two.ts']]);
  expect(knotsOf(bad)).toEqual([
    {
      folder: 'main',
      members: ['a', 'b'],
      imports: ['main/a/one.ts -> main/b/two.ts', 'main/b/three.ts -> main/a/four.ts'],
    },
  ]);
});

test('no files import each other in a circle', () => {
  expect(circlesOf(graph)).toEqual([]);
});

test('no folders import each other in a circle, at any level', () => {
  expect(knotsOf(graph)).toEqual([]);
});

test('each part of the product imports only what it may', () => {
  const parts = Object.keys(BORDERS).sort((a, b) => b.length - a.length);
  const partOf = (file: string) => parts.find((part) => file.startsWith(`${part}/`)) ?? null;
  const wrong: string[] = [];
  for (const [file, imports] of graph) {
    const from = partOf(file);
    // What lies outside of every part starts one: renderer/main.tsx belongs to renderer.
    if (from === null) wrong.push(`${file} belongs to no part in floors.ts`);
    for (const imported of imports) {
      const to = partOf(imported);
      if (from === to || from === null || to === null) continue;
      if (BORDERS[from]?.includes(to) !== true) wrong.push(`${file} -> ${imported}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each(BEHIND_AN_INTERFACE)('$from knows $to by $by only', ({ from, to, by }) => {
  const wrong = [...graph].flatMap(([file, imports]) =>
    file.startsWith(`${from}/`)
      ? [...imports].filter((each) => each.startsWith(`${to}/`)).map((each) => `${file} -> ${each}`)
      : [],
  );
  expect(wrong).toEqual([]);
  // Both ends are there: it is used, and implemented.
  const users = [...graph].filter(([, imports]) => imports.has(by)).map(([file]) => file);
  expect(users.some((file) => file.startsWith(`${from}/`) || file.startsWith('main/engine/workspace/'))).toBe(
    true,
  );
  expect(users.some((file) => file.startsWith(`${to}/`))).toBe(true);
});

test.each(Object.entries(FLOORS))('%s: arrows point down', (folder, floors) => {
  const floorOf = (name: string) => floors.findIndex((floor) => floor.includes(name));
  const folders = [...graph.keys()]
    .filter((file) => file.startsWith(`${folder}/`))
    .map((file) => file.slice(folder.length + 1).split('/'))
    .flatMap(([name = '', ...below]) => (below.length > 0 ? [name] : []));
  expect([...new Set(folders)].sort(), `the folders of ${folder} and those in floors.ts`).toEqual(
    floors.flat().sort(),
  );
  const wrong = importsBetween(graph, folder)
    .filter(({ from, to }) => floorOf(from) >= 0 && floorOf(to) >= 0 && floorOf(to) <= floorOf(from))
    .map(({ text }) => text);
  expect(wrong).toEqual([]);
});
