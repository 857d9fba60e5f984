import type { Manifest } from './manifest.ts';
import type { Comment } from './scan.ts';
import type { Splice } from './splices.ts';
import { parseToml, stringsOf } from './values.ts';

/** An array of strings that stands commented out. */
export interface CommentedArray {
  strings: string[];
  /** Takes one `#` off each of its lines. */
  splices: Splice[];
}

/** All of them for one key in a stretch of a manifest; null where one has a beginning only. */
export function commentedArrays(
  manifest: Manifest,
  key: string,
  from: number,
  to: number,
): (CommentedArray | null)[] {
  const comments = manifest.comments.filter(
    (each) => each.alone && each.within === null && each.start >= from && each.end <= to,
  );
  const opening = new RegExp(`^\\s*${key}\\s*=\\s*\\[`);
  const found: (CommentedArray | null)[] = [];
  for (let index = 0; index < comments.length; index += 1) {
    const line = textBehind(manifest, comments[index]);
    // A table that is commented out has its lines for itself.
    if (HEADER.test(line)) break;
    if (opening.test(line)) found.push(arrayFrom(manifest, comments, index, key, opening));
  }
  return found;
}

const MOST_LINES = 1000;
const HEADER = /^\s*\[{1,2}\s*[A-Za-z0-9_"'.*\s-]+\]{1,2}\s*(#.*)?$/;

/** What a comment would say without its `#`. */
const textBehind = ({ text }: Manifest, comment: Comment | undefined): string =>
  comment === undefined ? '' : text.slice(comment.start + 1, comment.end);

const withoutHash = ({ start }: Comment): Splice => ({ start, end: start + 1, text: '' });

function arrayFrom(
  manifest: Manifest,
  comments: readonly Comment[],
  first: number,
  key: string,
  opening: RegExp,
): CommentedArray | null {
  const lines: string[] = [];
  const splices: Splice[] = [];
  let end: number | null = null;
  for (let index = first; index < comments.length; index += 1) {
    const comment = comments[index];
    if (comment === undefined || index - first > MOST_LINES) return null;
    const line = textBehind(manifest, comment);
    if (end !== null) {
      const apart = manifest.text.slice(end, comment.start).trim() !== '';
      if (apart || HEADER.test(line) || opening.test(line)) return null;
    }
    end = comment.end;
    const own = lines.length > 0 ? stringsIn(line) : null;
    // What is commented out twice was taken out on purpose, and stays so.
    if (own?.length === 0) continue;
    if (own !== null) {
      lines.push(line);
      splices.push(withoutHash(comment));
      continue;
    }
    const strings = line.includes(']') ? stringsOfKey([...lines, line].join('\n'), key) : null;
    if (strings !== null) return { strings, splices: [...splices, withoutHash(comment)] };
    // A remark among the values stays one.
    if (lines.length > 0) continue;
    lines.push(line);
    splices.push(withoutHash(comment));
  }
  return null;
}

function stringsOfKey(text: string, key: string): string[] | null {
  const values = parseToml(text);
  return values.ok ? stringsOf(values.value[key]) : null;
}

/** The strings that a line of an array holds; null where it holds anything else. */
export function stringsIn(line: string): string[] | null {
  const values = parseToml(`strings = [\n${line}\n]`);
  return values.ok ? stringsOf(values.value.strings) : null;
}
