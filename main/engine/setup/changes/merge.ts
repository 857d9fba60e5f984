import { diff3Merge } from 'node-diff3';

/**
 * Lines with their endings. Bytes stay bytes (latin1), so what is no UTF-8 comes through; the sign before each keeps a
 * line from being taken for a property of an object.
 */
const linesOf = (bytes: Buffer): string[] =>
  (bytes.toString('latin1').match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => `=${line}`);

/**
 * What two people made of a file, together, line by line.
 * @param base the file both had. @returns null where they changed the same lines, or lines that touch.
 */
export function mergeFiles(base: Buffer, one: Buffer, other: Buffer): Buffer | null {
  const lines: string[] = [];
  for (const { ok, conflict } of diff3Merge(linesOf(one), linesOf(base), linesOf(other))) {
    if (conflict !== undefined) return null;
    for (const line of ok ?? []) lines.push(line.slice(1));
  }
  return Buffer.from(lines.join(''), 'latin1');
}
