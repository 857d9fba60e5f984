import { diffArrays } from 'diff';
import type { DiffLine, FileDiff } from '#shared/contract.ts';
import type { FileEdit } from '../types.ts';

/** Lines around a change. */
const CONTEXT = 3;

/**
 * An edit as it is shown.
 * @param dirty whether the file has changes that are not committed; null where git doesn't know it.
 */
export function diffOf({ file, before, after, steps, lines }: FileEdit, dirty: boolean | null): FileDiff {
  const all = linesOf(before ?? Buffer.alloc(0), after);
  return { file, lines, steps, dirty, hunks: hunksOf(all) };
}

/** Two texts, line by line: all lines of both. */
export function linesOf(before: Buffer, after: Buffer): DiffLine[] {
  const old = split(before);
  const new_ = split(after);
  const show = showing([...old, ...new_]);
  const found: DiffLine[] = [];
  let left = 0;
  let right = 0;
  for (const { value, added, removed } of diffArrays(old, new_)) {
    for (const line of value) {
      if (!added) left += 1;
      if (!removed) right += 1;
      const kind = added ? 'added' : removed ? 'removed' : 'same';
      found.push({
        kind,
        text: show(line, kind),
        before: added ? null : left,
        after: removed ? null : right,
      });
    }
  }
  return found;
}

/** The stretches in which something changes, with the lines around them. */
export function hunksOf(lines: readonly DiffLine[]): DiffLine[][] {
  const hunks: DiffLine[][] = [];
  let end = 0;
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    const start = index - CONTEXT;
    const hunk = start <= end ? hunks.at(-1) : undefined;
    const next = Math.min(index + CONTEXT + 1, lines.length);
    if (hunk === undefined) hunks.push(lines.slice(Math.max(start, 0), next));
    else if (next > end) hunk.push(...lines.slice(end, next));
    end = Math.max(end, next);
  });
  return hunks;
}

/** Lines with their endings. */
const split = (bytes: Buffer): string[] => bytes.toString().match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Endings are shown only where not all are the same; that the last line has none, where that changes. */
function showing(lines: readonly string[]): (line: string, kind: DiffLine['kind']) => string {
  const ended = lines.filter((line) => line.endsWith('\n'));
  const isMixed = new Set(ended.map((line) => line.endsWith('\r\n'))).size > 1;
  return (line, kind) => {
    if (!line.endsWith('\n')) return kind === 'same' ? line : `${line}  (no line end)`;
    const text = line.replace(/\r?\n$/, '');
    return isMixed && line.endsWith('\r\n') ? `${text}␍` : text;
  };
}
