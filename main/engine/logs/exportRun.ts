import { StringDecoder } from 'node:string_decoder';
import { stripAnsi } from '#shared/ansi.ts';
import { saveFile } from '../../files/saveFile.ts';
import { failed, messageOf, type Result, success } from '../result.ts';
import type { RunReader } from './store/runReader.ts';

/** `raw`: byte for byte; `text`: without escape sequences, a line feed behind each line. */
export type ExportForm = 'raw' | 'text';

/** Copies what there is of a run into a file: whole, or not at all. */
export async function exportRun(reader: RunReader, form: ExportForm, path: string): Promise<Result<null>> {
  try {
    await saveFile(path, piecesOf(reader, form));
    return success(null);
  } catch (error) {
    if (error instanceof Unreadable) return error.result;
    return failed('export', `The log was not saved: ${messageOf(error)}.`, 'Choose another place.');
  }
}

/** Carries the reader's failure out of the writing, which ends with it. */
class Unreadable extends Error {
  readonly result: Result<never>;

  constructor(result: Result<never>) {
    super('The run can’t be read.');
    this.result = result;
  }
}

async function* piecesOf(reader: RunReader, form: ExportForm): AsyncGenerator<Buffer | string> {
  const decoder = new StringDecoder('utf8');
  let block = await reader.blockAt('offset', reader.extent.begin.offset);
  for (;;) {
    if (!block.ok) throw new Unreadable(block);
    if (block.value === null) return;
    const bytes = await reader.bytes(block.value.begin.offset, block.value.end.offset);
    if (!bytes.ok) throw new Unreadable(bytes);
    yield form === 'raw' ? bytes.value : plain(decoder.write(bytes.value));
    block = await reader.next(block.value);
  }
}

/** Blocks end with a line, but for those of lines that are very long. */
const plain = (text: string): string => stripAnsi(text).replaceAll('\r\n', '\n');
