import type { Field } from '../events/fields.ts';

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** What a log line was recognized as. */
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

/** A span around a record, with what it carries. */
export interface Span {
  name: string;
  fields: Field[];
}

/** One thing that a program said: mostly a line, sometimes several. */
export interface LogRecord {
  /** What it was recognized as; `text` where it wasn't. */
  format: FormatName;
  /** When it says it was written: ms since the epoch, perhaps with a fraction; null where it doesn't say. */
  time: number | null;
  /** Null where nothing says how bad it is. */
  level: Level | null;
  /** The path of the code that wrote it, such as `depot_router::serve`. */
  target: string | null;
  /** The crate that wrote it: the target's first part. */
  module: string | null;
  /** The outermost first. */
  spans: Span[];
  /** What it says, without its fields; lines are joined by line feeds. */
  message: string;
  fields: Field[];
  /** The first line without escape sequences, whole. */
  text: string;
  /** The lines after the first one that belong to it, without escape sequences. */
  extra: string[];
  /** How many lines it takes, a blank one that ends it among them. */
  lines: number;
}

/** What a record's first line tells besides its text; the rest is the record's own. */
export type Reading = Partial<Pick<LogRecord, 'time' | 'target' | 'spans' | 'fields'>> & { message: string };
