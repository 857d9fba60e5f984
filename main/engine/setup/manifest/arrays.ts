import type { Manifest } from './manifest.ts';
import { type Item, itemsAt, type Statement } from './scan.ts';
import { lineStart, linesBehind, type Splice } from './splices.ts';

/** Adds a value to an array, on a line of its own where the others have one. Null where it can't follow the array. */
export function appendItem({ text }: Manifest, array: Statement, value: string): Splice[] | null {
  const items = itemsAt(text, array.value);
  if (items === null) return null;
  const last = items.at(-1);
  if (last === undefined) return [insertion(array.value + 1, value)];
  const comma = last.comma === null ? [insertion(last.end, ',')] : [];
  const rest = text.slice(last.end, array.end - 1);
  if (!rest.includes('\n')) {
    return last.comma === null
      ? [insertion(last.end, `, ${value}`)]
      : [insertion(last.comma + 1, ` ${value}`)];
  }
  const start = lineStart(text, last.start);
  const before = text.slice(start, last.start);
  const indent = before.trim() === '' ? before : '\t';
  return [...comma, linesBehind(text, last.comma ?? last.end, [`${indent}${value},`])];
}

/** The commas that a value needs around it once it is no comment any more. */
export function commasAround(items: readonly Item[], start: number, end: number, comma: boolean): Splice[] {
  const before = items.filter((each) => each.end <= start).at(-1);
  const after = items.some((each) => each.start >= end);
  const splices: Splice[] = [];
  if (before !== undefined && before.comma === null) splices.push(insertion(before.end, ','));
  if (after && !comma) splices.push(insertion(end, ','));
  return splices;
}

export const insertion = (at: number, text: string): Splice => ({ start: at, end: at, text });
