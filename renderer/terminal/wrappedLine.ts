/** The part of xterm's buffer that finding text in it takes. */
export interface Rows {
  getLine(row: number):
    | {
        readonly isWrapped: boolean;
        readonly length: number;
        getCell(column: number): { getChars(): string; getWidth(): number } | undefined;
      }
    | undefined;
}

/** A cell, counted from 0. */
interface Cell {
  readonly row: number;
  readonly column: number;
}

/** A line of the program, which may take several rows of the screen. */
export interface WrappedLine {
  readonly text: string;
  /** The cell of each UTF-16 unit of the text. */
  readonly cells: readonly Cell[];
}

/** More rows than this are no line that anybody follows a link in. */
const MOST_ROWS = 40;

/** Returns the line that a row belongs to. */
export function lineAround(buffer: Rows, row: number): WrappedLine {
  let first = row;
  while (first > 0 && row - first < MOST_ROWS && buffer.getLine(first)?.isWrapped) first -= 1;
  let text = '';
  const cells: Cell[] = [];
  for (let at = first; at < first + MOST_ROWS; at += 1) {
    const line = buffer.getLine(at);
    if (line === undefined || (at > first && !line.isWrapped)) break;
    for (let column = 0; column < line.length; column += 1) {
      const cell = line.getCell(column);
      // The second half of a wide character holds nothing.
      if (cell === undefined || cell.getWidth() === 0) continue;
      const chars = cell.getChars() === '' ? ' ' : cell.getChars();
      for (let unit = 0; unit < chars.length; unit += 1) cells.push({ row: at, column });
      text += chars;
    }
  }
  return { text, cells };
}
