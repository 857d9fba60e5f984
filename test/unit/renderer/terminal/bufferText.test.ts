import { describe, expect, it } from 'vitest';
import { allText, type Lines } from '../../../../renderer/terminal/bufferText.ts';

describe('the text of a terminal', () => {
  const lines = (...rows: (readonly [string, boolean])[]): Lines => ({
    length: rows.length,
    getLine: (row) => {
      const line = rows[row];
      return (
        line && { isWrapped: line[1], translateToString: (trim) => (trim ? line[0].trimEnd() : line[0]) }
      );
    },
  });

  it('joins wrapped rows and drops the empty ones at the end', () => {
    const buffer = lines(
      ['one  ', false],
      ['a long ', false],
      ['line   ', true],
      ['       ', false],
      ['', false],
    );
    expect(allText(buffer)).toBe('one\na long line\n');
  });

  it('of an empty terminal is empty', () => {
    expect(allText(lines(['   ', false]))).toBe('');
  });
});
