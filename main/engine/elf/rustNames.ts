import { readV0 } from './rustV0.ts';

/**
 * A Rust symbol as its author wrote it, `depot_core::log::write`, without hashes and generic arguments.
 * @returns the symbol as it is where it is no Rust name, or one with parts that are not read here.
 */
export function readable(symbol: string): string {
  return legacyPath(symbol) ?? readV0(symbol) ?? symbol;
}

/** Whether only a Rust library can have it. */
export const isRustName = (symbol: string): boolean =>
  /^_R[A-Z]/.test(symbol) || legacyPath(symbol) !== null || symbol.startsWith('rust_metadata_');

/** `_ZN`, each part with its length before it, the hash as the last part, `E`. C++ names look alike, but for the hash. */
function legacyPath(symbol: string): string | null {
  if (!symbol.startsWith('_ZN')) return null;
  const parts: string[] = [];
  let at = 3;
  for (;;) {
    const digits = /^\d{1,5}/.exec(symbol.slice(at, at + 5))?.[0];
    if (digits === undefined) break;
    const start = at + digits.length;
    at = start + Number(digits);
    if (at >= symbol.length) return null;
    parts.push(symbol.slice(start, at));
  }
  const hash = parts.pop();
  if (symbol[at] !== 'E' || hash === undefined || !/^h[0-9a-f]{16}$/.test(hash)) return null;
  return parts.length === 0 ? null : parts.map(unescaped).join('::');
}

const SIGNS = new Map([
  ['SP', '@'],
  ['BP', '*'],
  ['RF', '&'],
  ['LT', '<'],
  ['GT', '>'],
  ['LP', '('],
  ['RP', ')'],
  ['C', ','],
]);

/** Signs that assemblers did not bear are written between dollars, `::` within a part as two dots. */
function unescaped(part: string): string {
  const plain = part.startsWith('_$') ? part.slice(1) : part;
  return plain.replaceAll(/\$(?:u([0-9a-f]{1,4})|([A-Z]{1,2}))\$|\.\./g, (whole, code, sign) => {
    if (whole === '..') return '::';
    if (typeof code === 'string') return String.fromCodePoint(Number.parseInt(code, 16));
    return SIGNS.get(sign) ?? whole;
  });
}
