import { readSync } from 'node:fs';
import type { IPty } from 'node-pty';
import { codeOf } from '../result.ts';

/** What node-pty's terminals have on Linux and macOS beside what their type tells. */
interface Readable {
  readonly fd: number;
  on(event: 'end', listener: () => void): void;
}

const isReadable = (pty: object): pty is Readable =>
  'fd' in pty && typeof pty.fd === 'number' && 'on' in pty && typeof pty.on === 'function';

const PIECE_BYTES = 64 * 1024;
// What a kernel keeps of a terminal's output is less; this is a bound for a child that goes on writing.
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Reads what a terminal still holds when its stream ends. The stream takes the other side's hang-up for the end after any
 * read that did not fill its buffer, which no read of a terminal does (libuv, uv__stream_io: POLLHUP after a partial
 * read); the last few thousand bytes, perhaps the reason of a crash, would be lost.
 */
export function readRest(pty: IPty, onData: (bytes: Uint8Array) => void): void {
  if (!isReadable(pty)) return;
  pty.on('end', () => {
    for (let total = 0; total < MOST_BYTES; ) {
      const piece = readPiece(pty.fd);
      if (piece === null) return;
      total += piece.length;
      onData(piece);
    }
  });
}

/** Null: there is no more, or not yet. */
function readPiece(fd: number): Uint8Array | null {
  const bytes = new Uint8Array(PIECE_BYTES);
  try {
    const length = readSync(fd, bytes, 0, PIECE_BYTES, null);
    return length === 0 ? null : bytes.subarray(0, length);
  } catch (error) {
    // EIO: the other side is closed and everything was read.
    if (codeOf(error) === 'EIO' || codeOf(error) === 'EAGAIN') return null;
    throw error;
  }
}
