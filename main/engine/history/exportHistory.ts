import { saveFile } from '../../files/saveFile.ts';
import { failed, messageOf, type Result, success } from '../result.ts';
import { csvHead, csvLine } from './csv.ts';
import type { StoredRecord } from './readRecords.ts';

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
  let count = 0;
  try {
    await saveFile(
      path,
      piecesOf(records, form, () => {
        count += 1;
      }),
    );
    return success(count);
  } catch (error) {
    return failed('export', `The history was not saved: ${messageOf(error)}.`, 'Choose another place.');
  }
}

async function* piecesOf(
  records: AsyncIterable<StoredRecord>,
  form: HistoryForm,
  onRecord: () => void,
): AsyncGenerator<string> {
  const lineOf = form === 'csv' ? csvLine : jsonLine;
  let piece = form === 'csv' ? csvHead() : '';
  for await (const each of records) {
    piece += lineOf(each);
    onRecord();
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
