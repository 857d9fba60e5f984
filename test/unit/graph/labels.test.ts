import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelsOf } from '../../../main/engine/graph/labels.ts';

const labels = (...names: string[]): string[] => [...labelsOf(names).values()];

describe('labelsOf', () => {
  test('drops the prefix that all names share', () => {
    expect(labels('conduwuit_api', 'conduwuit_core')).toEqual(['api', 'core']);
    expect(labels('depot-api', 'depot-admin', 'depot-router')).toEqual(['api', 'admin', 'router']);
    expect(labels('a_b_x', 'a_b_yz')).toEqual(['x', 'yz']);
  });

  test('cuts after a separator only', () => {
    expect(labels('depot_api', 'depot_admin')).toEqual(['api', 'admin']);
    expect(labels('router', 'routes')).toEqual(['router', 'routes']);
    expect(labels('depot_api', 'depot-core')).toEqual(['depot_api', 'depot-core']);
  });

  test('keeps names that have nothing to share', () => {
    expect(labels('depot_api', 'other')).toEqual(['depot_api', 'other']);
    expect(labels('depot', 'depot_api')).toEqual(['depot', 'depot_api']);
    expect(labels('hello_world')).toEqual(['hello_world']);
    expect(labels()).toEqual([]);
  });

  test('leaves no label empty', () => {
    expect(labels('a_b_', 'a_b_c')).toEqual(['b_', 'b_c']);
    expect(labels('_', '_x')).toEqual(['_', '_x']);
  });

  test('cuts the same from each, so that no two labels are alike', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '_', '-'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (names) => {
        const found = labels(...names);
        const cut = (names[0]?.length ?? 0) - (found[0]?.length ?? 0);
        names.forEach((each, at) => {
          expect(found[at]).toBe(each.slice(cut));
          expect(found[at]).not.toBe('');
        });
        if (cut > 0) expect('_-').toContain(names[0]?.[cut - 1]);
        // Nothing longer would do.
        if (names.length > 1 && found.every((label) => /[_-]./.test(label))) {
          const heads = new Set(found.map((label) => label.slice(0, label.search(/[_-]./) + 1)));
          expect(heads.size).toBeGreaterThan(1);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
