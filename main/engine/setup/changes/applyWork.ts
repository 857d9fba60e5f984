import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { failed, type Result, success } from '../../result.ts';
import type { FileEdit, SetupWay } from '../types.ts';
import { hashOf } from './fileContents.ts';
import type { Changed, Journal, Move, Work } from './journal.ts';
import { addLayer } from './layers.ts';
import { checkWritable, type Located, locate } from './locate.ts';

/** Work, and the bytes that it needs. */
export interface Prepared {
  work: Work;
  contents: Buffer[];
}

/** A name beside a file that nobody else has. */
export const besideOf = (target: string): string =>
  join(dirname(target), `.${basename(target)}.hotdeck-${randomBytes(4).toString('hex')}`);

const orNull = (bytes: Buffer | null): string | null => (bytes === null ? null : hashOf(bytes));

/** The work of applying a way on top of what is applied; a failure where a file is not as the way takes it to be. */
export async function applyWork(
  root: string,
  way: SetupWay,
  journal: Journal | null,
): Promise<Result<Prepared>> {
  const files = new Map((journal?.files ?? []).map((changed) => [changed.file, changed]));
  const moves: Move[] = [];
  const contents: Buffer[] = [];
  for (const edit of way.edits) {
    const located = await locate(root, edit.file);
    if (!located.ok) return located;
    const { target, bytes, keep, missing } = located.value;
    const from = orNull(edit.before);
    const to = hashOf(edit.after);
    if (orNull(bytes) !== from) return changedSince(edit.file);
    if (from === to) continue;
    const writable = await checkWritable(root, edit.file, located.value);
    if (!writable.ok) return writable;
    if (moves.some((move) => move.target === target)) {
      return failed('setup-refused', `${edit.file} and another file of the setup are the same file.`);
    }
    moves.push({ file: edit.file, target, beside: besideOf(target), from, to, keep, folders: missing });
    contents.push(edit.after, ...(edit.before === null ? [] : [edit.before]));
    const changed = changedBy(edit, { from, to }, located.value, files.get(edit.file));
    files.delete(edit.file);
    if (changed.layers.length > 0) files.set(edit.file, changed);
  }
  const next: Journal = { version: 1, way: way.id, at: Date.now(), files: [...files.values()] };
  return success({ work: { version: 1, kind: 'applying', moves, next }, contents });
}

/** A file that somebody edited since it was read: the work was planned for another one. */
export const changedSince = (file: string): ReturnType<typeof failed> =>
  failed(
    'setup-changed',
    `${file} was edited in the meantime, so this change was not made.`,
    'Check the setup again: it then goes by the file as it is now.',
  );

function changedBy(
  edit: FileEdit,
  { from, to }: { from: string | null; to: string },
  { keep, missing }: Located,
  earlier: Changed | undefined,
): Changed {
  const layers = addLayer<string | null>(earlier?.layers ?? [], { before: from, after: to });
  // Back at the beginning, or never changed: only this edit counts.
  const isFresh = earlier === undefined || earlier.layers[0]?.before === from;
  return {
    file: edit.file,
    layers,
    lines: edit.lines + (isFresh ? 0 : earlier.lines),
    keep: earlier?.keep ?? keep,
    folders: [...new Set([...(earlier?.folders ?? []), ...missing])],
  };
}
