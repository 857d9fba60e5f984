import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '#shared/ansi.ts';

const text = (input: string) =>
  runsOf(input)
    .map((run) => run.text)
    .join('');

describe('the compiler’s colors', () => {
  it('become runs', () => {
    expect(runsOf('\x1b[1m\x1b[38;5;9merror\x1b[0m: oh\x1b[33m no')).toEqual([
      { text: 'error', color: 9, bold: true },
      { text: ': oh', color: null, bold: false },
      { text: ' no', color: 3, bold: false },
    ]);
  });

  it('know the bright ones, and what ends a color or boldness', () => {
    expect(runsOf('\x1b[1;94ma\x1b[22mb\x1b[39mc\x1b[mx')).toEqual([
      { text: 'a', color: 12, bold: true },
      { text: 'b', color: 12, bold: false },
      { text: 'cx', color: null, bold: false },
    ]);
  });

  it('skip colors that are not shown, with their parameters', () => {
    expect(runsOf('\x1b[38;2;1;31;3ma\x1b[48;5;31mb\x1b[38;5;200mc')).toEqual([
      { text: 'abc', color: null, bold: false },
    ]);
  });

  it('leave no other sequence in the text', () => {
    expect(text('\x1b]8;;https://x.org\x1b\\link\x1b]8;;\x07 \x1b[2K\x1b[?25lok\x1bM')).toBe('link ok');
  });

  it('lose nothing of plain text', () => {
    const plain = fc.string().filter((s) => !s.includes('\x1b'));
    fc.assert(
      fc.property(plain, (input) => {
        expect(text(input)).toBe(input);
      }),
    );
  });
});
