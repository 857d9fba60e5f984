import { type Chunk, type ChunkLine, ChunkLines, REACH_BYTES, textOf } from './chunk.ts';
import { type Found, type Hit, spansIn } from './found.ts';
import type { Literal } from './literal.ts';
import type { Matcher } from './pattern.ts';
import { scanText } from './scanText.ts';

const ESCAPE = 0x1b;
const BELL = 7;
const BACKSLASH = 0x5c;

/** @param most so many hits are given; lines behind are counted only. */
export function scanChunk(chunk: Chunk, matcher: Matcher, most: number): Found {
  const { bytes, line, hint } = matcher;
  const literal = bytes ?? hint;
  const isPainted = chunk.bytes.includes(ESCAPE);
  if (literal === null || (isPainted && mayHoldStrings(chunk.bytes))) return scanText(chunk, matcher, most);
  const find = placesOf(chunk.bytes, literal, isPainted);
  if (bytes !== null) return scanPlaces(chunk, line, most, find);
  return scanHinted(chunk, line, most, find) ?? scanText(chunk, matcher, most);
}

/** Whether there may be escape sequences that hold text, such as links: they end with a bell, or with `\x1b\\`. */
function mayHoldStrings(bytes: Buffer): boolean {
  if (bytes.includes(BELL)) return true;
  for (let at = bytes.indexOf(BACKSLASH); at !== -1; at = bytes.indexOf(BACKSLASH, at + 1)) {
    if (bytes[at - 1] === ESCAPE) return true;
  }
  return false;
}

/** The next place, from one on, where something stands in the bytes; -1: nowhere. */
type Find = (from: number) => number;

function placesOf(bytes: Buffer, { plain, bare, painted, quick }: Literal, isPainted: boolean): Find {
  if (!isPainted && plain !== null) return (from) => bytes.indexOf(plain, from);
  const text = bytes.toString('latin1');
  const next =
    (pattern: RegExp): Find =>
    (from) => {
      pattern.lastIndex = from;
      return pattern.exec(text)?.index ?? -1;
    };
  if (!isPainted) return next(bare);
  return next(quick)(0) === -1 ? () => -1 : next(painted);
}

/** So many lines of a chunk are looked at one by one; where there are more it is faster to look at all of it. */
const MOST_LOOKS = 40;

/** @param find places without which a line doesn't match. Null: there are too many of them. */
function scanHinted(chunk: Chunk, pattern: RegExp, most: number, find: Find): Found | null {
  const lines = new ChunkLines(chunk);
  const found: Found = { count: 0, hits: [] };
  let place = find(0);
  for (let looks = 0; place !== -1 && place < chunk.length; looks += 1) {
    if (looks === MOST_LOOKS) return null;
    const { number, from, to, next } = lines.at(place);
    const text = textOf(chunk.bytes, from, to);
    pattern.lastIndex = 0;
    if (pattern.test(text)) {
      found.count += 1;
      const spans = found.hits.length < most ? spansIn(text, pattern, text.length) : null;
      if (spans !== null) found.hits.push({ line: number, offset: chunk.offset + from, spans });
    }
    place = find(next);
  }
  return found;
}

function scanPlaces(chunk: Chunk, pattern: RegExp, most: number, find: Find): Found {
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
