import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripAnsi } from '../../../../main/engine/logs/records/ansi.ts';
import type { Chunk } from '../../../../main/engine/logs/search/chunk.ts';
import {
  compilePattern,
  type Matcher,
  type SearchPattern,
} from '../../../../main/engine/logs/search/pattern.ts';
import { type Hit, scanChunk } from '../../../../main/engine/logs/search/scanChunk.ts';
import { LineIndexer } from '../../../../main/engine/logs/store/lineIndexer.ts';
import { painted } from '../records/samples.ts';
import { valueIn } from '../store/runs.ts';

const BEGIN = { offset: 0, line: 0, time: 0, levels: [0, 0, 0, 0, 0], continues: false };

function chunkOf(bytes: Buffer, limits = { blockBytes: 200, blockMs: 1000, pieceBytes: 1000 }): Chunk {
  const indexer = new LineIndexer(BEGIN, limits);
  const begun = [BEGIN, ...indexer.push(bytes, 0)];
  const end = { offset: bytes.length, line: indexer.lines, levels: indexer.levels };
  const blocks = begun.map((begin, i) => ({ begin, end: begun[i + 1] ?? end }));
  return { bytes, offset: 0, length: bytes.length, blocks };
}

const matcherOf = (pattern: Partial<SearchPattern>): Matcher =>
  valueIn(compilePattern({ text: '', regex: false, caseSensitive: true, ...pattern }));
const search = (text: string | Buffer, pattern: Partial<SearchPattern>, most = 1000) =>
  scanChunk(chunkOf(Buffer.from(text)), matcherOf(pattern), most);

/** What a person would find: line by line, in what the terminal shows. */
function expected(text: string, pattern: RegExp): Hit[] {
  const hits: Hit[] = [];
  let offset = 0;
  const lines = text.split('\n');
  for (const [line, raw] of lines.entries()) {
    const plain = stripAnsi(raw).replace(/\r$/, line === lines.length - 1 ? '\r' : '');
    const spans = [...plain.matchAll(pattern)].slice(0, 100);
    if (spans.length > 0) {
      hits.push({
        line,
        offset,
        spans: spans.map((match) => ({ start: match.index, length: match[0].length })),
      });
    }
    offset += Buffer.byteLength(raw) + 1;
  }
  return hits;
}

