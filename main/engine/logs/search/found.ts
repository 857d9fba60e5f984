/** A match in a line's text without escape sequences, in UTF-16 units. */
export interface Span {
  start: number;
  length: number;
}

/** A line that holds what was looked for. */
export interface Hit {
  line: number;
  /** Where the line begins in the run. */
  offset: number;
  /** The matches in it, the first hundred. */
  spans: Span[];
}

export interface Found {
  /** How many lines match. */
  count: number;
  /** The first of them. */
  hits: Hit[];
}

const MOST_SPANS = 100;

/** @param before only matches that begin before this; one without length may begin there. */
export function spansIn(text: string, pattern: RegExp, before: number): Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const { length } = match[0];
    if (spans.length === MOST_SPANS || match.index > before || (match.index === before && length > 0)) break;
    spans.push({ start: match.index, length });
    // Never into the middle of a character.
    if (length === 0) pattern.lastIndex += (text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
  }
  return spans;
}
