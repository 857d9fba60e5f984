import { parse } from 'smol-toml';

/** A header or a `key = value` of a TOML text; all places are offsets into it. */
export interface Statement {
  /** `[table]`, `[[tables]]`, or a pair. */
  kind: 'table' | 'tables' | 'pair';
  /** Of a pair: with the table that it stands in. */
  path: readonly string[];
  start: number;
  /** Where the value of a pair begins. */
  value: number;
  end: number;
}

export interface Comment {
  /** Where its `#` is. */
  start: number;
  /** Where its line ends, without the line ending. */
  end: number;
  /** Nothing but blanks stands before it on its line. */
  alone: boolean;
  /** The pair whose value it stands in. */
  within: Statement | null;
}

/** A value in an array; `comma` is where the comma behind it is. */
export interface Item {
  start: number;
  end: number;
  comma: number | null;
}

export interface Scan {
  statements: Statement[];
  comments: Comment[];
}

/**
 * Finds the statements and comments of a TOML text that a parser has taken already: what looks like a header or a
 * comment in a string is neither. Null where it can't follow the text.
 */
export function scan(text: string): Scan | null {
  const scanner = new Scanner(text);
  try {
    return scanner.all();
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}

/** The values of the array that begins at `start`. */
export function itemsAt(text: string, start: number): Item[] | null {
  try {
    return new Scanner(text).array(start).items;
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}

class Lost extends Error {}

const BARE_KEY = /[A-Za-z0-9_-]+/y;
const BARE_VALUE = /[^,[\]{}#"'\r\n]+/y;
const BLANKS = /[ \t]*/y;
const COMMENT = /#[^\r\n]*/y;
class Scanner {
  private readonly text: string;
  private readonly statements: Statement[] = [];
  private readonly comments: Comment[] = [];
  private at = 0;
  private within: Statement | null = null;

  constructor(text: string) {
    this.text = text;
  }

  all(): Scan {
    let table: string[] = [];
    for (;;) {
      this.skip();
      if (this.at >= this.text.length) return { statements: this.statements, comments: this.comments };
      const start = this.at;
      if (this.text[start] === '[') {
        table = this.header(start);
        continue;
      }
      const path = [...table, ...this.key()];
      this.expect('=');
      this.match(BLANKS);
      const pair: Statement = { kind: 'pair', path, start, value: this.at, end: this.at };
      this.statements.push(pair);
      this.within = pair;
      this.value();
      this.within = null;
      pair.end = this.at;
    }
  }

  array(start: number): { items: Item[] } {
    const items: Item[] = [];
    this.at = start;
    this.expect('[');
    for (;;) {
      this.skip();
      if (this.text[this.at] === ']') break;
      const item: Item = { start: this.at, end: this.at, comma: null };
      this.value();
      item.end = this.at;
      items.push(item);
      this.skip();
      if (this.text[this.at] !== ',') break;
      item.comma = this.at;
      this.at += 1;
    }
    this.expect(']');
    return { items };
  }

  private header(start: number): string[] {
    const kind = this.text.startsWith('[[', start) ? 'tables' : 'table';
    this.at += kind === 'tables' ? 2 : 1;
    const path = this.key();
    this.expect(kind === 'tables' ? ']]' : ']');
    this.statements.push({ kind, path, start, value: this.at, end: this.at });
    return path;
  }

  private key(): string[] {
    const path: string[] = [];
    do {
      if (path.length > 0) this.at += 1;
      this.match(BLANKS);
      const start = this.at;
      const bare = this.match(BARE_KEY);
      if (bare === '') path.push(this.quoted(start));
      else path.push(bare);
      this.match(BLANKS);
    } while (this.text[this.at] === '.');
    return path;
  }

  private quoted(start: number): string {
    this.string();
    const { key } = parse(`key = ${this.text.slice(start, this.at)}`);
    if (typeof key !== 'string') throw new Lost();
    return key;
  }

  private string(): void {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") throw new Lost();
    const long = this.text.startsWith(quote.repeat(3), this.at);
    const closing = long ? quote.repeat(3) : quote;
    this.at += closing.length;
    while (!this.text.startsWith(closing, this.at)) {
      const character = this.text[this.at];
      if (character === undefined || (!long && character === '\n')) throw new Lost();
      this.at += character === '\\' && quote === '"' ? 2 : 1;
    }
    this.at += closing.length;
    // One or two quotes right before the closing ones belong to the string.
    for (let more = 0; long && more < 2 && this.text[this.at] === quote; more += 1) this.at += 1;
  }

  private value(): void {
    const first = this.text[this.at];
    if (first === '"' || first === "'") this.string();
    else if (first === '[') this.array(this.at);
    else if (first === '{') this.inlineTable();
    else {
      const bare = this.match(BARE_VALUE);
      if (bare.trim() === '') throw new Lost();
      this.at -= bare.length - bare.trimEnd().length;
    }
  }

  private inlineTable(): void {
    this.at += 1;
    for (;;) {
      this.skip();
      if (this.text[this.at] === '}') break;
      this.key();
      this.expect('=');
      this.match(BLANKS);
      this.value();
      this.skip();
      if (this.text[this.at] !== ',') break;
      this.at += 1;
    }
    this.expect('}');
  }

  /** Blanks, line endings and comments. */
  private skip(): void {
    for (;;) {
      const start = this.at;
      while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
      const hash = this.at;
      if (this.match(COMMENT) !== '') {
        const line = this.text.slice(this.text.lastIndexOf('\n', hash - 1) + 1, hash);
        this.comments.push({ start: hash, end: this.at, alone: line.trim() === '', within: this.within });
      }
      if (this.at === start) return;
    }
  }

  private expect(text: string): void {
    this.match(BLANKS);
    if (!this.text.startsWith(text, this.at)) throw new Lost();
    this.at += text.length;
  }

  private match(form: RegExp): string {
    form.lastIndex = this.at;
    const found = form.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}
