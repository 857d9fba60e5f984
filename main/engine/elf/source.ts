/** Bytes of a file, asked for in pieces. `read` may give fewer bytes than asked for, where the file ends early. */
export interface ByteSource {
  /** In bytes. */
  size: number;
  read(offset: number, length: number): Uint8Array;
}

export interface ElfFailure {
  kind: 'truncated' | 'not elf' | 'foreign' | 'malformed';
  /** A sentence. */
  message: string;
  remedy: null;
}

/** A part of the file that was read, or why it could not be. */
export type Step<T> = { ok: true; value: T } | { ok: false; failure: ElfFailure };

export const done = <T>(value: T): Step<T> => ({ ok: true, value });

export const stop = (kind: ElfFailure['kind'], message: string): { ok: false; failure: ElfFailure } => ({
  ok: false,
  failure: { kind, message, remedy: null },
});

/**
 * Reads exactly `length` bytes.
 * @param what names the part in the failure.
 * @param limit the most that this part may have; a file that claims more is malformed, and nothing is read.
 */
export function readPart(
  source: ByteSource,
  part: { what: string; offset: number; length: number; limit: number },
): Step<DataView> {
  const { what, offset, length, limit } = part;
  if (length > limit)
    return stop('malformed', `Its ${what} claims ${length} bytes, more than any real one has.`);
  if (offset + length > source.size) return stop('truncated', `The file ends before its ${what} does.`);
  const bytes = source.read(offset, length);
  if (bytes.length < length) return stop('truncated', `The file ended while its ${what} was read.`);
  return done(new DataView(bytes.buffer, bytes.byteOffset, length));
}

/** A 64-bit number; beyond 2^53 it is rounded, and then too large for any file. */
export const word = (view: DataView, at: number): number =>
  view.getUint32(at + 4, true) * 0x1_0000_0000 + view.getUint32(at, true);
