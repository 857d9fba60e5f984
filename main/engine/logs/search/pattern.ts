import { failed, messageOf, type Result, success } from '../../result.ts';
import { escapeRegex, type Literal, literalOf } from './literal.ts';
import { forManyLines, type ManyLines } from './regexSource.ts';

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
  bytes: Literal | null;
  /** Finds in the text of many lines what `line` finds in each; global. Null: that isn't known. */
  lines: RegExp | null;
  /** Something that is in every line that matches; null where nothing is known to be. */
  hint: Literal | null;
}

/** Errors: `search-empty`, `search-lines`, `search-pattern` (the regular expression is none). */
export function compilePattern({ text, regex, caseSensitive }: SearchPattern): Result<Matcher> {
  if (text === '') return failed('search-empty', 'There is nothing to search for.');
  if (regex) return compileRegex(text, caseSensitive);
  if (/[\r\n]/.test(text)) {
    return failed('search-lines', 'Search works on one line at a time: remove the line break.');
  }
  const line = new RegExp(escapeRegex(text), caseSensitive ? 'gu' : 'giu');
  const bytes = literalOf([text], caseSensitive);
  return success({ line, bytes, lines: line, hint: null });
}

function compileRegex(text: string, caseSensitive: boolean): Result<Matcher> {
  const flags = caseSensitive ? 'g' : 'gi';
  try {
    return success(manyLines(new RegExp(text, `${flags}u`), caseSensitive));
  } catch {
    // Some that most people write are none with the strict syntax, such as `\-`.
  }
  try {
    return success(manyLines(new RegExp(text, flags), caseSensitive));
  } catch (error) {
    // V8 says: Invalid regular expression: /(/g: Unterminated group
    const why = messageOf(error).split(': ').at(-1) ?? '';
    return failed('search-pattern', `Invalid regular expression: ${why.toLowerCase()}.`);
  }
}

/** A longer one isn't found any faster. */
const HINT_CHARS = 16;

function manyLines(line: RegExp, caseSensitive: boolean): Matcher {
  const rewritten = forManyLines(line.source, line.unicode);
  if (rewritten === null) return { line, bytes: null, lines: null, hint: null };
  const lines = new RegExp(rewritten.source, line.flags);
  const texts = textsOf(rewritten);
  return { line, bytes: null, lines, hint: texts && literalOf(texts, caseSensitive) };
}

/** Texts of which one is in whatever a pattern matches; null where none are known. */
export function textsIn(pattern: RegExp): readonly string[] | null {
  const rewritten = pattern.ignoreCase ? null : forManyLines(pattern.source, pattern.unicode);
  return rewritten && textsOf(rewritten);
}

function textsOf({ literals }: ManyLines): readonly string[] | null {
  const texts = literals.map(longestOf);
  return texts.every((text) => text !== '') ? texts : null;
}

/** The longest text that is the same with and without case, as far as it is of use. */
const longestOf = (texts: readonly string[]): string =>
  texts
    .filter((text) => /^[ -~]+$/.test(text))
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '')
    .slice(0, HINT_CHARS);
