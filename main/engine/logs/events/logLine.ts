import type { LogTime } from '../../families/logEvent.ts';
import { splitFields } from './fields.ts';
import { type Scope, splitScope, splitTarget } from './scope.ts';

type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** A line of the log, taken apart. */
export interface LogLine extends Scope {
  at: LogTime;
  level: Level;
  /** The text without its fields. */
  message: string;
  fields: ReadonlyMap<string, string>;
  /** Whether it is the first line of the form that has several: for those, the fields stay in the message. */
  pretty: boolean;
}

/** What stands before a line's scope. */
export interface Head {
  time: string;
  level: Level;
  /** Whether it is the first line of the form that has several. */
  pretty: boolean;
  /** How many characters of the line it takes. */
  length: number;
}

/** A longer line is none that the server wrote about itself. */
const LONGEST = 16 * 1024;

// What the user types into the terminal (^C, ^\) is echoed in front of the line that answers it.
const HEAD =
  /^(?:\^[@-_]){0,8}( {2})?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) {1,2}(TRACE|DEBUG|INFO|WARN|ERROR) (?:ThreadId\(\d{1,9}\) )?/;

const LEVELS: ReadonlySet<string> = new Set<Level>(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR']);
const isLevel = (text: string): text is Level => LEVELS.has(text);

/** Reads time and level off the beginning of a line that has no colors in it; null if they aren't there. */
export function readHead(line: string): Head | null {
  const [head, indent, time = '', level = ''] = HEAD.exec(line) ?? [];
  if (head === undefined || !isLevel(level)) return null;
  return { time, level, pretty: indent !== undefined, length: head.length };
}

/** Takes a line apart that has no colors in it; null if it isn't a line of the log. Never throws. */
export function parseLine(line: string): LogLine | null {
  if (line.length > LONGEST) return null;
  const head = readHead(line);
  if (head === null) return null;
  const { time, level, pretty } = head;
  const rest = line.slice(head.length).trimEnd();
  const scope = pretty ? splitTarget(rest) : splitScope(rest);
  if (scope === null) return null;
  const { message, fields } = pretty ? { message: scope.text, fields: new Map() } : splitFields(scope.text);
  const ms = Date.parse(time);
  return { at: Number.isNaN(ms) ? time : ms, level, ...scope, message, fields, pretty };
}
