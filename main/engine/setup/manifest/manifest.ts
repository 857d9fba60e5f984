import { failed, type Result, success } from '../../result.ts';
import { type Scan, scan } from './scan.ts';
import { nextLine } from './splices.ts';
import { parseToml, type Values } from './values.ts';

/** A TOML file with all that is needed to edit it in place. */
export interface Manifest extends Scan {
  file: string;
  /** Without the byte order mark. */
  text: string;
  mark: boolean;
  values: Values;
}

const MARK = '\ufeff';

/** Reads a file that cargo reads. @param file for the failures only. */
export function readManifest(file: string, bytes: Buffer): Result<Manifest> {
  let whole: string;
  try {
    whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return failed('not-utf-8', `${file} is not UTF-8, so cargo can't read it either.`, 'Save it as UTF-8.');
  }
  const mark = whole.startsWith(MARK);
  const text = mark ? whole.slice(1) : whole;
  const values = parseToml(text);
  if (!values.ok) {
    return failed(
      'broken-toml',
      `${file} can't be parsed: ${values.failure.message}.`,
      'Mend it first: cargo must be able to read it.',
    );
  }
  const found = scan(text);
  if (found === null) {
    return failed(
      'unclear-toml',
      `${file} is written in a way that Hotdeck can't follow.`,
      'Make the edits there by hand.',
    );
  }
  return success({ file, text, mark, values: values.value, ...found });
}

/** The bytes of a manifest with another text. */
export const bytesOf = ({ mark }: Manifest, text: string): Buffer =>
  Buffer.from((mark ? MARK : '') + text, 'utf8');

/** Where a table's own lines are: behind its header, up to the next one. Null where it has no header. */
export function sectionOf(
  { statements, text }: Manifest,
  path: readonly string[],
): { header: number; start: number; end: number; last: number } | null {
  const index = statements.findIndex((each) => each.kind === 'table' && samePath(each.path, path));
  const header = statements[index];
  if (header === undefined) return null;
  const rest = statements.slice(index + 1);
  const next = rest.findIndex((each) => each.kind !== 'pair');
  const own = next === -1 ? rest : rest.slice(0, next);
  return {
    header: header.start,
    start: header.end,
    end: rest[next]?.start ?? text.length,
    last: own.at(-1)?.end ?? header.end,
  };
}

/**
 * Where a table could be followed by another one: behind its pairs, and the comments that go with them.
 * @param least at least there.
 */
export function behindSection({ text }: Manifest, last: number, least: number): number {
  let end = Math.max(last, least);
  for (;;) {
    const start = nextLine(text, end);
    const line = text.slice(start, nextLine(text, start)).trim();
    if (start >= text.length || !line.startsWith('#')) return end;
    end = start;
  }
}

export const samePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);
