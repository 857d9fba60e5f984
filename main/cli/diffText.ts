import type { DiffLine, FileDiff } from '#shared/contract.ts';
import { clean, type Pen } from './pen.ts';

/** The diff of a file in the form that `diff -u` made known. */
export function diffText({ file, hunks }: Pick<FileDiff, 'file' | 'hunks'>, pen: Pen): string {
  const isNew = hunks.every((hunk) => hunk.every(({ before }) => before === null));
  const isGone = hunks.every((hunk) => hunk.every(({ after }) => after === null));
  const header = [
    isNew ? '--- /dev/null' : `--- a/${clean(file)}`,
    isGone ? '+++ /dev/null' : `+++ b/${clean(file)}`,
  ];
  return [...header.map((line) => pen.bold(line)), ...hunks.flatMap((hunk) => hunkText(hunk, pen))].join(
    '\n',
  );
}

function hunkText(hunk: readonly DiffLine[], pen: Pen): string[] {
  const before = range(hunk.map((line) => line.before));
  const after = range(hunk.map((line) => line.after));
  return [pen.faint(`@@ -${before} +${after} @@`), ...hunk.map((line) => lineText(line, pen))];
}

/** Where a stretch begins and how long it is; one of a file that is not there: 0,0. */
function range(numbers: readonly (number | null)[]): string {
  const own = numbers.filter((number) => number !== null);
  return `${own[0] ?? 0},${own.length}`;
}

function lineText({ kind, text }: DiffLine, pen: Pen): string {
  const shown = clean(text);
  if (kind === 'added') return pen.green(`+${shown}`);
  if (kind === 'removed') return pen.red(`-${shown}`);
  return ` ${shown}`;
}
