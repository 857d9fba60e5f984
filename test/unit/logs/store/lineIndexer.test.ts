import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../../main/engine/logs/records/record.ts';
import { type Begun, LineIndexer } from '../../../../main/engine/logs/store/lineIndexer.ts';
import { characterStart } from '../../../../main/engine/logs/store/utf8.ts';
import { BLOCKS as FORMS, recordsIn, TIME } from '../records/samples.ts';

const START = { offset: 0, line: 0, time: 1000, levels: [0, 0, 0, 0, 0], continues: false };
const SMALL = { blockBytes: 300, blockMs: 1000, pieceBytes: 200 };
const LARGE = { blockBytes: 32_768, blockMs: 1000, pieceBytes: 65_536 };

/** All that an indexer says of these bytes, cut into chunks at these places. */
function indexed(bytes: Buffer, cuts: readonly number[] = [], limits = SMALL, segmentBytes?: number) {
  const indexer = new LineIndexer(START, limits, segmentBytes);
  const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  const begun = at.slice(1).flatMap((end, i) => indexer.push(bytes.subarray(at[i], end), 1000));
  return { begun, end: { offset: indexer.offset, lines: indexer.lines, levels: indexer.levels } };
}

const line = fc.oneof(
  fc.constantFrom(...Object.values(FORMS).flat()),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.nat(900).map((length) => 'é'.repeat(length)),
);
const log = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, ended]) =>
    Buffer.from(lines.map((each) => each.replaceAll('\n', '')).join(end) + (ended ? end : '')),
  );
const noise = fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes));

describe('a log', () => {
  it('is cut into the same blocks however it comes', () => {
    fc.assert(
      fc.property(fc.oneof(log, noise), fc.array(fc.nat(3000), { maxLength: 40 }), (bytes, cuts) => {
        const whole = indexed(bytes);
        expect(
          indexed(
            bytes,
            cuts.map((cut) => Math.min(cut, bytes.length)),
          ),
        ).toEqual(whole);
        expect(indexed(bytes, Array.from(bytes.keys()))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('can be read on from any block', () => {
    fc.assert(
      fc.property(fc.oneof(log, noise), (bytes) => {
        const { begun, end } = indexed(bytes);
        for (const [i, from] of begun.entries()) {
          const indexer = new LineIndexer(from, SMALL);
          expect(indexer.push(bytes.subarray(from.offset), 1000)).toEqual(begun.slice(i + 1));
          expect({ offset: indexer.offset, lines: indexer.lines, levels: indexer.levels }).toEqual(end);
        }
      }),
    );
  });

  it('can be read on from the middle of a long line within a panic', () => {
    const panic = "thread 'main' (12) panicked at src/lib.rs:1:1:";
    const lengths = [129, 91, 40, 40, 101];
    const bytes = Buffer.from([panic, ...lengths.map((length) => 'é'.repeat(length))].join('\n'));
    const { begun, end } = indexed(bytes);
    const pieces = begun.filter(({ continues }) => continues);
    expect(pieces.length).toBeGreaterThan(0);
    for (const from of pieces) {
      const indexer = new LineIndexer(from, SMALL);
      const later = begun.filter(({ offset }) => offset > from.offset);
      expect(indexer.push(bytes.subarray(from.offset), 1000)).toEqual(later);
      expect({ offset: indexer.offset, lines: indexer.lines, levels: indexer.levels }).toEqual(end);
    }
  });

  it('has as many lines and levels as its records', () => {
    fc.assert(
      fc.property(log, (bytes) => {
        const text = bytes.toString();
        const lines = text.split('\n');
        if (lines.at(-1) === '') lines.pop();
        const { end } = indexed(bytes, [], LARGE);
        expect(end.lines).toBe(lines.length);
        const records = recordsIn(lines);
        expect(end.levels).toEqual(
          LEVELS.map((level) => records.filter((record) => record.level === level).length),
        );
      }),
    );
  });

  it('has blocks that begin with a record, and say what came before', () => {
    fc.assert(
      fc.property(log, (bytes) => {
        const { begun } = indexed(bytes);
        for (const { offset, line: number, levels, continues } of begun) {
          const before = bytes.subarray(0, offset);
          if (continues) continue;
          expect(before.at(-1)).toBe(10);
          const part = indexed(before);
          expect({ number, levels }).toEqual({ number: part.end.lines, levels: part.end.levels });
        }
      }),
    );
  });
});

describe('a block', () => {
  const info = (rest: string) => `${TIME}  INFO depot: ${rest}\n`;

  it('holds records to their ends', () => {
    const text = info('x'.repeat(400)) + '    indented\n'.repeat(100) + info('next');
    const { begun } = indexed(Buffer.from(text), [], { ...SMALL, pieceBytes: 10_000 });
    expect(begun.map(({ offset }) => offset)).toEqual([text.lastIndexOf(TIME)]);
  });

  it('ends with time, too', () => {
    const indexer = new LineIndexer(START, LARGE);
    expect(indexer.push(Buffer.from(info('one') + info('two')), 1500)).toEqual([]);
    expect(indexer.push(Buffer.from(info('three').slice(0, 10)), 2001)).toEqual([]);
    const begun = indexer.push(Buffer.from(info('three').slice(10)), 9000);
    expect(begun).toMatchObject([{ line: 2, time: 2001, levels: [0, 0, 2, 0, 0] }]);
  });

  it('ends inside a line that is too long, between two characters', () => {
    const text = `${'é'.repeat(250)}\nshort\n`;
    const { begun, end } = indexed(Buffer.from(`a${text}`));
    expect(begun.map(({ offset, line: number, continues }) => [offset, number, continues])).toEqual([
      [199, 1, true],
      [399, 2, true],
    ]);
    expect(end.lines).toBe(4);
  });

  it('ends where a file does: with the first record behind its limit that has not begun to be written', () => {
    const begun = (text: string, cuts: number[], limit: number) =>
      indexed(Buffer.from(text), cuts, LARGE, limit).begun.map((each: Begun) => [each.offset, each.segment]);
    const lines = '1234567\n'.repeat(10);
    expect(begun(lines, [3, 30], 20)).toEqual([
      [32, true],
      [56, true],
    ]);
    expect(begun(lines, [3], 24)).toEqual([
      [24, true],
      [48, true],
      [72, true],
    ]);
    // Not inside a record, unless that takes too long.
    const record = info('x') + '    more\n'.repeat(5);
    expect(begun(record.repeat(3), [], 10)).toEqual([
      [record.length, true],
      [2 * record.length, true],
    ]);
    const late = '1234567\n'.repeat(17_000);
    const middles = Array.from({ length: 17_000 }, (_, i) => 8 * i + 4);
    expect(begun(late, middles, 100).filter(([, segment]) => segment)).toEqual([[131_176, true]]);
    // Not before there is something to put there.
    expect(begun(lines, [], 80)).toEqual([]);
    expect(indexed(Buffer.alloc(1000, 65), [333], SMALL, 500).begun.at(-2)).toMatchObject({
      offset: 600,
      segment: true,
      continues: true,
    });
  });
});

describe('a character', () => {
  it('begins up to three bytes earlier', () => {
    const bytes = Buffer.from('aé€😀b');
    const starts = Array.from({ length: bytes.length + 1 }, (_, at) =>
      characterStart(bytes, at, Buffer.alloc(0)),
    );
    expect(starts).toEqual([0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11]);
    expect(characterStart(bytes.subarray(8), 0, bytes.subarray(5, 8))).toBe(-2);
    expect(characterStart(Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80]), 4, Buffer.alloc(0))).toBe(4);
  });
});
