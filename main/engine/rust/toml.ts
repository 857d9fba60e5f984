import { parse } from 'smol-toml';
import { z } from 'zod';
import { failed, messageOf, type Result, success } from '../result.ts';

const TableSchema = z.record(z.string(), z.unknown());
export type Table = z.infer<typeof TableSchema>;

/** Errors: it is not TOML. */
export function parseToml(text: string, file: string): Result<Table> {
  try {
    return success(TableSchema.parse(parse(text)));
  } catch (error) {
    const [first = ''] = messageOf(error).split('\n');
    return failed('broken-toml', `${file} can't be read: ${first}.`);
  }
}

/** The table under a key; an empty one where there is none. */
export const tableAt = (table: Table, key: string): Table => {
  const found = TableSchema.safeParse(table[key]);
  return found.success ? found.data : {};
};

export const textAt = (table: Table, key: string): string | null => {
  const value = table[key];
  return typeof value === 'string' ? value : null;
};

/** The strings of an array under a key; anything else is left out. */
export const textsAt = (table: Table, key: string): string[] => {
  const value = table[key];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
};
