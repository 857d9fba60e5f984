import { readHead } from '../events/logLine.ts';
import { ERROR, rawFactOf } from '../events/rawFacts.ts';
import { readEnvLogger, readLinker, readPanic, readPretty, readScoped, readText } from './bodies.ts';
import { readJson } from './json.ts';
import type { FormatName, Level, Reading, Start } from './record.ts';
import { TAILS, type Tail } from './tails.ts';

/** A way to write a record. */
export interface Format {
  name: FormatName;
  /** Which lines after the first belong to it. */
  tail: Tail;
  /** Whether the first `SHORT_HEAD_CHARS` characters say it all. */
  short: boolean;
  /** The characters that its first line may begin with; null: any. And how many it has at least. */
  first: string | null;
  least: number;
  /** @param line the beginning of a line. Null: none of these begins there. Looks at ASCII only. */
  start(line: string): Start | null;
  /** @param text the first line, or the part of it that is read. */
  read(text: string, start: Start): Reading;
}

const LEVEL_OF: ReadonlyMap<string, Level> = new Map([
  ['TRACE', 'trace'],
  ['DEBUG', 'debug'],
  ['INFO', 'info'],
  ['WARN', 'warn'],
  ['ERROR', 'error'],
]);

/** @param pattern with groups for time, level and perhaps others; the body begins behind the match. */
const startBy =
  (pattern: RegExp) =>
  (line: string): Start | null => {
    const [head, time = null, level] = pattern.exec(line) ?? [];
    if (head === undefined) return null;
    return { time, level: LEVEL_OF.get(level?.toUpperCase() ?? '') ?? null, body: head.length };
  };

const tracingHead =
  (pretty: boolean) =>
  (line: string): Start | null => {
    const head = readHead(line);
    if (head === null || head.pretty !== pretty) return null;
    return { time: head.time, level: LEVEL_OF.get(head.level) ?? null, body: head.length };
  };

const DIGITS = '0123456789';
const FATAL: Start = { time: null, level: 'error', body: 0 };
const PANIC = /^thread '[^']{0,100}'(?: \(\d{1,10}\))? panicked at /;

/**
 * Every form that is known; the first one that fits a line counts. `Full` and `Compact` of tracing-subscriber are one
 * here: the compact one has its spans' fields behind the message's.
 */
export const FORMATS: readonly Format[] = [
  {
    name: 'tracing',
    tail: TAILS.indented,
    short: true,
    first: `${DIGITS}^`,
    least: 26,
    start: tracingHead(false),
    read: readScoped,
  },
  {
    name: 'pretty',
    tail: TAILS.pretty,
    short: true,
    first: ' ',
    least: 28,
    start: tracingHead(true),
    read: readPretty,
  },
  {
    name: 'json',
    tail: TAILS.none,
    short: true,
    first: '{',
    least: 15,
    start: startBy(
      /^\{(?:"timestamp":"([^"\\]{1,64})",)?"level":"(TRACE|DEBUG|INFO|WARN|ERROR|trace|debug|info|warn|error)"/,
    ),
    read: readJson,
  },
  {
    name: 'env_logger',
    tail: TAILS.indented,
    short: true,
    first: '[',
    least: 6,
    start: startBy(/^\[(?:(\d{4}-\d\d-\d\dT[\d:.]{8,18}Z) )?(TRACE|DEBUG|INFO|WARN|ERROR) {0,2}(?=[ \]])/),
    read: readEnvLogger,
  },
  {
    // tracing without a time, or with the time since the program began.
    name: 'timeless',
    tail: TAILS.indented,
    short: true,
    first: `${DIGITS} TDIWE`,
    least: 7,
    start: startBy(
      /^ {0,4}(?:\d{1,9}\.\d{1,9}s {1,2})?()(TRACE|DEBUG|INFO|WARN|ERROR) (?:ThreadId\(\d{1,9}\) )?(?=[A-Za-z_]\w*(?:::\w+)*[:{])/,
    ),
    read: readScoped,
  },
  {
    name: 'panic',
    tail: TAILS.panic,
    short: false,
    first: 't',
    least: 20,
    start: (line) => (PANIC.test(line) ? FATAL : null),
    read: readPanic,
  },
  {
    name: 'linker',
    tail: TAILS.none,
    short: false,
    first: null,
    least: 20,
    start: (line) => (rawFactOf(line)?.kind === 'linker-death' ? FATAL : null),
    read: readLinker,
  },
  {
    name: 'failure',
    tail: TAILS.failure,
    short: false,
    first: 'E',
    least: 7,
    start: (line) => (line.startsWith(ERROR) ? FATAL : null),
    read: readText,
  },
];

/** A line that nothing is known of. */
export const TEXT: Format = {
  name: 'text',
  tail: TAILS.none,
  short: false,
  first: null,
  least: 0,
  start: () => ({ time: null, level: null, body: 0 }),
  read: readText,
};

/** How much of a line is looked at to see whether a record begins there: characters, escape sequences not counted. */
export const HEAD_CHARS = 512;
/** Where most lines show it already. */
export const SHORT_HEAD_CHARS = 96;

export interface Found {
  format: Format;
  start: Start;
}

/** @param head the first `HEAD_CHARS` characters of a line without escape sequences. Null: no known record begins there. */
export const startOf = (head: string): Found | null => firstOf(BY_FIRST, head);

/** As `startOf`, from some `SHORT_HEAD_CHARS` only. Null: the rest may tell. */
export const quickStartOf = (head: string): Found | null => firstOf(SHORT_BY_FIRST, head);

/** Whether a record that is known may begin with this byte, on a line of so many bytes; to save work where it can't. */
export const mayBegin = (byte: number, bytes: number): boolean => bytes >= (LEAST[byte] ?? SHORTEST);

const ESCAPE = 27;
const CODES = Array.from({ length: 128 }, (_, code) => code);

/** The formats that a line may have by its first character; the last entry is for those that are none of ASCII. */
const byFirst = (formats: readonly Format[]): readonly (readonly Format[])[] =>
  [...CODES.map((code) => String.fromCharCode(code)), '\x80'].map((char) =>
    formats.filter(({ first }) => first?.includes(char) ?? true),
  );
const BY_FIRST = byFirst(FORMATS);
const SHORT_BY_FIRST = byFirst(FORMATS.filter(({ short }) => short));

const leastOf = (formats: readonly Format[]): number => Math.min(...formats.map(({ least }) => least));
const SHORTEST = leastOf(FORMATS);
const LEAST: readonly number[] = Array.from({ length: 256 }, (_, byte) =>
  // What an escape sequence hides isn't known yet.
  byte === ESCAPE ? SHORTEST : leastOf(BY_FIRST[Math.min(byte, 128)] ?? FORMATS),
);

function firstOf(formats: readonly (readonly Format[])[], head: string): Found | null {
  for (const format of formats[Math.min(head.charCodeAt(0) || 0, 128)] ?? []) {
    const start = format.start(head);
    if (start !== null) return { format, start };
  }
  return null;
}
