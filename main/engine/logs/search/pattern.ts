import { failed, messageOf, type Result, success } from '../../result.ts';
import { PLAIN_SEQUENCE } from '../records/ansi.ts';

/** What to look for, in the text of a line without escape sequences. */
export interface SearchPattern {
  text: string;
  /** Whether `text` is a regular expression, as JavaScript has them. */
  regex: boolean;
  caseSensitive: boolean;
}

/** A pattern made ready. */
export interface Matcher {
  /** Finds the pattern in the text of a line; global. */
  line: RegExp;
  /** For what can be found in the bytes themselves; null for what can't. */
  bytes: BytesMatcher | null;
}

export interface BytesMatcher {
  /** The bytes to find where there are no escape sequences; null if case doesn't matter. */
  plain: Buffer | null;
  /** The same, or without regard to case, for bytes as Latin-1. Global. */
  bare: RegExp;
  /** As that, with escape sequences between any two characters; it doesn't begin inside one. Global. */
  painted: RegExp;
}

/** Errors: `search-empty`, `search-lines`, `search-pattern` (the regular expression is none). */
export function compilePattern({ text, regex, caseSensitive }: SearchPattern): Result<Matcher> {
  if (text === '') return failed('search-empty', 'There is nothing to search for.');
  const flags = caseSensitive ? 'g' : 'gi';
  if (regex) return compileRegex(text, flags);
  if (/[\r\n]/.test(text)) {
    return failed('search-lines', 'A search looks at one line at a time: leave the line end out.');
  }
  const line = new RegExp(escapeRegex(text), `${flags}u`);
  return success({ line, bytes: inBytes(text, flags) ? bytesMatcher(text, flags) : null });
}

function compileRegex(text: string, flags: string): Result<Matcher> {
  try {
    return success({ line: new RegExp(text, `${flags}u`), bytes: null });
  } catch {
    // Some that most people write are none with the strict syntax, such as `\-`.
  }
  try {
    return success({ line: new RegExp(text, flags), bytes: null });
  } catch (error) {
    // V8 says: Invalid regular expression: /(/g: Unterminated group
    const why = messageOf(error).split(': ').at(-1) ?? '';
    return failed('search-pattern', `This is no regular expression: ${why.toLowerCase()}.`);
  }
}

/** Whether the pattern's own bytes are those that stand in a log: no control characters, nothing that is lost in decoding. */
const inBytes = (text: string, flags: string): boolean => {
  if (!text.isWellFormed() || /[\x00-\x08\x0a-\x1f\ufffd]/.test(text)) return false;
  return flags === 'g' || /^[\x00-\x7f]*$/.test(text);
};

function bytesMatcher(text: string, flags: string): BytesMatcher {
  const chars = Array.from(text, (char) => escapeRegex(Buffer.from(char).toString('latin1')));
  const [first = '', ...rest] = chars;
  const painted = [first + outside(text.charAt(0), first), ...rest].join(`${PLAIN_SEQUENCE}*`);
  return {
    plain: flags === 'g' ? Buffer.from(text) : null,
    bare: new RegExp(chars.join(''), flags),
    painted: new RegExp(painted, flags),
  };
}

/** Says behind a character that it is text: not what an escape sequence is made of. */
function outside(char: string, pattern: string): string {
  if (!/[ -~]/.test(char)) return '';
  const control = char === '[' ? '\\x1b\\[' : `\\x1b\\[[0-?]{0,64}[ -/]{0,4}${pattern}`;
  const short = /[[\]PX^_]/.test(char) ? '' : `|\\x1b[ -/]{0,2}${pattern}`;
  return `(?<!${control}${short})`;
}

const escapeRegex = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => `\\x${hex(char)}`);

const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');
