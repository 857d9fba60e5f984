import { LEVELS } from '../../../../main/engine/logs/records/record.ts';
import { RecordParser } from '../../../../main/engine/logs/records/recordParser.ts';
import { BLOCKS } from './samples.ts';

const REAL = Object.values(BLOCKS).flat();
const SIGNS = [
  ' ',
  '{',
  '}',
  '"',
  ':',
  '::',
  '=',
  '\\',
  '[',
  ']',
  '\x1b',
  '\x1b[',
  '\x1b]',
  '\0',
  '\r',
  'é',
  '\ud800',
  '😀',
];

/** Numbers that look random and are the same for the same seed: below `n`. */
export function randomFrom(seed: number): (n: number) => number {
  let state = seed >>> 0 || 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

/** A real line of a log, mostly broken: cut, spliced with another, or with signs strewn in. */
export function brokenLine(random: (n: number) => number): string {
  let line = REAL[random(REAL.length)] ?? '';
  for (let breaks = random(4); breaks > 0; breaks -= 1) {
    const at = random(line.length + 1);
    const kind = random(5);
    if (kind === 0) line = line.slice(at);
    else if (kind === 1) line = line.slice(0, at);
    else if (kind === 2) line = line.slice(0, at) + (REAL[random(REAL.length)] ?? '').slice(random(40));
    else if (kind === 3) line = line.slice(0, at) + (SIGNS[random(SIGNS.length)] ?? '') + line.slice(at);
    else line = line.slice(0, at) + String.fromCharCode(random(0x10000)) + line.slice(at);
  }
  return line;
}

export interface FuzzResult {
  lines: number;
  records: number;
  /** Records for which a level was found. */
  levelled: number;
  ms: number;
}

/** Reads broken lines; throws where a line gets lost, is taken twice, or comes out as something that no record is. */
export function fuzzRecords(lines = 1_000_000, seed = 1): FuzzResult {
  const random = randomFrom(seed);
  const parser = new RecordParser();
  const levels: ReadonlySet<string> = new Set(LEVELS);
  let [records, levelled, taken, given] = [0, 0, 0, 0];
  const started = performance.now();
  while (given < lines) {
    given += 1;
    const found = parser.push(brokenLine(random));
    if (given === lines || random(1000) === 0) found.push(...parser.flush());
    for (const record of found) {
      records += 1;
      taken += record.lines;
      if (record.level !== null) levelled += 1;
      if (record.level !== null && !levels.has(record.level)) throw new Error(`${record.level} is no level`);
      if (record.time !== null && !Number.isFinite(record.time)) throw new Error('A time that is none.');
      if (record.extra.length > record.lines - 1) throw new Error('More lines than were taken.');
    }
    if (taken + (parser.pending ? 1 : 0) > given) throw new Error(`Line ${given} was taken twice.`);
  }
  if (taken !== given) throw new Error(`${given - taken} lines got lost.`);
  return { lines: given, records, levelled, ms: performance.now() - started };
}
