import { expect, test } from 'vitest';
import { lineAround, type Rows } from '../../../../renderer/terminal/wrappedLine.ts';

/** Rows of four cells; a wide character takes two. */
function rows(...lines: { text: string; isWrapped?: boolean }[]): Rows {
  const made = lines.map(({ text, isWrapped = false }) => {
    const cells = [...text].flatMap((char) =>
      char > '\u2e80'
        ? [
            { chars: char, width: 2 },
            { chars: '', width: 0 },
          ]
        : [{ chars: char, width: 1 }],
    );
    while (cells.length < 4) cells.push({ chars: '', width: 1 });
    return {
      isWrapped,
      length: cells.length,
      getCell: (column: number) => {
        const cell = cells[column];
        return cell && { getChars: () => cell.chars, getWidth: () => cell.width };
      },
    };
  });
  return { getLine: (row) => made[row] };
}

test('a line that takes several rows is found from each of them', () => {
  const buffer = rows({ text: 'xx' }, { text: 'abcd' }, { text: 'efgh', isWrapped: true }, { text: 'y' });
  for (const row of [1, 2]) {
    const { text, cells } = lineAround(buffer, row);
    expect(text).toBe('abcdefgh');
    expect(cells[5]).toEqual({ row: 2, column: 1 });
  }
  expect(lineAround(buffer, 3).text).toBe('y   ');
});

test('each unit of the text knows its cell, behind wide characters and in surrogate pairs', () => {
  const { text, cells } = lineAround(rows({ text: '漢a' }), 0);
  expect(text.startsWith('漢a')).toBe(true);
  expect(cells[1]).toEqual({ row: 0, column: 2 });
  const pair = lineAround(rows({ text: '𝒳b' }), 0);
  expect(pair.cells[pair.text.indexOf('b')]).toEqual({ row: 0, column: 2 });
});
