import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripAnsi } from '#shared/ansi.ts';
import type { Chunk } from '../../../../main/engine/logs/search/chunk.ts';
import type { Hit } from '../../../../main/engine/logs/search/found.ts';
import {
  compilePattern,
  type Matcher,
  type SearchPattern,
} from '../../../../main/engine/logs/search/pattern.ts';
import { scanChunk } from '../../../../main/engine/logs/search/scanChunk.ts';
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
const colored = fc.array(piece, { maxLength: 120 }).map((parts) => parts.join(''));
const linked = fc
  .array(fc.oneof(piece, fc.constantFrom('\x1b]8;;http://a\x1b\\', '\x1b]0;ab\x07', '\x1b7', '\x1b(B')), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
const needle = fc.array(fc.constantFrom('a', 'b', 'B', 'é', '€', '😀', '[', '0', 'm', '3', ' ', '='), {
  minLength: 1,
  maxLength: 4,
});

/** Regular expressions, put together from what may go wrong. */
const source = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      'ab',
      'B',
      '.',
      '\\s',
      '\\S',
      '\\W',
      '\\w',
      '\\D',
      '\\d',
      '^',
      '$',
      '\\b',
      '\\B',
    ),
    fc.constantFrom(
      '[^a]',
      '[ab]',
      '[\\sa]',
      '[^\\w]',
      '[^]',
      '\\x0a',
      '\\r',
      ' ',
      '=',
      '\\[',
      'é',
      '(a|é)',
      '\\P{L}',
      'a;',
    ),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => a + b),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(?:${a}|${b})`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `${a}|${b}`),
    fc
      .tuple(tie('any'), fc.constantFrom('?', '*', '+', '{2}', '{0,2}', '+?', '{1,}?'))
      .map(([a, n]) => `(?:${a})${n}`),
    fc.constantFrom('a?', 'a*', 'b+', 'a{2}', 'b{0,1}', 'ba+', 'ab{0}', 'bb?'),
    fc.tuple(tie('any'), fc.constantFrom('=', '!', '<=', '<!')).map(([a, look]) => `(?${look}${a})`),
  ),
})).any;

describe('a search for text', () => {
  it('finds what a person would see, colors or not', () => {
    fc.assert(
      fc.property(fc.oneof(colored, linked), needle, fc.boolean(), (text, chars, caseSensitive) => {
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

  it('looks through the colors that conduwuit paints', () => {
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
  it('looks at one line at a time, without colors', () => {
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
        colored,
        fc.oneof(
          source,
          fc.constantFrom('\\u{1f600}', '0m', '(?<x>a|b)\\k<x>', '[^]', '\\n', '\\s+$', '[\\s\\S]b'),
        ),
        fc.boolean(),
        (text, source, caseSensitive) => {
          const found = search(text, { text: source, regex: true, caseSensitive });
          const hits = expected(text, new RegExp(source, caseSensitive ? 'gu' : 'giu'));
          // Behind the last line end there is no line.
          const lines = text === '' || text.endsWith('\n') ? text.split('\n').length - 1 : Infinity;
          const there = hits.filter(({ line }) => line < lines);
          expect({ source, ...found }).toEqual({ source, count: there.length, hits: there });
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('finds no line twice, and nothing across two of them', () => {
    const text = 'ab\r\n\x1b[1m\x1b[0m\r\nb a\rb\n\u2028a\n\nb';
    for (const [source, lines] of [
      ['b[^x]*b', [2]],
      ['a.?$', [0, 3]],
      ['^\\s*$', [1, 4]],
      ['\\W', [2, 3]],
      ['(?<=a[^]*)b|(?=.b)', [0, 2]],
      ['(?![^]*b)', [0, 1, 2, 3, 4, 5]],
      ['^(?![^]*b)', [1, 3, 4]],
      ['^\\u2028', [3]],
      ['\\x0a|\\cJ|\\u000a', []],
      ['[\\0-\\x20]', [2]],
      ['(?:^|a)b', [0, 2, 5]],
    ] as const) {
      const { count, hits } = search(text, { text: source, regex: true });
      expect({ source, count, lines: hits.map(({ line }) => line) }).toEqual({
        source,
        count: lines.length,
        lines,
      });
    }
  });

  it('has the same words in it whether there are few lines with them or many', () => {
    const line = (i: number) => `\x1b[2mno\x1b[0mde\x1b[1m${i % 100}\x1b[0m ok\r\n`;
    const lines = Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? line(i) : `${i} nothing\n`)).join('');
    const limits = { blockBytes: 32_768, blockMs: 1000, pieceBytes: 65_536 };
    for (const source of ['node7\\b', 'node\\d+ ok', '(?:x|node)91 o', 'n.de14|ode21', 'NODE7\\d*$|e14']) {
      const chunk = chunkOf(Buffer.from(lines), limits);
      for (const caseSensitive of [true, false]) {
        const { hits } = scanChunk(chunk, matcherOf({ text: source, regex: true, caseSensitive }), 10_000);
        expect(hits).toEqual(expected(lines, new RegExp(source, caseSensitive ? 'gu' : 'giu')));
      }
    }
  });

  it('finds nothing between the halves of a character', () => {
    const text = '😀\nx😀y\n\n';
    for (const source of ['$^|a', '^$', '\\B', '^|$', '(?!.)']) {
      const found = search(text, { text: source, regex: true });
      expect({ source, ...found }).toEqual({
        source,
        count: found.hits.length,
        hits: expected(text, new RegExp(source, 'gu')).filter(({ line }) => line < 3),
      });
    }
  });

  it('is not confused by odd sequences', () => {
    const long = `\x1b[${'1'.repeat(65)}m`;
    const text = `a${long}b\na\x1b]8;;b\x1b\\b\n\x1b[1 qab\na\x1b[\nb`;
    expect(search(text, { text: '^a?b$', regex: true }).hits).toEqual(expected(text, /^a?b$/gu));
    // What is no character stays none when the color in it is gone.
    const broken = Buffer.from([0xc3, 0x1b, 0x5b, 0x6d, 0xa9, 10]);
    expect(search(broken, { text: '^.$', regex: true }).count).toBe(0);
    expect(search(broken, { text: '^\ufffd\ufffd$', regex: true }).count).toBe(1);
  });
});

describe('a pattern', () => {
  it.each([
    [{ text: '' }, 'search-empty', 'There is nothing to search for.'],
    [{ text: '(', regex: true }, 'search-pattern', 'Invalid regular expression: unterminated group.'],
    [{ text: 'a**', regex: true }, 'search-pattern', 'Invalid regular expression: nothing to repeat.'],
    [{ text: 'a\nb' }, 'search-lines', 'Search works on one line at a time: remove the line break.'],
  ])('that is none says so: %j', (pattern, kind, message) => {
    const compiled = compilePattern({ regex: false, caseSensitive: true, ...pattern });
    expect(compiled).toMatchObject({ ok: false, failure: { kind, message } });
  });

  it('may be written loosely', () => {
    expect(search('a-b\n', { text: 'a\\-b', regex: true }).count).toBe(1);
  });
});
