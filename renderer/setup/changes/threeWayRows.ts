import { diffArrays, structuredPatch } from 'diff';
import type { Conflict, DiffLine, Resolution } from '#shared/contract.ts';

/** A line of one of the three files; null where it has none in this row. */
export type Cell = { readonly line: number; readonly text: string } | null;

export type Row =
  | { readonly kind: 'lines'; readonly original: Cell; readonly applied: Cell; readonly current: Cell }
  /** Lines that are the same in all three, left out. */
  | { readonly kind: 'gap'; readonly lines: number };

type Lines = Extract<Row, { kind: 'lines' }>;

/** Equal lines that are shown around those that differ. */
const AROUND = 3;

/** Aligns the three files: lines that belong together share a row. */
export function threeWayRows({ original, applied, current }: Conflict): Row[] {
  return leaveOut(aligned(linesOf(original), linesOf(applied), linesOf(current)));
}

const linesOf = (text: string | null): string[] => {
  if (text === null || text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

function aligned(original: string[], applied: string[], current: string[]): Lines[] {
  const [inOriginal, inCurrent] = [matches(applied, original), matches(applied, current)];
  const rows: Lines[] = [];
  let [a, o, b] = [0, 0, 0];
  const upTo = (oEnd: number, aEnd: number, bEnd: number): void => {
    while (a < aEnd || o < oEnd || b < bEnd) {
      const cell = (lines: string[], at: number, end: number): Cell =>
        at < end ? { line: at + 1, text: lines[at] ?? '' } : null;
      rows.push({
        kind: 'lines',
        original: cell(original, a, aEnd),
        applied: cell(applied, o, oEnd),
        current: cell(current, b, bEnd),
      });
      [a, o, b] = [Math.min(a + 1, aEnd), Math.min(o + 1, oEnd), Math.min(b + 1, bEnd)];
    }
  };
  for (const i of applied.keys()) {
    const [aHere, bHere] = [inOriginal.get(i), inCurrent.get(i)];
    if (aHere === undefined || bHere === undefined) continue;
    upTo(i, aHere, bHere);
    upTo(i + 1, aHere + 1, bHere + 1);
  }
  upTo(applied.length, original.length, current.length);
  return rows;
}

/** Which line of `to` is which of `from`. */
function matches(from: string[], to: string[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let [i, j] = [0, 0];
  for (const { value, added, removed } of diffArrays(from, to)) {
    if (removed) i += value.length;
    else if (added) j += value.length;
    else for (const _ of value) found.set(i++, j++);
  }
  return found;
}

/** Do the three lines of a row say the same? */
const isSame = ({ original, applied, current }: Lines): boolean =>
  original?.text === applied?.text && applied?.text === current?.text;

function leaveOut(rows: readonly Lines[]): Row[] {
  const near = new Set<number>();
  for (const [i, row] of rows.entries()) {
    if (!isSame(row)) for (let k = i - AROUND; k <= i + AROUND; k += 1) near.add(k);
  }
  const shown: Row[] = [];
  for (const [i, row] of rows.entries()) {
    const last = shown.at(-1);
    if (near.has(i)) shown.push(row);
    else if (last?.kind === 'gap') shown[shown.length - 1] = { kind: 'gap', lines: last.lines + 1 };
    else shown.push({ kind: 'gap', lines: 1 });
  }
  return shown;
}

/** Returns the file's text after a choice; null: it is deleted. Undefined where the choice can't be made. */
export function resolvedText(conflict: Conflict, choice: Resolution): string | null | undefined {
  if (choice === 'merged') return conflict.merged ?? undefined;
  return choice === 'original' ? conflict.original : conflict.current;
}

/** Returns how a text becomes another, in hunks. */
export function hunksOf(before: string | null, after: string | null): DiffLine[][] {
  const { hunks } = structuredPatch('', '', before ?? '', after ?? '', '', '', { context: AROUND });
  return hunks.map(({ oldStart, newStart, lines }) => {
    let [old, fresh] = [oldStart, newStart];
    return lines.flatMap((line): DiffLine[] => {
      const text = line.slice(1);
      if (line.startsWith('-')) return [{ kind: 'removed', text, before: old++, after: null }];
      if (line.startsWith('+')) return [{ kind: 'added', text, before: null, after: fresh++ }];
      return line.startsWith(' ') ? [{ kind: 'same', text, before: old++, after: fresh++ }] : [];
    });
  });
}
