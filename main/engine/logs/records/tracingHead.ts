import { FORMATS, type Found } from './formats.ts';
import { LEVELS } from './record.ts';

/** A head is not longer than this, colors included: what is goes the long way. */
const MOST_BYTES = 256;
/** `d` for a digit. */
const DATE = Buffer.from('dddd-dd-ddTdd:dd:dd');
const MOST_DIGITS = 9;
const DIGIT = 0x64;

/** A record of tracing of each level, as far as that matters where only its place and level are wanted. */
const STARTS: readonly { word: Buffer; found: Found }[] = FORMATS.filter(
  ({ name }) => name === 'tracing',
).flatMap((format) =>
  LEVELS.map((level) => ({
    word: Buffer.from(`${level.toUpperCase()} `),
    found: { format, start: { time: null, level, body: 0 } },
  })),
);

/**
 * As `startOf` (formats.ts), for the lines that most servers write, from the bytes themselves: a tenth of the time.
 * @param from where the line begins. @param end where what there is of it ends. @returns null: ask `startOf`.
 */
export function tracingAt(bytes: Buffer, from: number, end: number): Found | null {
  const limit = Math.min(end, from + MOST_BYTES);
  let at = from;
  for (let i = 0; i < DATE.length; i += 1) {
    at = behindColors(bytes, at, limit);
    const wanted = DATE[i];
    if (wanted === DIGIT ? !isDigit(bytes[at]) : bytes[at] !== wanted) return null;
    at += 1;
  }
  at = behindColors(bytes, at, limit);
  if (bytes[at] === 0x2e) {
    let digits = -1;
    do {
      at = behindColors(bytes, at + 1, limit);
      digits += 1;
    } while (isDigit(bytes[at]));
    if (digits === 0 || digits > MOST_DIGITS) return null;
  }
  if (bytes[at] !== 0x5a) return null;
  at = behindColors(bytes, at + 1, limit);
  if (bytes[at] !== 0x20) return null;
  at = behindColors(bytes, at + 1, limit);
  if (bytes[at] === 0x20) at = behindColors(bytes, at + 1, limit);
  return levelAt(bytes, at, limit);
}

function levelAt(bytes: Buffer, from: number, limit: number): Found | null {
  for (const { word, found } of STARTS) {
    if (bytes[from] !== word[0]) continue;
    let [at, i] = [from, 0];
    for (; i < word.length && bytes[at] === word[i]; i += 1) at = behindColors(bytes, at + 1, limit);
    if (i === word.length) return found;
  }
  return null;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Where what follows the colors that stand here is; -1 where that is too far, or they are no colors. */
function behindColors(bytes: Buffer, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] === 0x1b) {
    if (bytes[at + 1] !== 0x5b) return -1;
    const begin = at + 2;
    for (at = begin; at < limit; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x30 || byte > 0x3f) break;
    }
    const last = bytes[at] ?? 0;
    // As long as ansi.ts takes them, and a letter at the end.
    if (at - begin > 64 || last < 0x40 || last > 0x7e) return -1;
    at += 1;
  }
  return at < limit ? at : -1;
}
