import { PLACE } from '#shared/contract.ts';
import { mayOpen } from '../ui/openableUrl.ts';

/** A part of a text: a link to the web, a place in a source file, or neither. */
export interface TextPart {
  readonly kind: 'text' | 'url' | 'place';
  readonly text: string;
  /** Where it begins, in UTF-16 units. */
  readonly start: number;
}

// Nothing that can't be seen may be in an address, nor what turns the direction of writing.
const URL_TEXT = /\bhttps?:\/\/[^\s<>"'`\\{}|^\p{C}]{1,2000}/giu;
/** What stands behind an address in a sentence, rather than in it. */
const BEHIND = /[.,;:!?'*_~]+$/;

/** Splits a text at its links. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(URL_TEXT)) {
    const url = withoutTail(match[0]);
    if (!mayOpen(url)) continue;
    pushPlaces(parts, text.slice(from, match.index), from);
    parts.push({ kind: 'url', text: url, start: match.index });
    from = match.index + url.length;
  }
  pushPlaces(parts, text.slice(from), from);
  return parts;
}

function pushPlaces(parts: TextPart[], text: string, start: number): void {
  let from = 0;
  for (const match of text.matchAll(PLACE)) {
    pushText(parts, text.slice(from, match.index), start + from);
    parts.push({ kind: 'place', text: match[0], start: start + match.index });
    from = match.index + match[0].length;
  }
  pushText(parts, text.slice(from), start + from);
}

function pushText(parts: TextPart[], text: string, start: number): void {
  if (text !== '') parts.push({ kind: 'text', text, start });
}

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

/** Without punctuation at its end, and without a bracket that was opened before it. */
function withoutTail(url: string): string {
  for (let rest = url; ; ) {
    const short = rest.replace(BEHIND, '');
    const opening = OPENING[short.at(-1) ?? ''];
    if (opening === undefined || short.split(opening).length >= short.split(short.at(-1) ?? '').length)
      return short;
    rest = short.slice(0, -1);
  }
}
