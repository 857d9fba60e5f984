import { DETAIL } from '../events/logEvents.ts';

/**
 * Which lines after a record's first one belong to it: a small machine for each shape. A rule takes a line in the state
 * that it stands under, and names the next one; where none fits, the line isn't the record's. `end` takes the line and
 * ends the record. Lines that lead to `message` are more of the message.
 */
export type TailState = 'first' | 'message' | 'more' | 'gap' | 'end';
export type Tail = Readonly<Partial<Record<TailState, readonly (readonly [RegExp, TailState])[]>>>;

const BLANK = /^[ \t\r]*$/;
const INDENTED = /^[ \t]+[^ \t\r]/;
const ANY = /^/;

export const TAILS = {
  /** One line. */
  none: {},
  /** What is indented below it, such as a value printed over several lines, and the brackets that end that. */
  indented: {
    first: [[INDENTED, 'more']],
    more: [
      [INDENTED, 'more'],
      [/^[)\]}]{1,8}[;,.]?\r?$/, 'more'],
    ],
  },
  /** The message's further lines, then where it came from and its spans, then a blank line. */
  pretty: {
    first: [
      [BLANK, 'end'],
      [DETAIL, 'more'],
      [ANY, 'message'],
    ],
    message: [
      [BLANK, 'end'],
      [DETAIL, 'more'],
      [ANY, 'message'],
    ],
    more: [
      [BLANK, 'end'],
      [DETAIL, 'more'],
    ],
  },
  /** The message, perhaps a backtrace, perhaps a hint. The second panic of a process comes without a hint. */
  panic: {
    first: [
      [/^note: /, 'end'],
      [/^stack backtrace:/, 'more'],
      [/^[ \t]*[^ \t\r]/, 'message'],
    ],
    message: [
      [/^note: /, 'end'],
      [/^stack backtrace:/, 'more'],
      [/^[ \t]*[^ \t\r]/, 'message'],
    ],
    more: [
      [/^note: /, 'end'],
      [INDENTED, 'more'],
    ],
  },
  /** The error that `main` returned, and its causes. */
  failure: {
    first: [
      [INDENTED, 'more'],
      [BLANK, 'gap'],
      [/^(?:Caused by|Location|Stack backtrace):/, 'more'],
    ],
    more: [
      [INDENTED, 'more'],
      [BLANK, 'gap'],
      [/^(?:Caused by|Location|Stack backtrace):/, 'more'],
    ],
    gap: [[/^(?:Caused by|Location|Stack backtrace):/, 'more']],
  },
} as const satisfies Record<string, Tail>;
