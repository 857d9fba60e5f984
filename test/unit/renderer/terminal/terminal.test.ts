import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ackCounter, cut } from '../../../../renderer/terminal/acknowledgements.ts';
import { allText, type Lines } from '../../../../renderer/terminal/bufferText.ts';
import { type TerminalText, textStream } from '../../../../renderer/terminal/textStreams.ts';
import { mayOpen } from '../../../../renderer/ui/openableUrl.ts';

describe('acknowledgements', () => {
  it('come in lots, and leave less than one lot untold', () => {
    const told: number[] = [];
    const acks = ackCounter((chars) => told.push(chars), 100);
    for (const chars of [40, 40, 40, 250, 10]) {
      acks.took(chars);
      acks.drew(chars);
    }
    expect(told).toEqual([120, 250]);
  });

  it('tell of everything when the terminal goes, drawn or not, and nothing after that', () => {
    const told: number[] = [];
    const acks = ackCounter((chars) => told.push(chars), 100);
    acks.took(70);
    acks.took(30);
    acks.drew(70);
    acks.close();
    acks.drew(30);
    expect(told).toEqual([100]);
  });
});

describe('a long input', () => {
  it('is cut without losing or splitting a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 2, max: 20 }),
        (text, size) => {
          const parts = cut(text, size);
          expect(parts.join('')).toBe(text);
          for (const part of parts) {
            expect(part.length).toBeGreaterThan(0);
            expect(part.length).toBeLessThanOrEqual(size);
            expect(part).not.toMatch(/\p{Surrogate}/u);
          }
        },
      ),
    );
  });
});

describe('a stream', () => {
  const output = (data: string): TerminalText => ({ type: 'output', stream: 'server', data });
  const replay = (data: string): TerminalText => ({ type: 'replay', stream: 'server', data });

  it('keeps what comes before its terminal, from the last replay on', () => {
    const stream = textStream();
    for (const piece of [output('a'), replay('b'), output('c')]) stream.receive(piece);
    const seen: string[] = [];
    stream.attach((piece) => seen.push(piece.data));
    stream.receive(output('d'));
    expect(seen).toEqual(['b', 'c', 'd']);
  });

  it('waits again after its terminal went', () => {
    const stream = textStream();
    const seen: string[] = [];
    stream.attach(() => {})();
    stream.receive(output('e'));
    stream.attach((piece) => seen.push(piece.data));
    expect(seen).toEqual(['e']);
  });

  it('is not taken from a later terminal when an earlier one goes', () => {
    const stream = textStream();
    const seen: string[] = [];
    const leave = stream.attach(() => {});
    stream.attach((piece) => seen.push(piece.data));
    leave();
    stream.receive(output('f'));
    expect(seen).toEqual(['f']);
  });
});

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

describe('links', () => {
  it.each([
    ['https://example.org/x', true],
    ['http://example.org', true],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['no link', false],
  ])('%s', (url, allowed) => expect(mayOpen(url)).toBe(allowed));
});
