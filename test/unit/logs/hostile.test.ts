import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripAnsi } from '#shared/ansi.ts';
import { LineSplitter } from '../../../main/engine/lineSplitter.ts';
import { parseLine } from '../../../main/engine/logs/events/logLine.ts';
import { rawFactOf } from '../../../main/engine/logs/events/rawFacts.ts';
import { eventsIn, factIn, RELOADS, TIME } from './samples.ts';
import { SIGNS } from './signs.ts';

const patient = { timeout: 60_000 };
const LINES = Object.values(RELOADS).flat();
const DEATH = './depot: symbol lookup error: /t/a.so: undefined symbol: f';
const realLine = fc.constantFrom(...LINES, DEATH, 'Error: no', '    at src/a.rs:1 on main ThreadId(1)', '');

/** The same line as the servers paint it. */
const painted = (line: string): string =>
  line.replace(TIME, `\x1b[2m${TIME}\x1b[0m`).replace(/ (INFO|WARN|ERROR)/, '\x1b[32m $1\x1b[0m');

describe('any text at all', () => {
  it('is read without a throw, and mostly says nothing', patient, () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'grapheme' }));
    const behindAHead = text.map((rest) => `${TIME}  INFO depot: ${rest}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(text, behindAHead, realLine), { maxLength: 20 }), (lines) => {
        expect(eventsIn(lines).length).toBeLessThanOrEqual(lines.length);
      }),
    );
  });

  it('that is binary is read through the line splitter too', patient, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const lines = new LineSplitter();
        const whole = [...lines.push(Buffer.from(bytes).toString('utf8')), ...lines.flush()];
        expect(eventsIn(whole.map(stripAnsi))).toEqual(eventsIn(whole.map(stripAnsi)));
      }),
    );
  });

  // Some 150 lines of 16,000 characters, three times: minutes if anything is read again and again.
  it('of the log’s own signs is read in time that grows with its length only', patient, () => {
    const starts = [
      '',
      `${TIME}  INFO `,
      `  ${TIME} ERROR depot: `,
      `${TIME}  INFO depot_router: Listening on [`,
    ];
    for (const start of starts) {
      for (const word of SIGNS) {
        const line = start + word.repeat((16_000 - start.length) / word.length);
        parseLine(line);
        rawFactOf(line);
        factIn(line);
      }
    }
  });
});

describe('a real line', () => {
  it('that is cut anywhere says the same, or less', () => {
    for (const line of LINES) {
      const whole = factIn(line)?.kind;
      for (let end = 0; end < line.length; end += 1) {
        const kind = factIn(line.slice(0, end))?.kind;
        expect([undefined, whole], line.slice(0, end)).toContain(kind);
      }
    }
  });

  it('that lost its beginning says nothing of what the log says', () => {
    for (const line of LINES) {
      for (let start = 3; start < line.length; start += 1) expect(factIn(line.slice(start))).toBeNull();
    }
  });

  it('in colors says the same once it is plain, and nothing before', () => {
    for (const line of LINES) {
      expect(factIn(stripAnsi(painted(line)))).toEqual(factIn(line));
      if (line.includes(TIME)) expect(factIn(painted(line))).toBeNull();
    }
  });

  it('says the same wherever the stream is cut into pieces', patient, () => {
    const text = LINES.join('\r\n');
    const expected = eventsIn(LINES);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 30 }), (cuts) => {
        const splitter = new LineSplitter();
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
        const lines = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.flush()];
        expect(eventsIn(lines)).toEqual(expected);
      }),
    );
  });
});
