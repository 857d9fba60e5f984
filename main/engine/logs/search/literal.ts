import { PLAIN_SEQUENCE } from '#shared/ansi.ts';

/** A text, or one of several, made ready to be found in bytes. All patterns are for bytes as Latin-1, and global. */
export interface Literal {
  /** The bytes to find where there are no escape sequences; null if case doesn't matter. */
  plain: Buffer | null;
  /** The same, or without regard to case. */
  bare: RegExp;
  /** As that, with escape sequences between any two characters; it doesn't begin inside one. */
  painted: RegExp;
  /**
   * A part of it, with escape sequences between any two characters: the one that is found fastest to be missing. Where it
   * is, the rest may be, too.
   */
  quick: RegExp;
}

/**
 * @param texts any of which is looked for. Null: they can't be found in bytes, as they hold control characters, or what is
 * lost in decoding.
 */
export function literalOf(texts: readonly string[], caseSensitive: boolean): Literal | null {
  if (!texts.every((text) => canBeFound(text, caseSensitive))) return null;
  const [text = ''] = texts;
  const anyOf = (patternOf: (chars: readonly string[], text: string) => string): RegExp => {
    const patterns = texts.map((each) =>
      patternOf(
        Array.from(each, (char) => inBytes(char, caseSensitive)),
        each,
      ),
    );
    return new RegExp(patterns.join('|'), caseSensitive ? 'g' : 'gi');
  };
  return {
    plain: caseSensitive && texts.length === 1 ? Buffer.from(text) : null,
    bare: anyOf((chars) => chars.join('')),
    painted: anyOf(([first = '', ...rest], each) =>
      between([first + outside(each.charAt(0), first), ...rest]),
    ),
    quick: anyOf((chars, each) => between(chars.slice(rarestIn(Array.from(each))))),
  };
}

function canBeFound(text: string, caseSensitive: boolean): boolean {
  if (!text.isWellFormed() || /[\x00-\x08\x0a-\x1f\ufffd]/.test(text)) return false;
  return caseSensitive || /^[\x00-\x7f]*$/.test(text);
}

const between = (chars: readonly string[]): string => chars.join(`${PLAIN_SEQUENCE}*`);

/** Characters of logs and of their colors, the commonest first. */
const COMMON = ' m[0e12t3a4o5i6n7r8s9l:dcu.-=_phgfb;';
/** So many characters are kept at least. */
const LEAST = 3;

/** Where a text begins to be rare: the fewer places are looked at twice. */
function rarestIn(chars: readonly string[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let at = 0; at === 0 || at + LEAST <= chars.length; at += 1) {
    const common = 2 * commonness(chars[at]) + commonness(chars[at + 1]);
    if (common < least) [best, least] = [at, common];
  }
  return best;
}

function commonness(char: string | undefined): number {
  const at = char === undefined ? -1 : COMMON.indexOf(char.toLowerCase());
  return at === -1 ? 0 : COMMON.length - at;
}

/** A character's pattern. Two letters are those of others, too, where case doesn't matter: of a long s, of kelvin. */
function inBytes(char: string, caseSensitive: boolean): string {
  const pattern = escapeRegex(Buffer.from(char).toString('latin1'));
  if (caseSensitive || !/[sk]/i.test(char)) return pattern;
  return /s/i.test(char) ? `(?:${pattern}|\\xc5\\xbf)` : `(?:${pattern}|\\xe2\\x84\\xaa)`;
}

/** Says behind a character that it is text: not what an escape sequence is made of. */
function outside(char: string, pattern: string): string {
  if (!/[ -~]/.test(char)) return '';
  const control = char === '[' ? '\\x1b\\[' : `\\x1b\\[[0-?]{0,64}[ -/]{0,4}${pattern}`;
  const short = /[[\]PX^_]/.test(char) ? '' : `|\\x1b[ -/]{0,2}${pattern}`;
  return `(?<!${control}${short})`;
}

/** The text as a pattern's source. */
export const escapeRegex = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => `\\x${hex(char)}`);

const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');
