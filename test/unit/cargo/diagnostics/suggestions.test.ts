import { describe, expect, test } from 'vitest';
import { diagnose, help, proposes } from './rustcJson.ts';

const states = (children: object[], around: object = {}) =>
  diagnose({ children }, around).problem.suggestions.map(({ state }) => state);

describe('suggestions', () => {
  test('of several places are one change, shown as a diff and in the order of the file', () => {
    const text = [{ text: 'f(a as u8.b())' }];
    const { problem, fixes } = diagnose({
      children: [
        help(
          proposes(')', { byte_start: 9, byte_end: 9, column_start: 10, column_end: 10, text }),
          proposes('(', { byte_start: 2, byte_end: 2, column_start: 3, column_end: 3, text }),
        ),
      ],
    });
    expect(problem.suggestions).toMatchObject([
      {
        id: '1',
        message: 'try this',
        applicability: 'machineApplicable',
        state: 'offered',
        edits: [{ text: '(' }, { text: ')' }],
        diffs: [
          {
            file: 'api/src/lib.rs',
            hunks: [
              [
                { kind: 'removed', text: 'f(a as u8.b())', before: 1, after: null },
                { kind: 'added', text: 'f((a as u8).b())', before: null, after: 1 },
              ],
            ],
          },
        ],
      },
    ]);
    expect(fixes.get('1')?.map(({ start, text: put }) => [start, put])).toEqual([
      [2, '('],
      [9, ')'],
    ]);
  });

  test('for one place are several ways', () => {
    const { problem } = diagnose({ children: [help(proposes('use a::X;\n'), proposes('use b::X;\n'))] });
    expect(problem.suggestions.map(({ id, edits }) => [id, edits[0]?.text])).toEqual([
      ['1', 'use a::X;\n'],
      ['2', 'use b::X;\n'],
    ]);
  });

  test('that overlap are left out', () => {
    const overlapping = [proposes('a', { byte_end: 5 }), proposes('b', { byte_start: 4, byte_end: 6 })];
    expect(states([help(...overlapping)])).toEqual([]);
  });

  test('that the compiler is not sure of are for the user', () => {
    const unsure = proposes('x', { suggestion_applicability: 'MaybeIncorrect' });
    const { problem, fixes } = diagnose({ children: [help(unsure)] });
    expect(problem.suggestions).toMatchObject([{ applicability: 'maybeIncorrect', state: 'by-hand' }]);
    expect(fixes.size).toBe(0);
  });

  test.each([
    [
      'a dependency',
      proposes('x', { file_name: '/home/me/.cargo/registry/src/index/x-1.0.0/src/lib.rs' }),
      {},
    ],
    ['what a build made', proposes('x', { file_name: 'target/debug/build/x/out/made.rs' }), {}],
    ['a folder above', proposes('x', { file_name: '../other/src/lib.rs' }), {}],
    ['what a macro made', proposes('x', { expansion: { span: proposes('x') } }), {}],
    [
      'a crate of a member’s name that is none',
      proposes('x'),
      {
        package_id: 'registry+https://example.org#api@1.0.0',
        manifest_path: '/home/me/api-1.0.0/Cargo.toml',
      },
    ],
  ])('about %s are not applied', (_, part, around) => {
    expect(states([help(part)], around)).toEqual(['by-hand']);
  });

  test('whole lines that go are shown as going, and the numbers below follow', () => {
    const line = (text: string) => ({ text });
    const { problem } = diagnose({
      children: [
        help(
          proposes('', {
            byte_end: 11,
            line_end: 2,
            column_end: 1,
            text: [line('use a::A;'), line('use b::B;')],
          }),
          proposes('z', {
            byte_start: 60,
            byte_end: 61,
            line_start: 9,
            line_end: 9,
            text: [line('y = 1')],
            column_end: 2,
          }),
        ),
      ],
    });
    expect(problem.suggestions[0]?.diffs[0]?.hunks).toEqual([
      [{ kind: 'removed', text: 'use a::A;', before: 1, after: null }],
      [
        { kind: 'removed', text: 'y = 1', before: 9, after: null },
        { kind: 'added', text: 'z = 1', before: null, after: 8 },
      ],
    ]);
  });

  test('columns count characters, not bytes or halves of them', () => {
    const part = proposes('', {
      column_start: 5,
      column_end: 7,
      byte_start: 12,
      byte_end: 14,
      text: [{ text: 'ä€😀 xy' }],
    });
    const { problem, fixes } = diagnose({ children: [help(part)] });
    expect(problem.suggestions[0]?.diffs[0]?.hunks[0]?.[1]?.text).toBe('ä€😀 ');
    expect(fixes.get('1')?.[0]?.expected).toBe('xy');
  });
});
