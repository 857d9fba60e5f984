import { open, rename, rm } from 'node:fs/promises';
import { failed, messageOf, type Result, success } from '../result.ts';
import { csvHead, csvLine } from './csv.ts';
import type { StoredRecord } from './tell.ts';

/** `jsonl`: a record a line, with its id; `csv`: what fits into columns. */
export type HistoryForm = 'jsonl' | 'csv';

export const jsonLine = ({ id, record }: StoredRecord): string => `${JSON.stringify({ id, ...record })}\n`;

const PIECE_CHARS = 1_000_000;

/** Writes records to a file: all of them, or none. @returns how many. Errors: the file can't be written. */
export async function exportHistory(
  records: AsyncIterable<StoredRecord>,
  form: HistoryForm,
  path: string,
): Promise<Result<number>> {
  const part = `${path}.${process.pid}.part`;
  const lineOf = form === 'csv' ? csvLine : jsonLine;
  try {
    const file = await open(part, 'w', 0o600);
    let count = 0;
    try {
      let piece = form === 'csv' ? csvHead() : '';
      for await (const each of records) {
        piece += lineOf(each);
        count += 1;
        if (piece.length < PIECE_CHARS) continue;
        await file.writeFile(piece);
        piece = '';
      }
      await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(part, path);
    return success(count);
  } catch (error) {
    return failed('export', `The history was not saved: ${messageOf(error)}.`, 'Choose another place.');
  } finally {
    await rm(part, { force: true });
  }
}
