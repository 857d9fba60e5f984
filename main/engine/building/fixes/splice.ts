import { failed, type Result, success } from '../../result.ts';
import type { ByteEdit } from '../diagnoses.ts';

/** A stretch of a file that was replaced since the build: where it was in the file that the build saw. */
export interface Done {
  start: number;
  end: number;
  /** How many bytes stand there now. */
  now: number;
}

/** A file with its edits made, and what was done to it. */
export interface Spliced {
  bytes: Buffer;
  done: Done[];
}

/**
 * Makes edits in a file, whose places are those in the file that the compiler read.
 * @param done what was changed in it since, by us.
 * Errors: a place that was changed since, or that does not hold what the compiler saw.
 */
export function splice(
  shown: string,
  bytes: Buffer,
  edits: readonly ByteEdit[],
  done: readonly Done[],
): Result<Spliced> {
  let now = bytes;
  const added: Done[] = [];
  // From the bottom up: what is above keeps its place.
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
    if (done.some((each) => meets(each, edit))) {
      return failed(
        'suggestion-overlaps',
        `Another suggestion was already applied at this place in ${shown}.`,
        'Build to see what the compiler says now.',
      );
    }
    const shift = shiftBefore(edit, done);
    const [start, end] = [edit.start + shift, edit.end + shift];
    const found = now.subarray(start, end).toString();
    if (end > now.length || withPlainEnds(found) !== edit.expected) return changedSince(shown);
    const text = Buffer.from(hasReturns(now, start) ? edit.text.replaceAll(/\r?\n/g, '\r\n') : edit.text);
    now = Buffer.concat([now.subarray(0, start), text, now.subarray(end)]);
    added.push({ start: edit.start, end: edit.end, now: text.length });
  }
  return success({ bytes: now, done: [...done, ...added] });
}

export const changedSince = (shown: string): Result<never> =>
  failed(
    'suggestion-outdated',
    `${shown} changed since the compiler saw it; nothing was applied.`,
    'Build again. If the problem remains, its suggestion then fits.',
  );

/** Insertions at one place meet, too: which of them comes first nobody knows. */
const meets = (a: Done, b: ByteEdit): boolean =>
  (a.start < b.end && b.start < a.end) || (a.start === b.start && (a.start === a.end || b.start === b.end));

const shiftBefore = (edit: ByteEdit, done: readonly Done[]): number =>
  done.reduce((sum, each) => (each.end <= edit.start ? sum + each.now - (each.end - each.start) : sum), 0);

/** rustc reads `\r\n` as `\n`. */
const withPlainEnds = (text: string): string => text.replaceAll('\r\n', '\n');

/** Whether the lines around a place end in `\r\n`: the one above it, or the first where there is none. */
function hasReturns(bytes: Buffer, at: number): boolean {
  const above = at === 0 ? -1 : bytes.lastIndexOf(0x0a, at - 1);
  const end = above === -1 ? bytes.indexOf(0x0a, at) : above;
  return end > 0 && bytes[end - 1] === 0x0d;
}
