import { encodeEntry } from './format.ts';
import { decodeLine, type Line } from './recordLines.ts';
import { summaryOf } from './summary.ts';

/** The entry of the line that these bytes are, its end included, and that begins at this offset. */
export function entryOfLine(bytes: Buffer, offset: number): Buffer {
  const line = decodeLine(bytes);
  return entryOfDecoded(line, offset, bytes.length);
}

/** The same where it is known what the line says. */
export const entryOfDecoded = (line: Line, offset: number, length: number): Buffer =>
  encodeEntry({
    what: line.kind === 'record' || line.kind === 'begun' ? summaryOf(line.record) : line.kind,
    isBegun: line.kind === 'begun',
    offset,
    length,
  });

const LINE_FEED = 10;

/** The whole lines in some bytes; what is behind the last line feed is none. */
export function* wholeLines(bytes: Buffer): Generator<{ at: number; line: Buffer }> {
  for (let at = 0; ; ) {
    const end = bytes.indexOf(LINE_FEED, at);
    if (end === -1) return;
    yield { at, line: bytes.subarray(at, end + 1) };
    at = end + 1;
  }
}
