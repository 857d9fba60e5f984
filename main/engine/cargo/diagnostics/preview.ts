import type { DiffLine } from '#shared/contract.ts';

/** A change of a file, and the lines that it touches as the compiler saw them. */
export interface ShownEdit {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  text: string;
  /** From `line` on. */
  lines: readonly string[];
}

/**
 * What a file's edits come to as a diff, a hunk for each stretch of lines.
 * @param edits in the order of their places; none touches another.
 */
export function previewOf(edits: readonly ShownEdit[]): DiffLine[][] {
  let shift = 0;
  return stretches(edits).map((stretch) => {
    const hunk = hunkOf(stretch, shift);
    shift += hunk.filter(({ kind }) => kind === 'added').length;
    shift -= hunk.filter(({ kind }) => kind === 'removed').length;
    return hunk;
  });
}

/** Edits whose lines meet. */
function stretches(edits: readonly ShownEdit[]): ShownEdit[][] {
  const found: ShownEdit[][] = [];
  let end = 0;
  for (const edit of edits) {
    const last = found.at(-1);
    if (last !== undefined && edit.line <= end) last.push(edit);
    else found.push([edit]);
    end = Math.max(end, edit.endLine);
  }
  return found;
}

function hunkOf(edits: readonly ShownEdit[], shift: number): DiffLine[] {
  const known = new Map(edits.flatMap(({ line, lines }) => lines.map((text, i) => [line + i, text])));
  const numbers = [...known.keys()].sort((a, b) => a - b);
  const first = numbers[0] ?? 1;
  const before = numbers.map((number) => known.get(number) ?? '');
  const after = afterEdits(before, first, edits);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const from = first + head;
  return [
    ...before
      .slice(head, before.length - tail)
      .map((text, i): DiffLine => ({ kind: 'removed', text, before: from + i, after: null })),
    ...after
      .slice(head, after.length - tail)
      .map((text, i): DiffLine => ({ kind: 'added', text, before: null, after: from + shift + i })),
  ];
}

function afterEdits(before: readonly string[], first: number, edits: readonly ShownEdit[]): string[] {
  let text = before.join('\n');
  for (const edit of [...edits].reverse()) {
    const start = offsetOf(before, edit.line - first, edit.column);
    const end = offsetOf(before, edit.endLine - first, edit.endColumn);
    text = text.slice(0, start) + edit.text + text.slice(end);
  }
  return text.split('\n');
}

/** Where a line and a column are in the lines joined, in UTF-16 units. */
function offsetOf(lines: readonly string[], line: number, column: number): number {
  const before = lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
  const inLine = [...(lines[line] ?? '')].slice(0, column - 1).join('').length;
  return before + inLine;
}

/** The text that a range covers, of lines as the compiler showed them. */
export function coveredText(range: Omit<ShownEdit, 'text'>): string {
  const { lines } = range;
  const end = offsetOf(lines, range.endLine - range.line, range.endColumn);
  return lines.join('\n').slice(offsetOf(lines, 0, range.column), end);
}
