import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripAnsi } from '#shared/ansi.ts';
import { HEAD_CHARS, mayBegin, startOf } from '../../../../main/engine/logs/records/formats.ts';
import { Grouper, LONGEST_MORE_BYTES } from '../../../../main/engine/logs/records/grouper.ts';
import { SIGNS } from '../signs.ts';
import { brokenLine, fuzzRecords, randomFrom } from './fuzz.ts';
import { BLOCKS, painted, recordsIn, TIME } from './samples.ts';

const patient = { timeout: 60_000 };
const real = fc.constantFrom(...Object.values(BLOCKS).flat());
const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const anyLine = fc
  .oneof(
    real,
    noise,
    noise.map((rest) => `${TIME}  INFO ${rest}`),
    noise.map((rest) => `{"level":"INFO",${rest}`),
  )
  .map((line) => line.replaceAll('\n', ''));

describe('any lines at all', () => {
  it('become records that hold each line once', patient, () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 30 }), (lines) => {
        const records = recordsIn(lines);
        let at = 0;
        for (const record of records) {
          const [first = '', ...more] = lines.slice(at, at + record.lines);
          at += record.lines;
          const plain = (line: string) => stripAnsi(line.endsWith('\r') ? line.slice(0, -1) : line);
          expect(record.text).toBe(plain(first));
          expect(record.extra).toEqual(more.map(plain).slice(0, record.extra.length));
        }
        expect(at).toBe(lines.length);
      }),
    );
  });

  it('begin records in the same places for one who reads bytes', patient, () => {
    fc.assert(
      fc.property(
        fc.array(
          anyLine.map((line) => line.toWellFormed()),
          { maxLength: 30 },
        ),
        (lines) => {
          const [text, bytes] = [new Grouper(), new Grouper()];
          for (const line of lines) {
            const raw = Buffer.from(line);
            const long = raw.length > LONGEST_MORE_BYTES;
            const inBytes = bytes.next(stripAnsi(raw.toString('latin1')).slice(0, HEAD_CHARS), long);
            expect(inBytes).toEqual(text.next(stripAnsi(line).slice(0, HEAD_CHARS), long));
          }
        },
      ),
    );
  });

  it('are not passed over where a record may begin', patient, () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const raw = Buffer.from(line);
        if (startOf(stripAnsi(raw.toString('latin1')).slice(0, HEAD_CHARS)) === null) return;
        expect(mayBegin(raw[0] ?? 0, raw.length)).toBe(true);
      }),
    );
    for (const lines of Object.values(BLOCKS)) {
      const [first = ''] = lines;
      if (first !== 'hello there') expect(mayBegin(first.charCodeAt(0), first.length)).toBe(true);
    }
    for (const line of ['[INFO]', 'Error: ', 'INFO a:', 'relocation error: a: b']) {
      expect([line, startOf(line) === null, mayBegin(line.charCodeAt(0), line.length)]).toEqual([
        line,
        false,
        true,
      ]);
    }
  });

  it('however broken, are all taken', patient, () => {
    const { lines, records, levelled } = fuzzRecords(30_000, 7);
    expect(lines).toBe(30_000);
    expect(records).toBeGreaterThan(10_000);
    expect(levelled).toBeGreaterThan(5_000);
    expect(fuzzRecords(2_000, 3).records).toBe(fuzzRecords(2_000, 3).records);
    expect(brokenLine(randomFrom(5))).toBe(brokenLine(randomFrom(5)));
  });

  // 260 lines of 200,000 characters: minutes if any were read again and again.
  it('are read in time that grows with their length only', patient, () => {
    const heads = [
      '',
      `${TIME}  INFO `,
      `  ${TIME} ERROR depot: `,
      '{"level":"INFO","a":',
      '[INFO ',
      'INFO a',
      "thread 'x' panicked at ",
    ];
    for (const head of heads)
      for (const sign of SIGNS) recordsIn([head + sign.repeat(200_000 / sign.length), '    in a']);
  });

  it('of 10 MB are, too', patient, () => {
    for (const sign of ['\x1b[', '\x1b]', ';', 'a=', '\x1b[31mx']) {
      expect(recordsIn([painted('INFO', `depot: ${sign.repeat(10_000_000 / sign.length)}`)])).toHaveLength(1);
    }
  });
});
