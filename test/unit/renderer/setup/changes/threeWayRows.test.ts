import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cell,
  hunksOf,
  type Row,
  resolvedText,
  threeWayRows,
} from '../../../../../renderer/setup/changes/threeWayRows.ts';
import { aConflict } from '../report.ts';

const texts = (rows: readonly Row[]) =>
  rows.map((row) =>
    row.kind === 'gap'
      ? row.lines
      : [row.original, row.applied, row.current].map((cell) => cell?.text ?? null),
  );

describe('three ways of a file', () => {
  it('stand side by side', () => {
    expect(texts(threeWayRows(aConflict()))).toEqual([
      ['#flags', 'flags', 'flags'],
      ['[lib]', '[lib]', '[lib]'],
      [null, null, 'mine'],
    ]);
  });

  it('leave out what is the same in all, but for a few lines around', () => {
    const same = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('');
    const rows = threeWayRows(
      aConflict({ original: `#a\n${same}`, applied: `a\n${same}`, current: `a\n${same}mine\n` }),
    );
    expect(rows.filter(({ kind }) => kind === 'gap')).toEqual([{ kind: 'gap', lines: 14 }]);
  });

  it('can lack one', () => {
    expect(texts(threeWayRows(aConflict({ original: null, current: null })))).toEqual([
      [null, 'flags', null],
      [null, '[lib]', null],
    ]);
  });

  it('lose no line, and keep them in order', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
      .map((l) => `${l.join('\n')}\n`);
    fc.assert(
      fc.property(text, text, text, (original, applied, current) => {
        const rows = threeWayRows(aConflict({ original, applied, current }));
        const side = (pick: (row: Extract<Row, { kind: 'lines' }>) => Cell) =>
          rows.flatMap((row) => (row.kind === 'lines' ? [pick(row)?.line ?? []].flat() : [])).length;
        const gaps = rows.reduce((sum, row) => sum + (row.kind === 'gap' ? row.lines : 0), 0);
        const count = (whole: string) => whole.split('\n').length - 1;
        expect(side((row) => row.original) + gaps).toBe(count(original));
        expect(side((row) => row.applied) + gaps).toBe(count(applied));
        expect(side((row) => row.current) + gaps).toBe(count(current));
      }),
    );
  });
});

describe('what a choice makes of a file', () => {
  const conflict = aConflict({ merged: null, original: null });

  it('is one of its texts, none, or can’t be', () => {
    expect(resolvedText(conflict, 'merged')).toBeUndefined();
    expect(resolvedText(conflict, 'original')).toBeNull();
    expect(resolvedText(conflict, 'current')).toBe(conflict.current);
  });

  it('is shown as a diff of the file as it is', () => {
    const kinds = hunksOf('a\nb\n', 'a\nc\n').flat();
    expect(kinds).toEqual([
      { kind: 'same', text: 'a', before: 1, after: 1 },
      { kind: 'removed', text: 'b', before: 2, after: null },
      { kind: 'added', text: 'c', before: null, after: 2 },
    ]);
    expect(hunksOf('a\n', 'a\n')).toEqual([]);
  });
});
