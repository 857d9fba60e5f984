/** A regular expression that looks at one line, rewritten for text of many lines. */
export interface ManyLines {
  /** It finds in such text, with `\n` between the lines, what the other finds in each; nothing across two lines. */
  source: string;
  /** For each of its alternatives texts that are in whatever that matches. */
  literals: readonly (readonly string[])[];
}

const TOKEN = new RegExp(
  [
    // An escape with all that belongs to it.
    '\\\\(?:x[0-9A-Fa-f]{2}|u(?:[0-9A-Fa-f]{4}|\\{[0-9A-Fa-f]+\\})|[pP]\\{[^}]*\\}|c[A-Za-z]|k<[^>]*>|0(?!\\d)|[1-9]\\d*|[^])',
    // A class.
    '\\[(?:\\\\[^]|[^\\]\\\\])*\\]',
    // What a group begins with.
    '\\((?:\\?(?:[:=!]|<[=!]|<[^>]*>)|(?!\\?))',
    // How often.
    '(?:[*+?]|\\{\\d+(?:,\\d*)?\\})\\??',
    // Groups that change flags are beyond this.
    '[^(]',
  ].join('|'),
  'uy',
);

/** Escapes of one character that is no line end, and of assertions. */
const HARMLESS = /^\\(?:[dwSbBtvfr0]|[^A-Za-z0-9\s])$/u;
/** Escapes that may match a line end. */
const HARMFUL = /^\\(?:[DWn]|[pPxuc].+)$/u;
/** The inside of a class without a line end, and without what might be one. */
const HARMLESS_CLASS = /^(?:\\(?:[dwS]|[^A-Za-z0-9\s])|[^\\\x00-\x1f])*$/u;

/**
 * @param source of a regular expression that is one. @param unicode whether it is one with the flag `u`.
 * @returns null for what isn't understood here.
 */
export function forManyLines(source: string, unicode: boolean): ManyLines | null {
  const literals = new Literals();
  let result = '';
  for (let at = 0; at < source.length; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source)?.[0];
    const rewritten = token === undefined ? null : rewrite(token, unicode);
    if (token === undefined || rewritten === null) return null;
    at += token.length;
    result += rewritten;
    literals.push(token);
  }
  return { source: result, literals: literals.end() };
}

const neverFeed = (atom: string): string => `(?:(?!\\n)${atom})`;

function rewrite(token: string, unicode: boolean): string | null {
  const [first, second] = token;
  // Not as `(?<![^\n])`: V8 finds that between the halves of a character, too.
  if (token === '^') return '(?:^|(?<=\\n))';
  if (token === '$') return '(?:$|(?=\\n))';
  if (token === '\n' || token === '\\') return null;
  if (first === '[' && token.length > 1) {
    if (second === '^') return `[^\\n${token.slice(2)}`;
    return HARMLESS_CLASS.test(token.slice(1, -1)) ? token : neverFeed(token);
  }
  if (first !== '\\') return token;
  if (token === '\\s') return '[^\\S\\n]';
  if (HARMLESS.test(token)) return token;
  if (HARMFUL.test(token)) return neverFeed(token);
  return unicode && /^\\(?:[1-9]|k<)/.test(token) ? token : null;
}

/** Gathers the texts that stand in a pattern outside of all groups. */
class Literals {
  /** Of each alternative. */
  readonly #found: string[][] = [[]];
  #text = '';
  /** The last character, of which it isn't known yet how often it has to be there. */
  #last = '';
  #depth = 0;

  push(token: string): void {
    const char = charOf(token);
    if (char !== null) {
      this.#text += this.#last;
      this.#last = char;
      return;
    }
    if (/^(?:[*?]|\{0)/.test(token)) this.#last = '';
    this.#break();
    if (token.startsWith('(')) this.#depth += 1;
    else if (token === ')') this.#depth -= 1;
    else if (token === '|' && this.#depth === 0) this.#found.push([]);
  }

  end(): string[][] {
    this.#break();
    return this.#found;
  }

  #break(): void {
    const text = this.#text + this.#last;
    if (text !== '' && this.#depth === 0) this.#found.at(-1)?.push(text);
    this.#text = '';
    this.#last = '';
  }
}

/** The character that a token stands for; null: for none, or for several. */
function charOf(token: string): string | null {
  if (/^\\[^A-Za-z0-9\s]$/.test(token)) return token.slice(1);
  return /^[^\\^$.*+?()|]$/u.test(token) ? token : null;
}
