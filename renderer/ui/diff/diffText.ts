import type { DiffLine, FileDiff } from '#shared/contract.ts';

export const SIGNS: Record<DiffLine['kind'], string> = { same: ' ', removed: '-', added: '+' };

/** Formats a diff as `git diff` would. */
export function diffText({ file, hunks }: Pick<FileDiff, 'file' | 'hunks'>): string {
  const isNew = hunks.every((hunk) => hunk.every((line) => line.kind === 'added'));
  const head = [`--- ${isNew ? '/dev/null' : `a/${file}`}`, `+++ b/${file}`];
  return `${[...head, ...hunks.flatMap(hunkText)].join('\n')}\n`;
}

function hunkText(hunk: readonly DiffLine[]): string[] {
  return [hunkHead(hunk), ...hunk.map((line) => `${SIGNS[line.kind]}${line.text}`)];
}

/** `@@ -1,3 +1,4 @@` */
function hunkHead(hunk: readonly DiffLine[]): string {
  return `@@ -${span(hunk.map((line) => line.before))} +${span(hunk.map((line) => line.after))} @@`;
}

function span(numbers: readonly (number | null)[]): string {
  const lines = numbers.filter((number) => number !== null);
  return `${lines[0] ?? 0},${lines.length}`;
}

/** Where a line differs from the one that takes its place: from here to there, in characters. */
export interface Difference {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds what differs within each pair of lines, where as many lines are added as were removed before them.
 */
export function differences(hunk: readonly DiffLine[]): ReadonlyMap<DiffLine, Difference> {
  const found = new Map<DiffLine, Difference>();
  let at = 0;
  while (at < hunk.length) {
    const removed = runOf(hunk, at, 'removed');
    const added = runOf(hunk, at + removed.length, 'added');
    at += Math.max(1, removed.length + added.length);
    if (removed.length !== added.length) continue;
    for (const [i, before] of removed.entries()) {
      const after = added[i];
      if (after === undefined) continue;
      const [start, tail] = common(before.text, after.text);
      // Lines that have little in common are two lines.
      if (start + tail === 0) continue;
      found.set(before, { start, end: before.text.length - tail });
      found.set(after, { start, end: after.text.length - tail });
    }
  }
  return found;
}

function runOf(hunk: readonly DiffLine[], from: number, kind: DiffLine['kind']): readonly DiffLine[] {
  const length = hunk.slice(from).findIndex((line) => line.kind !== kind);
  return hunk.slice(from, length === -1 ? undefined : from + length);
}

/** How many characters are the same at the beginning, and at the end. */
function common(a: string, b: string): [number, number] {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let tail = 0;
  while (tail < most - start && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return [start, tail];
}

/** A piece of a line: as it is, or white space that is to be seen. */
export interface LinePiece {
  readonly kind: 'text' | 'tab' | 'trailing' | 'return';
  readonly text: string;
}

/**
 * Splits a line so that tabs, trailing spaces and a carriage return can be shown.
 * @param inside it is the beginning of a line only: what stands at its end is nothing special.
 */
export function pieces(line: string, inside = false): LinePiece[] {
  const found: LinePiece[] = [];
  const end = inside ? line.length : (/[ \t]*\r?$/.exec(line)?.index ?? line.length);
  for (const [i, part] of line.slice(0, end).split('\t').entries()) {
    if (i > 0) found.push({ kind: 'tab', text: '\t' });
    if (part !== '') found.push({ kind: 'text', text: part });
  }
  for (const char of line.slice(end))
    found.push({ kind: char === '\t' ? 'tab' : char === '\r' ? 'return' : 'trailing', text: char });
  return found;
}
