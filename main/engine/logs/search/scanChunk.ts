import { type Chunk, type ChunkLine, ChunkLines, REACH_BYTES, textOf } from './chunk.ts';
import type { Matcher } from './pattern.ts';

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

const ESCAPE = 0x1b;
const BELL = 7;
const BACKSLASH = 0x5c;
const FEED = 10;
const MOST_SPANS = 100;

/** @param most so many hits are given; lines behind are counted only. */
export function scanChunk(chunk: Chunk, matcher: Matcher, most: number): Found {
  const { bytes, line } = matcher;
  if (bytes === null) return scanLines(chunk, line, most);
  const { plain, bare, painted } = bytes;
  const isPainted = chunk.bytes.includes(ESCAPE);
  if (isPainted && mayHoldStrings(chunk.bytes)) return scanLines(chunk, line, most);
  if (!isPainted && plain !== null) {
    return scanPlaces(chunk, line, most, (from) => chunk.bytes.indexOf(plain, from));
  }
  return scanPlaces(chunk, line, most, placesIn(chunk.bytes.toString('latin1'), isPainted ? painted : bare));
}

/** Whether there may be escape sequences that hold text, such as links: they end with a bell, or with `\x1b\\`. */
function mayHoldStrings(bytes: Buffer): boolean {
  if (bytes.includes(BELL)) return true;
  for (let at = bytes.indexOf(BACKSLASH); at !== -1; at = bytes.indexOf(BACKSLASH, at + 1)) {
    if (bytes[at - 1] === ESCAPE) return true;
  }
  return false;
}

const placesIn =
  (text: string, pattern: RegExp) =>
  (from: number): number => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? -1;
  };

/** @param find the next place, from one on, where it stands in the bytes; -1: nowhere. */
function scanPlaces(chunk: Chunk, pattern: RegExp, most: number, find: (from: number) => number): Found {
  const lines = new ChunkLines(chunk);
  const found: Found = { count: 0, hits: [] };
  for (let place = find(0); place !== -1 && place < chunk.length; ) {
    let next: number;
    if (found.hits.length < most) {
      const line = lines.at(place);
      found.hits.push(hitOf(chunk, line, pattern, lines.goesOn(line)));
      next = line.next;
    } else next = lines.nextAfter(place);
    found.count += 1;
    place = find(next);
  }
  return found;
}

function hitOf(chunk: Chunk, { number, from, to }: ChunkLine, pattern: RegExp, goesOn: boolean): Hit {
  const { length } = textOf(chunk.bytes, from, to);
  const text = textOf(chunk.bytes, from, goesOn ? to + REACH_BYTES : to);
  return { line: number, offset: chunk.offset + from, spans: spansIn(text, pattern, length) };
}

/** Looks at each line's text. */
function scanLines(chunk: Chunk, pattern: RegExp, most: number): Found {
  const found: Found = { count: 0, hits: [] };
  for (const { begin, end } of chunk.blocks) {
    // Escape sequences take no line end along, so text and bytes have the same lines.
    const place = { from: begin.offset - chunk.offset, line: begin.line };
    const text = textOf(chunk.bytes, place.from, Math.min(end.offset - chunk.offset, chunk.length));
    let at = 0;
    for (let number = begin.line; number < end.line; number += 1) {
      const feed = text.indexOf('\n', at);
      const to = feed === -1 ? text.length : feed;
      const line = text.slice(at, text[to - 1] === '\r' && to > at && feed !== -1 ? to - 1 : to);
      at = to + 1;
      pattern.lastIndex = 0;
      if (!pattern.test(line)) continue;
      found.count += 1;
      if (found.hits.length >= most) continue;
      for (; place.line < number; place.line += 1) place.from = chunk.bytes.indexOf(FEED, place.from) + 1;
      const spans = spansIn(line, pattern, line.length);
      found.hits.push({ line: number, offset: chunk.offset + place.from, spans });
    }
  }
  return found;
}

/** @param before only matches that begin before this; one without length may begin there. */
function spansIn(text: string, pattern: RegExp, before: number): Span[] {
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
