import { readHead } from '../events/logLine.ts';
import { rawFactOf } from '../events/rawFacts.ts';
import { readEnvLogger, readLinker, readPanic, readPretty, readScoped, readText } from './bodies.ts';
import { readJson } from './json.ts';
import type { Level, Reading } from './record.ts';
import { TAILS, type Tail } from './tails.ts';

export type FormatName =
  | 'tracing'
  | 'pretty'
  | 'json'
  | 'env_logger'
  | 'timeless'
  | 'panic'
  | 'linker'
  | 'failure'
  | 'text';

/** How a record begins. */
export interface Start {
  level: Level | null;
  /** The time as it is written there. */
  time: string | null;
  /** Where on the line the rest begins. */
  body: number;
}

/** A way to write a record. */
export interface Format {
  name: FormatName;
  /** Which lines after the first belong to it. */
  tail: Tail;
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

const rawFact =
  (kind: 'linker-death' | 'failed') =>
  (line: string): Start | null =>
    rawFactOf(line)?.kind === kind ? { time: null, level: 'error', body: 0 } : null;

const PANIC = /^thread '[^']{0,100}'(?: \(\d{1,10}\))? panicked at /;

/**
 * Every form that is known; the first one that fits a line counts. `Full` and `Compact` of tracing-subscriber are one
 * here: the compact one has its spans' fields behind the message's.
 */
export const FORMATS: readonly Format[] = [
  { name: 'tracing', tail: TAILS.indented, start: tracingHead(false), read: readScoped },
  { name: 'pretty', tail: TAILS.pretty, start: tracingHead(true), read: readPretty },
  {
    name: 'json',
    tail: TAILS.none,
    start: startBy(
      /^\{(?:"timestamp":"([^"\\]{1,64})",)?"level":"(TRACE|DEBUG|INFO|WARN|ERROR|trace|debug|info|warn|error)"/,
    ),
    read: readJson,
  },
  {
    name: 'env_logger',
    tail: TAILS.indented,
    start: startBy(/^\[(?:(\d{4}-\d\d-\d\dT[\d:.]{8,18}Z) )?(TRACE|DEBUG|INFO|WARN|ERROR) {0,2}(?=[ \]])/),
    read: readEnvLogger,
  },
  {
    // tracing without a time, or with the time since the program began.
    name: 'timeless',
    tail: TAILS.indented,
    start: startBy(
      /^ {0,4}(?:\d{1,9}\.\d{1,9}s {1,2})?()(TRACE|DEBUG|INFO|WARN|ERROR) (?:ThreadId\(\d{1,9}\) )?(?=[A-Za-z_]\w*(?:::\w+)*[:{])/,
    ),
    read: readScoped,
  },
  {
    name: 'panic',
    tail: TAILS.panic,
    start: (line) => (PANIC.test(line) ? { time: null, level: 'error', body: 0 } : null),
    read: readPanic,
  },
  { name: 'linker', tail: TAILS.none, start: rawFact('linker-death'), read: readLinker },
  { name: 'failure', tail: TAILS.failure, start: rawFact('failed'), read: readText },
];

/** A line that nothing is known of. */
export const TEXT: Format = {
  name: 'text',
  tail: TAILS.none,
  start: () => ({ time: null, level: null, body: 0 }),
  read: readText,
};

/** How much of a line is looked at to see whether a record begins there: characters, escape sequences not counted. */
export const HEAD_CHARS = 512;

/** @param head the first `HEAD_CHARS` characters of a line without escape sequences. Null: no known record begins there. */
export function startOf(head: string): { format: Format; start: Start } | null {
  for (const format of FORMATS) {
    const start = format.start(head);
    if (start !== null) return { format, start };
  }
  return null;
}
