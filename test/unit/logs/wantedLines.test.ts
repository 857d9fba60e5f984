import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripAnsi } from '#shared/ansi.ts';
import { WantedLines } from '../../../main/engine/logs/events/wantedLines.ts';
import { startOf } from '../../../main/engine/logs/records/formats.ts';
import { tracingAt } from '../../../main/engine/logs/records/tracingHead.ts';
import { RecentLines } from '../../../main/engine/process/recentLines.ts';

const piece = fc.oneof(
  fc.constantFrom(
    'ready',
    'rea',
    'dy',
    'go.',
    'x',
    'é',
    '€',
    ' ',
    '\r\n',
    '\n',
    '\n\n',
    '\r',
    'open',
    'close',
  ),
  fc.constantFrom('\x1b[0m', '\x1b[38;5;1m', '\x1b]8;;ready\x07', '\x1b', '\x1b[', '\x1b(B', '\x1b[?25l'),
);
const output = fc.array(piece, { maxLength: 60 }).map((parts) => Buffer.from(parts.join('')));

/** All complete lines, one by one. */
const linesOf = (bytes: Buffer): string[] =>
  bytes
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => stripAnsi(line).replace(/\r$/, ''));

describe('wanted lines', () => {
  it('are those with the words, and those behind them, however the output comes', () => {
    fc.assert(
      fc.property(output, fc.array(fc.nat(200)), fc.boolean(), (bytes, cuts, all) => {
        const taken: string[] = [];
        const wanted = new WantedLines(all ? null : ['ready', 'go.', 'open'], (line) => {
          taken.push(line);
          return line.includes('open') && !line.includes('close');
        });
        const places = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
          (a, b) => a - b,
        );
        let at = 0;
        for (const place of places) {
          wanted.push(bytes.subarray(at, place));
          at = place;
        }
        let next = false;
        const expected = linesOf(bytes).filter((line) => {
          const take = all || next || /ready|go\.|open/.test(line);
          if (take) next = line.includes('open') && !line.includes('close');
          return take;
        });
        expect(taken).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('may have no end', () => {
    const taken: string[] = [];
    const wanted = new WantedLines(['ready'], (line) => taken.push(line) === 0);
    for (let i = 0; i < 100; i += 1) wanted.push(Buffer.from('ready '.repeat(200)));
    expect(taken.length).toBeGreaterThan(0);
  });
});

describe('recent lines', () => {
  it('are the last ones that are complete', () => {
    fc.assert(
      fc.property(fc.array(output, { maxLength: 20 }), (pieces) => {
        const recent = new RecentLines(3);
        for (const bytes of pieces) recent.push(bytes.toString());
        expect(recent.lines()).toEqual(linesOf(Buffer.concat(pieces)).slice(-3));
      }),
    );
  });

  it('are forgotten, as others come', () => {
    const recent = new RecentLines(2);
    for (let i = 0; i < 100_000; i += 1) recent.push(`${i} ${'x'.repeat(20)}\r\n`);
    expect(recent.lines().map((line) => line.split(' ')[0])).toEqual(['99998', '99999']);
  });
});

describe('a head read from bytes', () => {
  it('is the one that is read from text', () => {
    const part = (...texts: string[]) => fc.constantFrom(...texts);
    const color = part(
      '',
      '',
      '',
      '',
      '\x1b[2m',
      '\x1b[2m',
      '\x1b[0m\x1b[1;31m',
      '\x1b[',
      `\x1b[${'1'.repeat(65)}m`,
      '\x1b(B',
    );
    const head = fc
      .tuple(
        color,
        part('2025-04-08', '2025-04-08', '2025-04-08', '2025-4-08', '^C2025-04-08', '  2025-04-08', ''),
        part('T12:00:00', 'T12:00:00', 'T12:00:00', 'T12:00:0', ' 12:00:00'),
        part('.123456', '.123456', '.', '.1234567890', '.1', ''),
        part('Z', 'Z', 'Z', '+01:00', ''),
        color,
        part(' ', '  ', ' ', '   ', ''),
        color,
        part('INFO', 'WARN', 'ERROR', 'TRACE', 'DEBUG', 'IN', 'WARNING'),
        color,
        part(' ', ' ', '', ' x'),
        part('depot: y', ''),
      )
      .map((parts) => parts.join(''));
    let known = 0;
    fc.assert(
      fc.property(head, (line) => {
        const found = tracingAt(Buffer.from(`..${line}\n0`), 2, line.length + 2);
        if (found === null) return;
        known += 1;
        const { format, start } = startOf(stripAnsi(line)) ?? { format: null, start: null };
        expect({ format: found.format.name, level: found.start.level }).toEqual({
          format: format?.name,
          level: start?.level,
        });
      }),
      { numRuns: 5000 },
    );
    expect(known).toBeGreaterThan(10);
  });
});
