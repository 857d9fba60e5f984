import { parse, TomlError, type TomlTable } from 'smol-toml';
import { failed, messageOf, type Result, success } from '../../result.ts';

/** What a TOML text means. */
export type Values = TomlTable;

/** Parses a TOML text; the failure says where and what, without a full stop. */
export function parseToml(text: string): Result<Values> {
  try {
    return success(parse(text, { integersAsBigInt: 'asNeeded' }));
  } catch (error) {
    const [message = ''] = messageOf(error).split('\n');
    const what = message.replace(/^Invalid TOML document: /, '');
    return failed('broken-toml', error instanceof TomlError ? `line ${error.line}: ${what}` : what);
  }
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The table that a value is, or else an empty one. */
export const tableOf = (value: unknown): Record<string, unknown> => (isTable(value) ? value : {});

/** The value at a path; undefined where there is none. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  let current = values;
  for (const key of path) {
    if (!isTable(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** The strings that a value is an array of; null where it is anything else. */
export const stringsOf = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;

/** The strings of an array; none where it is anything else. */
export const stringList = (value: unknown): string[] => stringsOf(value) ?? [];

/** A value is set somewhere in a manifest. */
export interface Change {
  path: readonly string[];
  value: unknown;
}

/** The same values with some of them changed. */
export function withChanges(values: Values, changes: readonly Change[]): unknown {
  let result: unknown = values;
  for (const { path, value } of changes) result = withValue(result, path, value);
  return result;
}

function withValue(values: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const table = tableOf(values);
  const entries = Object.entries(table).filter(([each]) => each !== key);
  const own = Object.hasOwn(table, key) ? table[key] : undefined;
  return Object.fromEntries([...entries, [key, withValue(own, rest, value)]]);
}

/** Do two values mean the same? The order of keys means nothing. */
export function sameMeaning(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => sameMeaning(each, b[index]));
  }
  if (isTable(a) && isTable(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameMeaning(a[key], b[key]))
    );
  }
  if (a instanceof Date && b instanceof Date) return a.toISOString() === b.toISOString();
  return Object.is(a, b);
}

/** A basic string of TOML that means `text`. */
export const quote = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007F');

/** An array of strings, as it stands in TOML on one line. */
export const quoteAll = (texts: readonly string[]): string => `[${texts.map(quote).join(', ')}]`;
