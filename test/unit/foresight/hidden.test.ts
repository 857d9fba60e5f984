import { expect, test } from 'vitest';
import type { Finding } from '../../../main/engine/foresight/finding.ts';
import { perhapsHidden, withHidden } from '../../../main/engine/foresight/hidden.ts';

const finding = (details: string[], parts: Partial<Finding> = {}): Finding => ({
  kind: 'undefined-symbol',
  severity: 'warning',
  module: 'admin',
  message: `admin needs ${details[0]}, which nothing in the server will have.`,
  remedy: 'rebuild',
  details,
  ...parts,
});

test('only names that no build of Rust brings are asked for, and only where a build is the remedy', () => {
  const asked = [
    finding([
      'rocksdb_free',
      'depot_core::motto',
      '<depot_core::Motto as core::fmt::Display>',
      '_RNvCs1_4core3log',
    ]),
    finding(['png_read@PNG16']),
    finding(['rocksdb_open'], { remedy: 'restart' }),
    finding(['api'], { kind: 'torn' }),
  ];
  expect(perhapsHidden(asked)).toEqual(['rocksdb_free']);
});

test('a library that has the symbol and keeps it: no build is offered', () => {
  const [told] = withHidden([finding(['rocksdb_free'])], new Map([['rocksdb_free', 'database']]));
  expect(told).toMatchObject({ remedy: null, severity: 'warning' });
  expect(told?.message).toBe(
    'admin needs rocksdb_free, which nothing in the server will have. database contains it, but does not export it: building again does not change it.',
  );
});

test('where something else is missing, too, a build may bring that', () => {
  const [told] = withHidden(
    [finding(['rocksdb_free', 'depot_core::motto'])],
    new Map([['rocksdb_free', 'database']]),
  );
  expect(told).toMatchObject({ remedy: 'rebuild' });
  expect(told?.message).toContain('database contains rocksdb_free, but does not export that');
});

test('a symbol that nobody has stays what it was', () => {
  const open = [finding(['rocksdb_free'])];
  expect(withHidden(open, new Map())).toEqual(open);
});
