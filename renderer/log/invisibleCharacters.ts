/** A piece of a text: characters that show themselves, or the name of one that doesn't. */
export interface Bit {
  readonly text: string;
  /** It stands for a character that can't be seen; its code. */
  readonly code: number | null;
}

/**
 * Characters that would not be seen, or would change how others are: control characters (tabs and line feeds are
 * kept), those that turn the direction of writing, those without width, tags, and halves of characters. Joiners stay,
 * as they hold emoji and some scripts together.
 */
const UNSEEN =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x061c, 'ALM'],
  [0x200b, 'ZWSP'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
  [0x2028, 'LS'],
  [0x2029, 'PS'],
  [0x202a, 'LRE'],
  [0x202b, 'RLE'],
  [0x202c, 'PDF'],
  [0x202d, 'LRO'],
  [0x202e, 'RLO'],
  [0x2066, 'LRI'],
  [0x2067, 'RLI'],
  [0x2068, 'FSI'],
  [0x2069, 'PDI'],
  [0xfeff, 'BOM'],
]);

/** Splits a text so that every character that can't be seen becomes a bit of its own, with a sign in its place. */
export function visibleBits(text: string): Bit[] {
  const bits: Bit[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > from) bits.push({ text: text.slice(from, match.index), code: null });
    from = match.index + match[0].length;
    const code = match[0].codePointAt(0) ?? 0;
    bits.push({ text: signOf(code), code });
  }
  if (from < text.length) bits.push({ text: text.slice(from), code: null });
  return bits;
}

/** Replaces invisible characters by signs. */
export const visible = (text: string): string =>
  visibleBits(text)
    .map((bit) => bit.text)
    .join('');

/** `␀` for control characters, `⟨RLO⟩` and `⟨U+00AD⟩` for others. */
function signOf(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u27e8${NAMES.get(code) ?? codeName(code)}\u27e9`;
}

/** Formats a code point: `U+202E`. */
export const codeName = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
