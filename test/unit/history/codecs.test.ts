import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryKindSchema, HistoryOutcomeSchema, type HistoryRecord } from '#shared/contract.ts';
import {
  ENTRY_BYTES,
  encodeEntry,
  isEntry,
  lengthAt,
  offsetAt,
  summaryAt,
  TONES,
  wordsOf,
} from '../../../main/engine/history/format.ts';
import { entryOfLine, wholeLines } from '../../../main/engine/history/indexLines.ts';
import { decodeLine, encodeLine } from '../../../main/engine/history/recordLines.ts';
import {
  bySegment,
  parseRecordId,
  parseSegmentFile,
  recordId,
  segmentFile,
  writerName,
} from '../../../main/engine/history/segmentNames.ts';
import { summaryOf } from '../../../main/engine/history/summary.ts';
import { aBuild, anEdit, aReloadRecord, aServer } from './records.ts';

const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const text = fc.string({ unit: 'grapheme', maxLength: 100 });
const record: fc.Arbitrary<HistoryRecord> = fc
  .record({
    at: time,
    text,
    texts: fc.array(text, { maxLength: 5 }),
    took: fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs),
  })
  .chain((made) => {
    const { at, took, texts } = made;
    return fc.constantFrom(
      anEdit({ at, files: texts }),
      aBuild({
        at,
        took,
        outcome: 'failed',
        trigger: { kind: 'edit', files: texts, text: made.text },
        message: made.text,
      }),
      aReloadRecord({
        at,
        took,
        verdict: 'stuck',
        message: made.text,
        modules: { [`m${made.text}`]: 'stale' },
      }),
      aServer({ at, event: 'crash', life: took, signal: made.text, lines: texts }),
    );
  });

describe('a line', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(record, (each) => {
        const bytes = encodeLine({ kind: 'record', record: each });
        expect(bytes.indexOf(10)).toBe(bytes.length - 1);
        expect(decodeLine(bytes)).toEqual({ kind: 'record', record: each });
      }),
    );
  });

  it('that is cut anywhere is none', () => {
    fc.assert(
      fc.property(record, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (each, part) => {
        const bytes = encodeLine({ kind: 'record', record: each });
        const cut = bytes.subarray(0, Math.floor(part * (bytes.length - 1)));
        expect(decodeLine(cut)).toEqual({ kind: 'other' });
        expect([...wholeLines(cut)]).toEqual([]);
      }),
    );
  });

  it('of any bytes is a record or none, and never an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(json)),
        ),
        (bytes) => {
          expect(decodeLine(Buffer.from(bytes)).kind).toBe('other');
        },
      ),
    );
  });
});

describe('an index entry', () => {
  it('says of a record what its line does', () => {
    fc.assert(
      fc.property(record, fc.nat(2 ** 40), (each, offset) => {
        const line = encodeLine({ kind: 'record', record: each });
        const bytes = entryOfLine(line, offset);
        const { label, ...summary } = summaryOf(each);
        const read = summaryAt(bytes, 0);
        expect(bytes).toHaveLength(ENTRY_BYTES);
        expect(isEntry(wordsOf(bytes), 0)).toBe(true);
        expect([offsetAt(bytes, 0), lengthAt(bytes, 0)]).toEqual([offset, line.length]);
        expect(read).toMatchObject(summary);
        expect(label.startsWith(read?.label ?? '-')).toBe(true);
        expect(Buffer.byteLength(read?.label ?? '')).toBeGreaterThanOrEqual(
          Math.min(57, Buffer.byteLength(label)),
        );
      }),
    );
  });

  it('has a place for each outcome, kind and tone', () => {
    for (const outcome of HistoryOutcomeSchema.options) {
      for (const kind of HistoryKindSchema.options) {
        const what = { kind, outcome, tone: TONES[1], at: 1, took: null, label: '' };
        expect(summaryAt(encodeEntry({ what, offset: 0, length: 1 }), 0)).toEqual(what);
      }
    }
  });

  it('with a flipped bit is none', () => {
    fc.assert(
      fc.property(record, fc.nat(8 * ENTRY_BYTES - 1), (each, bit) => {
        const bytes = entryOfLine(encodeLine({ kind: 'record', record: each }), 0);
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(isEntry(wordsOf(bytes), 0)).toBe(false);
      }),
    );
  });
});

describe('names', () => {
  const name = fc.record({
    writer: fc.tuple(time, fc.nat(2 ** 31)).map(([at, pid]) => writerName(at, pid)),
    segment: fc.nat(999_999),
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(name, fc.nat(2 ** 40), (each, offset) => {
        expect(parseSegmentFile(segmentFile(each, 'jsonl'))).toEqual({ ...each, kind: 'jsonl' });
        expect(parseRecordId(recordId(each, offset))).toEqual({ ...each, offset });
        expect(recordId(each, offset).split('.')[0]).toBe(each.writer);
      }),
    );
  });

  it('stand in the order in which they were begun', () => {
    const [old, next] = [writerName(999_999_999_999, 9), writerName(1_000_000_000_000, 1)];
    const names = [
      { writer: next, segment: 0 },
      { writer: old, segment: 10 },
      { writer: old, segment: 9 },
    ];
    expect(names.sort(bySegment).map(({ segment }) => segment)).toEqual([9, 10, 0]);
  });
});