const piece = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', 'B', 'é', '€', '😀', '[', '0', 'm', '3', ';', ' ', '\r\n', '\n', '\n', '='),
  fc.constantFrom('\x1b[0m', '\x1b[31m', '\x1b[2m', '\x1b[K', '\x1b[38;5;1m', '\x1b[?25l'),
);
const coloured = fc.array(piece, { maxLength: 120 }).map((parts) => parts.join(''));
const linked = fc
  .array(fc.oneof(piece, fc.constantFrom('\x1b]8;;http://a\x1b\\', '\x1b]0;ab\x07', '\x1b7', '\x1b(B')), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
const needle = fc.array(fc.constantFrom('a', 'b', 'B', 'é', '€', '😀', '[', '0', 'm', '3', ' ', '='), {
  minLength: 1,
  maxLength: 4,
});

describe('a search for text', () => {
  it('finds what a person would see, colours or not', () => {
    fc.assert(
      fc.property(fc.oneof(coloured, linked), needle, fc.boolean(), (text, chars, caseSensitive) => {
        const wanted = chars.join('');
        const pattern = new RegExp(wanted.replaceAll('[', '\\['), caseSensitive ? 'gu' : 'giu');
        const { count, hits } = search(text, { text: wanted, caseSensitive });
        const found = expected(text, pattern);
        expect({ wanted, hits }).toEqual({ wanted, hits: found });
        expect(count).toBe(found.length);
        expect(search(text, { text: wanted, caseSensitive }, 1)).toEqual({ count, hits: found.slice(0, 1) });
      }),
      { numRuns: 2000 },
    );
  });

  it('looks through the colours that conduwuit paints', () => {
    const line = painted(
      'INFO',
      '\x1b[2mdepot_router\x1b[0m\x1b[2m:\x1b[0m GET / \x1b[3mstatus\x1b[0m\x1b[2m=\x1b[0m200',
    );
    const text = `${line}\r\n`.repeat(3);
    for (const wanted of ['INFO depot_router: GET / status=200', 'status=2', 'Z  INFO d', ': G']) {
      expect(search(text, { text: wanted }).count, wanted).toBe(3);
    }
    // What only the escape sequences hold is not there.
    for (const wanted of ['[2m', '0m', '32', 'm', '\x1b', '[1']) {
      expect(search(text, { text: wanted }).count, wanted).toBe(0);
    }
  });

  it('finds odd things only where they are', () => {
    const text = 'a.c\nabc\n$^*\na\\d\n\0\n\x07bell\n�\n';
    for (const [wanted, lines] of [
      ['.', [0]],
      ['$^*', [2]],
      ['\\d', [3]],
      ['\0', [4]],
      ['\x07', [5]],
      ['�', [6]],
      ['\ud800', []],
    ] as const) {
      expect(search(text, { text: wanted }).hits.map(({ line }) => line)).toEqual(lines);
    }
    const broken = Buffer.from([0x61, 0xff, 0x62, 10, 0xc3, 10, 0xa9]);
    expect(search(broken, { text: '�' }).count).toBe(3);
    expect(search(broken, { text: 'é' }).count).toBe(0);
    expect(search(broken, { text: 'b' }).hits).toEqual([
      { line: 0, offset: 0, spans: [{ start: 2, length: 1 }] },
    ]);
  });

  it('ignores case beyond ASCII too', () => {
    expect(search('ÉCOLE\nécole\necole\n', { text: 'école', caseSensitive: false }).count).toBe(2);
    expect(search('ÉCOLE\nécole\n', { text: 'école' }).count).toBe(1);
    // Bytes that would be letters, were they characters.
    expect(search('Ã©\n', { text: 'é', caseSensitive: false }).count).toBe(0);
  });

  it('finds what a piece’s end cuts', () => {
    const text = `${'x'.repeat(995)}needle${'y'.repeat(2000)}\nneedle\n`;
    const { hits } = search(text, { text: 'needle' });
    expect(hits.map(({ line, offset, spans }) => [line, offset, spans[0]?.start])).toEqual([
      [0, 0, 995],
      [4, 3002, 0],
    ]);
    expect(search(text, { text: 'y' }).hits.map(({ line, spans }) => [line, spans.length])).toEqual([
      [1, 100],
      [2, 100],
      [3, 1],
    ]);
  });
});

describe('a search by regular expression', () => {
  it('looks at one line at a time, without colours', () => {
    const text = '\x1b[31mone\x1b[0m two\r\nthree\n\nlast';
    for (const [source, lines] of [
      ['^one two$', [0]],
      ['[^x]+', [0, 1, 3]],
      ['\\s', [0]],
      ['^$', [2]],
      ['o*', [0, 1, 2, 3]],
      ['(?<=e )t', [0]],
      ['\\d', []],
      ['ONE', []],
    ] as const) {
      expect(
        search(text, { text: source, regex: true }).hits.map(({ line }) => line),
        source,
      ).toEqual(lines);
    }
    expect(search(text, { text: 'ONE|LAST', regex: true, caseSensitive: false }).hits).toEqual([
      { line: 0, offset: 0, spans: [{ start: 0, length: 3 }] },
      { line: 3, offset: 25, spans: [{ start: 0, length: 4 }] },
    ]);
  });

  it('is the same as that of each line', () => {
    fc.assert(
      fc.property(
        coloured,
        fc.constantFrom('a+b', '^.', '.$', 'a|é', '[^a]', 'b?', '\\u{1f600}', '0m'),
        (text, source) => {
          const found = search(text, { text: source, regex: true });
          const hits = expected(text, new RegExp(source, 'gu'));
          // Behind the last line end there is no line.
          if (text === '' || text.endsWith('\n'))
            expect(found.hits).toEqual(hits.filter(({ line }) => line < text.split('\n').length - 1));
          else expect(found.hits).toEqual(hits);
        },
      ),
    );
  });
});

describe('a pattern', () => {
  it.each([
    [{ text: '' }, 'search-empty', 'There is nothing to search for.'],
    [{ text: '(', regex: true }, 'search-pattern', 'This is no regular expression: unterminated group.'],
    [{ text: 'a**', regex: true }, 'search-pattern', 'This is no regular expression: nothing to repeat.'],
    [{ text: 'a\nb' }, 'search-lines', 'A search looks at one line at a time: leave the line end out.'],
  ])('that is none says so: %j', (pattern, kind, message) => {
    const compiled = compilePattern({ regex: false, caseSensitive: true, ...pattern });
    expect(compiled).toMatchObject({ ok: false, failure: { kind, message } });
  });

  it('may be written loosely', () => {
    expect(search('a-b\n', { text: 'a\\-b', regex: true }).count).toBe(1);
  });
});
