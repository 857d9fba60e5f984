import { describe, expect, it } from 'vitest';
import { headline, recordParts, spansWithin } from '../../../../renderer/log/searchHighlights.ts';
import { record } from './records.ts';

const found = (line: string, text: string) => {
  const start = line.indexOf(text);
  return [{ start, length: text.length }];
};

const raw = '2026-11-23T09:12:01Z  INFO request{id=7}: depot::api: took long ms=12 name="a b"';
const full = record(0, {
  raw: `\x1b[2m${raw}\x1b[0m`,
  target: 'depot::api',
  message: 'took long',
  spans: [{ name: 'request', fields: [{ name: 'id', value: '7' }] }],
  fields: [
    { name: 'ms', value: '12' },
    { name: 'name', value: 'a b' },
  ],
});
const marked = (text: string) =>
  recordParts(full, found(raw, text)).flatMap((piece) =>
    piece.found.map(({ start, length }) => [piece.kind, piece.text.slice(start, start + length)]),
  );

describe('what a search found', () => {
  it('is cut to the part that is shown', () => {
    expect(spansWithin([{ start: 2, length: 6 }], 4, 3)).toEqual([{ start: 0, length: 3 }]);
    expect(spansWithin([{ start: 0, length: 4 }], 4, 3)).toEqual([]);
  });

  it.each([
    ['long', [['message', 'long']]],
    ['depot', [['target', 'depot']]],
    ['id=7', [['span', 'id=7']]],
    ['a b', [['value', 'a b']]],
    [
      'api: took',
      [
        ['target', 'api'],
        ['message', 'took'],
      ],
    ],
    [
      'ms=12',
      [
        ['name', 'ms'],
        ['value', '12'],
      ],
    ],
    ['INFO', []],
  ])('%s is marked in its piece', (text, pieces) => expect(marked(text)).toEqual(pieces));

  it('is not marked where the line was written otherwise', () => {
    const json = record(0, { raw: '{"message":"a\\"b","target":"x"}', target: 'x', message: 'a"b' });
    expect(recordParts(json, [{ start: 12, length: 4 }]).every((piece) => piece.found.length === 0)).toBe(
      true,
    );
  });
});

describe('the pieces of a row', () => {
  it('come target first, and have the first line of the message only', () => {
    const pieces = recordParts({ ...full, message: 'one\ntwo' }, []);
    expect(pieces.map(({ kind, text }) => [kind, text])).toEqual([
      ['target', 'depot::api'],
      ['span', 'request{id=7}'],
      ['message', 'one'],
      ['name', 'ms'],
      ['value', '12'],
      ['name', 'name'],
      ['value', 'a b'],
    ]);
    expect(headline('')).toBe('');
  });
});
