import { describe, expect, it } from 'vitest';
import type { Problem } from '#shared/contract.ts';
import { groupProblems, inShownOrder } from '../../../../renderer/problems/problemGroups.ts';
import {
  filtered,
  foldsAfter,
  opensByItself,
  stepFrom,
} from '../../../../renderer/problems/problemsStore.ts';

const problem = (id: string, parts: Partial<Problem> = {}): Problem => ({
  id,
  level: 'warning',
  message: id,
  code: null,
  package: 'api',
  file: 'api/src/lib.rs',
  line: 1,
  column: 1,
  rendered: '',
  spans: [],
  children: [],
  suggestions: [],
  ...parts,
});

describe('problems in groups', () => {
  const all = [
    problem('a', { package: 'core', file: 'core/src/lib.rs' }),
    problem('b', { line: 9 }),
    problem('c', { file: 'api/src/page.rs', level: 'error' }),
    problem('d', { line: 2 }),
    problem('f', { line: 30, level: 'error' }),
    problem('e', { package: null, file: null, line: null, column: null, level: 'error' }),
  ];

  it('are by crate and file, errors first in each, and from the top of a file down', () => {
    const groups = groupProblems(all);
    expect(groups.map(({ crate, counts, files }) => [crate, counts, files.map(({ file }) => file)])).toEqual([
      ['api', { errors: 2, warnings: 2 }, ['api/src/lib.rs', 'api/src/page.rs']],
      [null, { errors: 1, warnings: 0 }, [null]],
      ['core', { errors: 0, warnings: 1 }, ['core/src/lib.rs']],
    ]);
    expect(inShownOrder(groups).map(({ id }) => id)).toEqual(['f', 'd', 'b', 'c', 'e', 'a']);
  });

  it('can be of one severity', () => {
    expect(filtered(all, 'error').map(({ id }) => id)).toEqual(['c', 'f', 'e']);
    expect(filtered(all, null)).toBe(all);
  });

  it('are gone through round and round', () => {
    expect(stepFrom(['a', 'b', 'c'], null, 1)).toBe('a');
    expect(stepFrom(['a', 'b', 'c'], null, -1)).toBe('c');
    expect(stepFrom(['a', 'b', 'c'], 'c', 1)).toBe('a');
    expect(stepFrom(['a', 'b', 'c'], 'a', -1)).toBe('c');
    expect(stepFrom(['a', 'b', 'c'], 'gone', 1)).toBe('a');
    expect(stepFrom([], 'a', 1)).toBeNull();
  });

  it('are unfolded when gone to, and folded again if nothing else unfolded them', () => {
    const [a, b] = [{ id: 'a' }, { id: 'b' }];
    const first = foldsAfter({ walked: null, folds: new Map() }, a, false);
    expect(first).toEqual({ walked: 'a', folds: new Map([['a', true]]) });
    expect(foldsAfter(first, b, false)).toEqual({ walked: 'b', folds: new Map([['b', true]]) });
    expect(foldsAfter(first, b, true)).toEqual({ walked: null, folds: new Map() });
    // Round and round to the only one.
    expect(foldsAfter(first, a, false)).toEqual(first);
    // By hand it stays.
    const byHand = { walked: null, folds: new Map([['a', true]]) };
    expect(foldsAfter(byHand, b, false).folds.get('a')).toBe(true);
    expect(foldsAfter({ walked: null, folds: new Map([['a', false]]) }, a, true).folds.get('a')).toBe(true);
  });

  it('open by themselves where they are few errors', () => {
    expect(opensByItself(problem('a', { level: 'error' }), 2)).toBe(true);
    expect(opensByItself(problem('a', { level: 'error' }), 200)).toBe(false);
    expect(opensByItself(problem('a'), 2)).toBe(false);
  });
});
