/** Names may refer back to parts of themselves; without limits a short one could unfold to gigabytes. */
const MOST_STEPS = 2000;
const LONGEST = 1000;

const BASIC = new Map(
  Object.entries({
    ...{ a: 'i8', b: 'bool', c: 'char', d: 'f64', e: 'str', f: 'f32', h: 'u8', i: 'isize', j: 'usize' },
    ...{ l: 'i32', m: 'u32', n: 'i128', o: 'u128', s: 'i16', t: 'u16', u: '()', v: '...', x: 'i64' },
    ...{ y: 'u64', z: '!', p: '_' },
  }),
);

/**
 * The path in a symbol of Rust's v0 mangling (RFC 2603), without generic arguments. Null for other symbols, and for
 * paths through types of functions and trait objects.
 */
export function readV0(symbol: string): string | null {
  if (!/^_R[A-Z]/.test(symbol)) return null;
  const path = new Reader(symbol.slice(2)).path();
  return path !== null && path.length <= LONGEST ? path : null;
}

/** Reads from a place onwards; every method gives null where the name makes no sense to it. */
class Reader {
  readonly text: string;
  at = 0;
  steps = 0;

  constructor(text: string) {
    this.text = text;
  }

  path(): string | null {
    switch (this.next()) {
      case 'C':
        return this.identifier()?.name ?? null;
      case 'N':
        return this.nested();
      case 'M':
        return this.implementation() ? this.around('<', '>') : null;
      case 'X':
        return this.implementation() ? this.asTrait() : null;
      case 'Y':
        return this.asTrait();
      case 'I': {
        const path = this.path();
        return path !== null && this.skipArguments() ? path : null;
      }
      case 'B':
        return this.back(() => this.path());
      default:
        return null;
    }
  }

  /** One sign; none when there were too many. */
  next(): string | undefined {
    if (this.steps++ > MOST_STEPS) return undefined;
    return this.text[this.at++];
  }

  take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  nested(): string | null {
    const space = this.next() ?? '';
    const outer = this.path();
    const own = outer === null || outer.length > LONGEST ? null : this.identifier();
    if (own === null) return null;
    if (/[a-z]/.test(space)) return own.name === '' ? outer : `${outer}::${own.name}`;
    const what = space === 'C' ? 'closure' : space === 'S' ? 'shim' : space;
    return `${outer}::{${what}${own.name === '' ? '' : `:${own.name}`}#${own.number}}`;
  }

  /** The path of an `impl` block, which says nothing to people. */
  implementation(): boolean {
    if (this.take('s') && this.number() === null) return false;
    return this.path() !== null;
  }

  asTrait(): string | null {
    const type = this.type();
    const trait = type === null || type.length > LONGEST ? null : this.path();
    return trait === null ? null : `<${type} as ${trait}>`;
  }

  skipArguments(): boolean {
    while (!this.take('E')) {
      const read = this.take('L') ? this.number() : this.take('K') ? this.constant() : this.type();
      if (read === null) return false;
    }
    return true;
  }

  type(): string | null {
    const sign = this.text[this.at] ?? '';
    const basic = BASIC.get(sign);
    if (basic !== undefined) return this.next() === undefined ? null : basic;
    if ('CNMXYI'.includes(sign)) return this.path();
    if (this.next() === undefined) return null;
    switch (sign) {
      case 'B':
        return this.back(() => this.type());
      case 'R':
      case 'Q':
        if (this.take('L') && this.number() === null) return null;
        return this.around(sign === 'R' ? '&' : '&mut ');
      case 'P':
        return this.around('*const ');
      case 'O':
        return this.around('*mut ');
      case 'S':
        return this.around('[', ']');
      case 'A': {
        const array = this.around('[', '; _]');
        return this.constant() === null ? null : array;
      }
      case 'T':
        return this.tuple();
      default:
        return null;
    }
  }

  around(before: string, after = ''): string | null {
    const type = this.type();
    return type === null || type.length > LONGEST ? null : `${before}${type}${after}`;
  }

  tuple(): string | null {
    const types: string[] = [];
    let length = 0;
    while (!this.take('E')) {
      const type = this.type();
      length += type?.length ?? 0;
      if (type === null || length > LONGEST) return null;
      types.push(type);
    }
    return `(${types.join(', ')})`;
  }

  /** A number as an argument: its type, its value in hexadecimal. */
  constant(): string | null {
    if (this.take('p')) return '_';
    if (this.take('B')) return this.back(() => this.constant());
    const value = this.type() === null ? null : /^n?[0-9a-f]*_/.exec(this.text.slice(this.at))?.[0];
    if (value === null || value === undefined) return null;
    this.at += value.length;
    return value;
  }

  /** Reads what stands at an earlier place, and goes on here. */
  back(read: () => string | null): string | null {
    const from = this.at - 1;
    const to = this.number();
    if (to === null || to >= from || this.steps++ > MOST_STEPS) return null;
    const here = this.at;
    this.at = to;
    const found = read();
    this.at = here;
    return found;
  }

  /** Base 62 and an underscore; the underscore alone is 0. */
  number(): number | null {
    const digits = /^[0-9a-zA-Z]{0,11}(?=_)/.exec(this.text.slice(this.at, this.at + 12))?.[0];
    if (digits === undefined) return null;
    this.at += digits.length + 1;
    if (digits === '') return 0;
    const order = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
    return [...digits].reduce((sum, digit) => sum * 62 + order.indexOf(digit), 0) + 1;
  }

  identifier(): { name: string; number: number } | null {
    const own = this.take('s') ? this.number() : -1;
    if (own === null) return null;
    const isPunycode = this.take('u');
    const digits = /^\d{1,5}/.exec(this.text.slice(this.at, this.at + 5))?.[0];
    if (digits === undefined) return null;
    // A number does not begin with 0; 0 alone is an empty name, whatever digit comes next.
    const length = digits.startsWith('0') ? '0' : digits;
    this.at += length.length;
    this.take('_');
    const name = this.text.slice(this.at, this.at + Number(length));
    if (name.length < Number(length)) return null;
    this.at += name.length;
    // Letters beyond ASCII are left encoded: readable enough to recognize.
    return { name: isPunycode ? `punycode{${name}}` : name, number: own === -1 ? 0 : own + 1 };
  }
}
