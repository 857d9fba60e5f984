import { isUtf8 } from 'node:buffer';
import { stripAnsi } from '#shared/ansi.ts';

/** So many bytes a color takes between its bracket and its end; what takes more is none (ansi.ts). */
const MOST_PARAMETERS = 64;

let room = Buffer.alloc(128 * 1024);

/** Bytes of whole lines, or of pieces, as text without escape sequences, with `\n` between the lines. */
export function plainText(bytes: Buffer, from: number, to: number): string {
  if (room.length < to - from) room = Buffer.alloc(to - from);
  // Bytes that are no UTF-8 may become some once an escape sequence between them is gone.
  const length = isUtf8(bytes.subarray(from, to)) ? copyPlain(bytes, from, to, room) : null;
  return length === null
    ? stripAnsi(bytes.toString('utf8', from, to)).replaceAll('\r\n', '\n')
    : room.toString('utf8', 0, length);
}

/**
 * Copies what is no color; in half the time that a pattern takes. (Bytes stand here as numbers: names would be looked up
 * for each byte.)
 * @returns how many bytes that is; null where there are other escape sequences, or broken ones.
 */
function copyPlain(bytes: Buffer, from: number, to: number, into: Buffer): number | null {
  let length = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x1b) {
      const end = endOfColor(bytes, at, to);
      if (end === -1) return null;
      at = end;
    } else if (byte === 0x0a && length > 0 && into[length - 1] === 0x0d) into[length - 1] = 0x0a;
    else {
      into[length] = byte;
      length += 1;
    }
  }
  return length;
}

/** Where the last byte of a plain control sequence is: parameters and what ends it; -1: it is another, or none. */
function endOfColor(bytes: Buffer, from: number, to: number): number {
  if (bytes[from + 1] !== 0x5b) return -1;
  let at = from + 2;
  for (; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x40 && byte <= 0x7e) return at - from - 2 > MOST_PARAMETERS ? -1 : at;
    if (byte < 0x30 || byte > 0x3f) return -1;
  }
  return -1;
}
