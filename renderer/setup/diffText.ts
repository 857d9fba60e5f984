import type { DiffLine, FileDiff } from '../../preload/contract.ts';

export const SIGNS: Record<DiffLine['kind'], string> = { same: ' ', removed: '-', added: '+' };

/** A diff as `git diff` would write it, to be read elsewhere. */
export function diffText({ file, hunks }: Pick<FileDiff, 'file' | 'hunks'>): string {
  const isNew = hunks.every((hunk) => hunk.every((line) => line.kind === 'added'));
  const head = [`--- ${isNew ? '/dev/null' : `a/${file}`}`, `+++ b/${file}`];
  return `${[...head, ...hunks.flatMap(hunkText)].join('\n')}\n`;
}

function hunkText(hunk: readonly DiffLine[]): string[] {
  return [hunkHead(hunk), ...hunk.map((line) => `${SIGNS[line.kind]}${line.text}`)];
}

/** `@@ -1,3 +1,4 @@` */
export function hunkHead(hunk: readonly DiffLine[]): string {
  return `@@ -${span(hunk.map((line) => line.before))} +${span(hunk.map((line) => line.after))} @@`;
}

function span(numbers: readonly (number | null)[]): string {
  const lines = numbers.filter((number) => number !== null);
  return `${lines[0] ?? 0},${lines.length}`;
}

/** A piece of a line: as it is, or white space that is to be seen. */
export interface Piece {
  readonly kind: 'text' | 'tab' | 'trailing' | 'return';
  readonly text: string;
}

/** Takes a line apart so that tabs, spaces at its end and a carriage return can be shown. */
export function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  const end = /[ \t]*\r?$/.exec(line)?.index ?? line.length;
  for (const [i, part] of line.slice(0, end).split('\t').entries()) {
    if (i > 0) found.push({ kind: 'tab', text: '\t' });
    if (part !== '') found.push({ kind: 'text', text: part });
  }
  for (const char of line.slice(end))
    found.push({ kind: char === '\t' ? 'tab' : char === '\r' ? 'return' : 'trailing', text: char });
  return found;
}
