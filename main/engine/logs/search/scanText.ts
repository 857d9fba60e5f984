import { plainText } from '../plainText.ts';
import type { Chunk } from './chunk.ts';
import { type Found, type Hit, spansIn } from './found.ts';
import type { Matcher } from './pattern.ts';

const FEED = 10;

/** Looks for a pattern in the text of a chunk, without escape sequences. @param most as of `scanChunk`. */
export function scanText(chunk: Chunk, { line, lines }: Matcher, most: number): Found {
  const found: Found = { count: 0, hits: [] };
  for (const { begin, end } of chunk.blocks) {
    const from = begin.offset - chunk.offset;
    const to = Math.min(end.offset - chunk.offset, chunk.length);
    // Escape sequences take no line end along, so text and bytes have the same lines.
    const text = plainText(chunk.bytes, from, to);
    const place = { from, line: begin.line };
    const count = { at: 0, line: begin.line };
    // The last line is there, even if it is empty.
    const open = to > from && chunk.bytes[to - 1] !== FEED;
    const take = (start: number, whole: string): void => {
      found.count += 1;
      if (found.hits.length >= most) return;
      for (; count.at < start; count.line += 1) count.at = text.indexOf('\n', count.at) + 1;
      for (; place.line < count.line; place.line += 1) place.from = chunk.bytes.indexOf(FEED, place.from) + 1;
      found.hits.push(hitOf(count.line, chunk.offset + place.from, whole, line));
    };
    if (lines === null) eachLine(text, open, line, take);
    else allLines(text, open, lines, take);
  }
  return found;
}

const hitOf = (line: number, offset: number, text: string, pattern: RegExp): Hit => ({
  line,
  offset,
  spans: spansIn(text, pattern, text.length),
});

/** Gets where a line that matches begins in the text, and the line. */
type Take = (start: number, line: string) => void;

function eachLine(text: string, open: boolean, pattern: RegExp, take: Take): void {
  for (let at = 0; at < text.length || open; ) {
    const feed = text.indexOf('\n', at);
    const line = text.slice(at, feed === -1 ? text.length : feed);
    pattern.lastIndex = 0;
    if (pattern.test(line)) take(at, line);
    if (feed === -1) return;
    at = feed + 1;
  }
}

function allLines(text: string, open: boolean, pattern: RegExp, take: Take): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const { index } = match;
    const start = index === 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
    if (start === text.length && !open) return;
    const feed = text.indexOf('\n', index);
    take(start, text.slice(start, feed === -1 ? text.length : feed));
    if (feed === -1) return;
    pattern.lastIndex = feed + 1;
  }
}
