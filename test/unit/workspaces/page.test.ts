import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkoutRoot } from '../../../main/launch/checkout.ts';
import { countRows, pageWith, type Row, rowOf, tablesIn } from '../../support/workspaces/page.ts';

const row = (shape: string, ...falsehoods: string[]): Row => ({
  shape,
  done: 'Start',
  hotdeck: 'left loaded',
  kernel: 'left as on disk',
  server: 'left 1',
  falsehoods,
});

it('a theme replaces its own table, and leaves the others', () => {
  const first = pageWith('', 'hosts', [row('one'), row('two')]);
  const both = pageWith(first, 'places', [row('three')]);
  expect(pageWith(both, 'hosts', [row('one'), row('two')])).toBe(both);
  expect([...tablesIn(both).keys()]).toEqual(['places', 'hosts']);
  expect(both).toContain('- shapes: 3\n- with false statements: 0\n');
  expect(pageWith(both, 'hosts', [row('four')])).toContain('- shapes: 2\n');
});

it('a row can be read back from the page', () => {
  const page = pageWith('', 'hosts', [row('one'), row('two', 'It says so.')]);
  expect(rowOf(page, 'hosts', 'two')).toEqual(row('two', 'It says so.'));
  expect(rowOf(page, 'hosts', 'one')).toEqual(row('one'));
  expect(rowOf(page, 'hosts', 'three')).toBeNull();
  expect(rowOf(page, 'places', 'one')).toBeNull();
});

it('what is false is counted', () => {
  expect(pageWith('', 'files', [row('one', 'It says so.'), row('two')])).toContain(
    '- shapes: 2\n- with false statements: 1\n',
  );
});

it('docs/workspaces.md holds at least 40 shapes, and nothing that is false', async () => {
  const page = await readFile(join(checkoutRoot(), 'docs/workspaces.md'), 'utf8');
  const { shapes, wrong } = countRows([...tablesIn(page).values()]);
  expect(shapes).toBeGreaterThanOrEqual(40);
  expect(wrong).toBe(0);
});
